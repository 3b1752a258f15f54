"""Slugs are readable and free; labels tell any two people apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import meeting_file_values
from meetings.programme.rules.names import chosen, labels, slug_for

TAKEN = {"local-governments", "local-governments-2", "meeting-2026"}


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Local governments for human rights", "local-governments-for-human-rights"),
        ("Réunion « droits à la ville » – Genève", "reunion-droits-a-la-ville-geneve"),
        ("Łódź, Großstadt, Ærø", "lodz-grossstadt-aero"),
        ("Права человека в городах", "prava-cheloveka-v-gorodakh"),
        ("حقوق الإنسان في المدن", "hqwq-alinsan-fy-almdn"),
        ("人权城市", "meeting-2026-2"),
        ("!!!", "meeting-2026-2"),
        ("Local governments", "local-governments-3"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_title_suggests_a_slug(title: str, slug: str) -> None:
    assert slug_for(title, 2026, TAKEN.__contains__) == slug


@given(st.text(min_size=1), st.sets(st.sampled_from(["a", "a-2", "b", "meeting-2026"])))
def test_every_suggested_slug_is_one_and_free(title: str, taken: set[str]) -> None:
    slug = slug_for(title, 2026, taken.__contains__)
    assert meeting_file_values.slug(slug) == slug
    assert slug not in taken


@given(st.dictionaries(st.sampled_from(["k1", "k2", "k3", "k4"]), st.sampled_from(["", "A", "a", "A (k2)", "B"])))
def test_each_label_leads_back_to_its_own_key(names: dict[str, str]) -> None:
    found = labels(names)
    assert {key: chosen(label, found) for key, label in found.items()} == {key: key for key in names}


def test_only_a_shared_name_carries_its_key() -> None:
    found = labels({"p1": "Kim", "p2": "Lee", "p3": "lee"})
    assert found == {"p1": "Kim", "p2": "Lee (p2)", "p3": "lee (p3)"}


def test_a_label_is_recognized_in_whatever_case_and_spacing() -> None:
    assert chosen("  ms.  kim ", {"p1": "Ms. Kim"}) == "p1"
    assert chosen("Kim", {"p1": "Ms. Kim"}) is None
