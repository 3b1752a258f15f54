"""The words of the spelling rules, as data."""

from __future__ import annotations

from typing import Final

# A word of at least four letters and -ise is taken for a verb in -ize when it ends in one of these …
IZE_ENDINGS: Final = (
    "ac", "al", "an", "ar", "ard", "as", "at", "ath", "eg", "el", "em", "en", "er", "erg", "ern", "es", "et", "gn",
    "ic", "id", "il", "im", "in", "it", "iv", "od", "og", "ol", "om", "on", "oph", "or", "ul", "un", "ym",
)  # fmt: skip
# … and is none of these, whose -ise belongs to the root.
ISE_ROOTS: Final = frozenset({"chemise", "compromise", "premise", "promise", "treatise"})
# American spellings, and the first form of the Concise Oxford Dictionary.
OXFORD: Final = {
    "acknowledgment": "acknowledgement", "acknowledgments": "acknowledgements", "aging": "ageing",
    "aluminum": "aluminium", "artifact": "artefact", "artifacts": "artefacts", "behavior": "behaviour",
    "behavioral": "behavioural", "behaviors": "behaviours", "caliber": "calibre", "canceled": "cancelled",
    "canceling": "cancelling", "catalog": "catalogue", "catalogs": "catalogues", "center": "centre",
    "centered": "centred", "centering": "centring", "centers": "centres", "channeled": "channelled",
    "channeling": "channelling", "color": "colour", "colored": "coloured", "colorful": "colourful",
    "colors": "colours", "counseling": "counselling", "counselor": "counsellor", "counselors": "counsellors",
    "defense": "defence", "defenses": "defences", "defenseless": "defenceless", "dialed": "dialled",
    "dialog": "dialogue", "dialogs": "dialogues", "dishonor": "dishonour", "endeavor": "endeavour",
    "endeavored": "endeavoured", "endeavors": "endeavours", "enroll": "enrol", "enrollment": "enrolment",
    "enrolls": "enrols", "favor": "favour", "favorable": "favourable", "favorably": "favourably",
    "favored": "favoured", "favoring": "favouring", "favorite": "favourite", "favors": "favours", "fiber": "fibre",
    "fibers": "fibres", "fueled": "fuelled", "fueling": "fuelling", "fulfill": "fulfil", "fulfillment": "fulfilment",
    "fulfills": "fulfils", "gray": "grey", "harbor": "harbour", "harbored": "harboured", "harboring": "harbouring",
    "harbors": "harbours", "honor": "honour", "honorable": "honourable", "honored": "honoured",
    "honoring": "honouring", "honors": "honours", "humor": "humour", "installment": "instalment",
    "installments": "instalments", "instill": "instil", "instills": "instils", "judgment": "judgement",
    "judgments": "judgements", "kilometer": "kilometre", "kilometers": "kilometres", "labeled": "labelled",
    "labeling": "labelling", "labor": "labour", "labored": "laboured", "laborer": "labourer",
    "laborers": "labourers", "laboring": "labouring", "leveled": "levelled", "leveling": "levelling",
    "liter": "litre", "liters": "litres", "maneuver": "manoeuvre", "maneuvers": "manoeuvres",
    "marvelous": "marvellous", "modeled": "modelled", "modeling": "modelling",
    "multicolored": "multicoloured", "neighbor": "neighbour", "neighborhood": "neighbourhood",
    "neighborhoods": "neighbourhoods", "neighboring": "neighbouring", "neighbors": "neighbours",
    "offense": "offence", "offenses": "offences", "paneled": "panelled", "panelist": "panellist",
    "panelists": "panellists", "pediatric": "paediatric", "plow": "plough", "pretense": "pretence",
    "program": "programme", "programs": "programmes", "rigor": "rigour", "rumor": "rumour", "rumors": "rumours",
    "savor": "savour", "signaled": "signalled", "signaling": "signalling", "skeptic": "sceptic",
    "skeptical": "sceptical", "skepticism": "scepticism", "skillful": "skilful", "skillfully": "skilfully",
    "specter": "spectre", "splendor": "splendour", "sulfur": "sulphur", "theater": "theatre",
    "theaters": "theatres", "toward": "towards", "traveled": "travelled", "traveler": "traveller",
    "travelers": "travellers", "traveling": "travelling", "tumor": "tumour", "unfavorable": "unfavourable",
    "valor": "valour", "vapor": "vapour", "vigor": "vigour", "willful": "wilful",
    "willfully": "wilfully", "woolen": "woollen",
}  # fmt: skip
# What the United Nations write in one word, or with a hyphen. Only in small letters: names keep their own form.
ONE_FORM: Final = {
    "co-operate": "cooperate", "co-operated": "cooperated", "co-operates": "cooperates",
    "co-operating": "cooperating", "co-operation": "cooperation", "co-operative": "cooperative",
    "co-operatives": "cooperatives", "co-ordinate": "coordinate", "co-ordinated": "coordinated",
    "co-ordinates": "coordinates", "co-ordinating": "coordinating", "co-ordination": "coordination",
    "co-ordinator": "coordinator", "co-ordinators": "coordinators", "decisionmaking": "decision-making",
    "inter-governmental": "intergovernmental", "inter-ministerial": "interministerial",
    "multi-lateral": "multilateral", "on-line": "online", "peace-building": "peacebuilding",
    "peace-keeping": "peacekeeping", "peace-making": "peacemaking", "policy-maker": "policymaker",
    "policy-makers": "policymakers", "policy-making": "policymaking", "socio-economic": "socioeconomic",
    "sub-national": "subnational", "sub-regional": "subregional", "under-represented": "underrepresented",
    "web-site": "website", "web-sites": "websites", "world-wide": "worldwide",
}  # fmt: skip
# Words that lost their hyphen.
HYPHENS: Final = {
    "capacitybuilding": "capacity-building", "crosscutting": "cross-cutting", "crosssectoral": "cross-sectoral",
    "evidencebased": "evidence-based", "followup": "follow-up", "fulltime": "full-time",
    "genderresponsive": "gender-responsive", "genderbased": "gender-based", "highlevel": "high-level",
    "locallevel": "local-level", "longterm": "long-term", "midterm": "mid-term",
    "multistakeholder": "multi-stakeholder",
    "nongovernmental": "non-governmental", "nonprofit": "non-profit", "nondiscrimination": "non-discrimination",
    "parttime": "part-time", "peertopeer": "peer-to-peer", "postconflict": "post-conflict",
    "postsession": "post-session", "prereview": "pre-review", "presession": "pre-session",
    "rightsbased": "rights-based", "selfassessment": "self-assessment", "selfdetermination": "self-determination",
    "selfgovernment": "self-government", "selfreliance": "self-reliance", "shortterm": "short-term",
    "statelevel": "state-level", "wellbeing": "well-being", "wellknown": "well-known",
}  # fmt: skip
