"""The fixed words of concept note and programme, in the languages in which such notes are written.

What an organizer types is in the meeting's language already; its frame follows where these words exist. The English
formulas are those of the concept notes of 2025; the French and Spanish ones are their usual counterparts. Who reads
such a document back finds in the same table what it was written with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["chair", "moderator", "opening", "keynote", "panellist", "facilitator", "closing"]
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's words.

    `roles` are for one person and for several. `kinds` are names of the kinds of session, `kind_words` what tells a
    kind in a title, the more telling kinds first. `objectives` leads in verbs, `objectives_are` anything else.
    """

    quotes: tuple[str, str]
    semicolon: str
    concept_note: str
    background: str
    objectives_heading: str
    objectives: str
    objectives_are: str
    format: str
    guiding_questions: str
    documents: str
    contact: str
    online: str
    and_online: str
    online_and_in_person: str
    programme: str
    tentative_programme: str
    version: str
    empty: str
    time: str
    session: str
    sessions_of: str
    in_parallel: str
    unconfirmed: str
    presentations: str
    floor: str
    limit: str
    replies: str
    minutes: tuple[str, str]
    seconds: tuple[str, str]
    roles: Mapping[Role, tuple[str, str]]
    kinds: Mapping[str, str]
    kind_words: Mapping[str, tuple[str, ...]]


_ENGLISH = Phrases(
    quotes=("“", "”"),
    semicolon=";",
    concept_note="Concept note",
    background="Background",
    objectives_heading="Objectives",
    objectives="The main objectives of the meeting are to:",
    objectives_are="The main objectives of the meeting are:",
    format="Format",
    guiding_questions="Guiding questions",
    documents="Background documents",
    contact="Contact",
    online="Online",
    and_online="and online",
    online_and_in_person="Online and in person",
    programme="Programme of work",
    tentative_programme="Tentative programme of work",
    version="Version {number} of {date}",
    empty="No session has been entered yet.",
    time="Time",
    session="Session",
    sessions_of="Sessions of {day}",
    in_parallel="In parallel",
    unconfirmed="(tbc)",
    presentations="presentations: {time}",
    floor="interventions from the floor: {time} at most",
    limit="{time} for each speaker",
    replies="replies: {time}",
    minutes=("1 minute", "{} minutes"),
    seconds=("1 second", "{} seconds"),
    roles={
        "chair": ("Chair", "Chairs"),
        "moderator": ("Moderator", "Moderators"),
        "opening": ("Opening remarks", "Opening remarks"),
        "keynote": ("Keynote speaker", "Keynote speakers"),
        "panellist": ("Panellist", "Panellists"),
        "facilitator": ("Facilitator", "Facilitators"),
        "closing": ("Closing remarks", "Closing remarks"),
    },
    kinds={
        "registration": "Registration",
        "opening": "Opening",
        "keynote": "Keynote",
        "panel": "Panel discussion",
        "dialogue": "Thematic dialogue",
        "interactive_dialogue": "Interactive dialogue",
        "break": "Break",
        "lunch": "Lunch",
        "photo": "Group photo",
        "closing": "Closing",
        "side_event": "Side event",
        "other": "Segment",
    },
    kind_words={
        "registration": ("registration",),
        "keynote": ("keynote",),
        "opening": ("opening", "welcome"),
        "closing": ("closing", "wrap up", "wrap-up", "next steps"),
        "interactive_dialogue": ("interactive dialogue",),
        "dialogue": ("thematic dialogue",),
        "panel": ("panel discussion",),
        "side_event": ("side event",),
        "photo": ("photo",),
        "lunch": ("lunch",),
        "break": ("break",),
    },
)

_FRENCH = Phrases(
    quotes=("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
    semicolon="\N{NO-BREAK SPACE};",
    concept_note="Note de cadrage",
    background="Contexte",
    objectives_heading="Objectifs",
    objectives="Les principaux objectifs de la réunion sont les suivants\N{NO-BREAK SPACE}:",
    objectives_are="Les principaux objectifs de la réunion sont les suivants\N{NO-BREAK SPACE}:",
    format="Modalités",
    guiding_questions="Questions directrices",
    documents="Documents de référence",
    contact="Contact",
    online="En ligne",
    and_online="et en ligne",
    online_and_in_person="En ligne et en présentiel",
    programme="Programme de travail",
    tentative_programme="Programme de travail provisoire",
    version="Version {number} du {date}",
    empty="Aucune séance n’a encore été saisie.",
    time="Horaire",
    session="Séance",
    sessions_of="Séances du {day}",
    in_parallel="En parallèle",
    unconfirmed="(à confirmer)",
    presentations="exposés\N{NO-BREAK SPACE}: {time}",
    floor="interventions de la salle\N{NO-BREAK SPACE}: {time} au maximum",
    limit="{time} par orateur ou oratrice",
    replies="réponses\N{NO-BREAK SPACE}: {time}",
    minutes=("1 minute", "{} minutes"),
    seconds=("1 seconde", "{} secondes"),
    roles={
        "chair": ("Présidence", "Présidence"),
        "moderator": ("Modération", "Modération"),
        "opening": ("Allocution d’ouverture", "Allocutions d’ouverture"),
        "keynote": ("Discours liminaire", "Discours liminaires"),
        "panellist": ("Panéliste", "Panélistes"),
        "facilitator": ("Facilitation", "Facilitation"),
        "closing": ("Allocution de clôture", "Allocutions de clôture"),
    },
    kinds={
        "registration": "Inscription",
        "opening": "Ouverture",
        "keynote": "Discours liminaire",
        "panel": "Table ronde",
        "dialogue": "Dialogue thématique",
        "interactive_dialogue": "Dialogue interactif",
        "break": "Pause",
        "lunch": "Déjeuner",
        "photo": "Photo de groupe",
        "closing": "Clôture",
        "side_event": "Manifestation parallèle",
        "other": "Segment",
    },
    kind_words={
        "registration": ("inscription",),
        "keynote": ("liminaire",),
        "opening": ("ouverture", "bienvenue"),
        "closing": ("clôture", "prochaines étapes"),
        "interactive_dialogue": ("dialogue interactif",),
        "dialogue": ("dialogue thématique",),
        "panel": ("table ronde",),
        "side_event": ("manifestation parallèle",),
        "photo": ("photo",),
        "lunch": ("déjeuner",),
        "break": ("pause",),
    },
)

_SPANISH = Phrases(
    quotes=("“", "”"),
    semicolon=";",
    concept_note="Nota conceptual",
    background="Antecedentes",
    objectives_heading="Objetivos",
    objectives="Los principales objetivos de la reunión son los siguientes:",
    objectives_are="Los principales objetivos de la reunión son los siguientes:",
    format="Formato",
    guiding_questions="Preguntas orientadoras",
    documents="Documentos de referencia",
    contact="Contacto",
    online="En línea",
    and_online="y en línea",
    online_and_in_person="En línea y presencial",
    programme="Programa de trabajo",
    tentative_programme="Programa de trabajo provisional",
    version="Versión {number} del {date}",
    empty="Todavía no se ha introducido ninguna sesión.",
    time="Hora",
    session="Sesión",
    sessions_of="Sesiones del {day}",
    in_parallel="En paralelo",
    unconfirmed="(por confirmar)",
    presentations="exposiciones: {time}",
    floor="intervenciones de los participantes: {time} como máximo",
    limit="{time} por intervención",
    replies="respuestas: {time}",
    minutes=("1 minuto", "{} minutos"),
    seconds=("1 segundo", "{} segundos"),
    roles={
        "chair": ("Presidencia", "Presidencia"),
        "moderator": ("Moderación", "Moderación"),
        "opening": ("Palabras de apertura", "Palabras de apertura"),
        "keynote": ("Discurso principal", "Discursos principales"),
        "panellist": ("Panelista", "Panelistas"),
        "facilitator": ("Facilitación", "Facilitación"),
        "closing": ("Palabras de clausura", "Palabras de clausura"),
    },
    kinds={
        "registration": "Inscripción",
        "opening": "Apertura",
        "keynote": "Discurso principal",
        "panel": "Mesa redonda",
        "dialogue": "Diálogo temático",
        "interactive_dialogue": "Diálogo interactivo",
        "break": "Pausa",
        "lunch": "Almuerzo",
        "photo": "Foto de grupo",
        "closing": "Clausura",
        "side_event": "Evento paralelo",
        "other": "Segmento",
    },
    kind_words={
        "registration": ("inscripción",),
        "keynote": ("discurso principal",),
        "opening": ("apertura", "bienvenida"),
        "closing": ("clausura", "próximos pasos"),
        "interactive_dialogue": ("diálogo interactivo",),
        "dialogue": ("diálogo temático",),
        "panel": ("mesa redonda",),
        "side_event": ("evento paralelo",),
        "photo": ("foto",),
        "lunch": ("almuerzo",),
        "break": ("pausa",),
    },
)

LANGUAGES: dict[str, Phrases] = {"en": _ENGLISH, "fr": _FRENCH, "es": _SPANISH}


def phrases(language: str) -> Phrases:
    """The words for a language tag (fr, fr-FR), English where there are none."""
    return LANGUAGES.get(language.partition("-")[0], LANGUAGES[DEFAULT])


def written_in(languages: Iterable[str]) -> str:
    """The language of a meeting's documents: its first working language if its words are here, else English."""
    first = next(iter(languages), DEFAULT)
    return first if first.partition("-")[0] in LANGUAGES else DEFAULT


def kind_told(title: str, language: str, usual: str = "other") -> str:
    """The kind of session that its title tells by a word of the table; `usual` where it tells none."""
    told = title.casefold()
    kinds = phrases(language).kind_words.items()
    return next((kind for kind, words in kinds if any(word in told for word in words)), usual)
