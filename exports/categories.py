"""The categories of participants."""

from typing import Literal

Category = Literal[
    "states",
    "local_and_regional_governments",
    "human_rights_institutions",
    "city_networks",
    "international_organizations",
    "academia",
    "united_nations_entities",
    "non_governmental_organizations",
    "other_stakeholders",
]

# The nine of the concept note of November 2025, in its order.
CATEGORY_HEADINGS: dict[Category, str] = {
    "states": "States",
    "local_and_regional_governments": "Local and regional governments",
    "human_rights_institutions": "National and local human rights institutions",
    "city_networks": "City networks",
    "international_organizations": "International organizations",
    "academia": "Academia",
    "united_nations_entities": "United Nations entities",
    "non_governmental_organizations": "Non-governmental organizations",
    "other_stakeholders": "Other stakeholders",
}
