"""What participants need in order to take part."""

from dataclasses import replace

from tests.programme.rules.proof.cases import BACKGROUND, FORMAT, Hit, Miss, meeting, saying, session, sitting

BARE = sitting("10:00-13:00")
_PROVIDED = (
    "Captions in English are provided.",
    "International Sign interpretation",
    "The entrance is step-free; a wheelchair can be lent.",
    "Interprétation en langue des signes",
    "Habrá subtítulos.",
    "Обеспечен перевод на жестовый язык.",
    "توفر لغة الإشارة",
    "提供手语",
)
_THEME = (
    "Housing has to be accessible and affordable: availability, accessibility, quality.",
    "Access to information and to public services",
    "Disability-inclusive care systems",
    "reasonable accommodation at work",
)
HITS: list[Hit] = [
    ("accessibility", meeting(), None),
    *(("accessibility", saying(text, place=BACKGROUND), None) for text in _THEME),
    ("accessibility", saying("Two panels with a floor.", place=FORMAT), None),
    ("no-room", meeting(mode="in_person", room=None, sittings=(BARE,)), None),
    ("no-room", meeting(mode="hybrid", room=None, sittings=(BARE, sitting("15:00-18:00", number=2, room="A"))), None),
    ("no-join-link", meeting(mode="online", published=True, sittings=(BARE,)), None),
    ("no-join-link", meeting(mode="hybrid", published=True, sittings=(BARE,)), None),
    ("same-name", meeting(sessions=(session(title="Dialogue"), session(number=2, title="dialogue"))), None),
]
MISSES: list[Miss] = [
    *(("accessibility", saying(text, place=place)) for text in _PROVIDED for place in (FORMAT, BACKGROUND)),
    ("accessibility", saying("Accessibility: tell us what you need.", place=FORMAT)),
    ("accessibility", saying("L’accessibilité de la salle est assurée.", place=FORMAT)),
    ("accessibility", meeting(over=True)),
    ("no-room", meeting(mode="online", room=None, sittings=(BARE,))),
    ("no-room", meeting(mode="in_person", sittings=(BARE,))),
    ("no-room", meeting(mode="in_person", room=None, sittings=(replace(BARE, room="Room XX"),))),
    ("no-room", meeting(mode="in_person", room=None, over=True, sittings=(BARE,))),
    ("no-join-link", meeting(mode="online", published=True, sittings=(replace(BARE, linked=True),))),
    ("no-join-link", meeting(mode="online", sittings=(BARE,))),
    ("no-join-link", meeting(mode="online", published=True, over=True, sittings=(BARE,))),
    ("no-join-link", meeting(mode="in_person", published=True, sittings=(BARE,))),
    (
        "same-name",
        meeting(
            sessions=(
                session(title="Dialogue", label="Dialogue 1"),
                session(number=2, title="Dialogue", label="Dialogue 2"),
                session("break", 3, title="Coffee"),
                session("break", 4, title="Coffee"),
                session("dialogue", 5, title="Group", part_of_id=1),
                session("dialogue", 6, title="Group", part_of_id=2),
            )
        ),
    ),
]
