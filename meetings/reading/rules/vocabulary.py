"""The words that notes and programmes are made of, in English, French and Spanish. Pure."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Section = Literal[
    "background", "objectives", "format", "programme", "questions", "documents", "contact", "name", "when", "where"
]

# What stands over a part of a note, or before a colon with that part behind it.
_HEADINGS: Final[dict[Section, str]] = {
    "background": r"(?:background|context|introduction|rationale|overview|purpose|contexte|présentation|historique"
    r"|antecedentes|contexto|introducción|presentación|justificación)"
    r"(?: (?:and|et|y) (?:rationale|context|purpose|justification|contexto|contexte|introduction|overview"
    r"|antecedentes))?",
    "objectives": r"(?:the )?(?:main |specific |general |overall )?(?:objectives?|aims?|goals?)"
    r"(?: of the (?:meeting|event|dialogue))?(?: and expected (?:outcomes|results))?|purpose and objectives"
    r"|(?:les )?objectifs?(?: de la (?:réunion|rencontre)| du dialogue)?|(?:los )?objetivos?(?: de la reunión"
    r"| del (?:encuentro|diálogo|evento))?",
    "format": r"format|modalit(?:y|ies)|format and modalities|methodology|working methods|structure|modalités"
    r"|format et modalités|méthode|méthodologie|déroulement|formato|modalidad(?:es)?|formato y modalidades|metodología",
    "programme": r"(?:draft |tentative |provisional |preliminary |indicative |final |detailed )*"
    r"(?:programme|program|agenda|programme of work|timetable|schedule|order of business)(?: \((?:draft|tbc"
    r"|tentative)\))?"
    r"|(?:projet de |avant-projet de )?(?:programme|ordre du jour|déroulé)(?: (?:de travail|provisoire"
    r"|indicatif|prévisionnel"
    r"|de la (?:journée|réunion)|de la rencontre))*"
    r"|(?:proyecto de |borrador de )?(?:programa|agenda|orden del día)(?: (?:de trabajo|provisional|tentativo"
    r"|preliminar"
    r"|de la (?:jornada|reunión)|del (?:encuentro|evento)))*",
    "questions": r"(?:key |possible )?(?:guiding|guidance|discussion|orienting) questions"
        r"|questions for (?:the )?discussion"
    r"|questions (?:directrices|d['’]orientation|d['’]orientation|pour (?:la discussion|le débat)|clés|orientatrices)"
    r"|preguntas (?:orientadoras|gu[ií]a|clave|para (?:el debate|la discusión|el diálogo))",
    "documents": r"background (?:documents?|documentation|papers?|materials?)|reference (?:documents?|materials?)"
    r"|(?:relevant |useful )?(?:documents|documentation|resources|references|further reading|links)"
    r"|documents? (?:de référence|d['’]information|de base|de travail)|références|ressources|documents utiles"
    r"|documentos? (?:de referencia|de antecedentes|de base|de trabajo|de información)|documentación"
    r"|referencias|recursos",
    "contact": r"contacts?|contact (?:person|persons|information|details)|for (?:more|further) information|contacto"
    r"|información de contacto|pour (?:plus|de plus amples) (?:d['’]informations?|informations)|para más información",
    "name": r"(?:draft |revised |final )*(?:concept (?:note|paper)|aide[- ]memoire|invitation|draft|information note)"
    r"|(?:projet de )?(?:note (?:conceptuelle|de synthèse|de cadrage|d['’]information|de concept|d['’]orientation)"
    r"|document de réflexion|termes de référence)|(?:borrador de )?(?:nota (?:conceptual|informativa|de concepto)"
    r"|documento conceptual|términos de referencia)|terms of reference",
    "when": r"(?:meeting )?(?:dates?|times?|when|date and time|time and date|dates and times|hours|duration)"
    r"|(?:date|heure|horaires?|quand|date et heure|dates)|(?:fechas?|hora|horario|cuándo|fecha y hora)",
    "where": r"(?:venue|place|location|where|meeting room|lieu|où|salle|lugar|dónde|sala|sede|meeting place)",
}  # fmt: skip
_NUMBERED = r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]\s*)?"
_QUALIFIED = r"(?:\s+(?:throughout|for|of|pour|de|du|des|para|del|durante|during|tout)\b[^.?!]{0,50})?"
_WHOLE: Final = {
    name: re.compile(rf"{_NUMBERED}(?:{words}){_QUALIFIED if name == 'questions' else ''}\s*[:.–-]?", re.IGNORECASE)
    for name, words in _HEADINGS.items()
}
_INLINE: Final = {
    name: re.compile(rf"{_NUMBERED}(?:{words})\s*:\s*(?=\S)", re.IGNORECASE) for name, words in _HEADINGS.items()
}
# A sentence that objectives follow as a list.
_AIMS = re.compile(
    r"\b(?:objectives?|aims?|goals?|purposes?|objectifs?|buts?|objetivos?|finalidad(?:es)?)\b.*:$"
    r"|\b(?:aims?|seeks|intends|vise|entend|busca|pretende|se propone)\b.*\b(?:to|à|a|de)?\s*:$",
    re.IGNORECASE,
)

_ORDINAL = r"(?:\d{1,2}|[IVX]{1,4}|[A-H])"
_NAMES = (
    r"(?:thematic |interactive |high-level |parallel |breakout )?(?:session|dialogue|panel(?: discussion)?"
    r"|group|bloc|block"
    r"|part|segment|round[- ]?table|workshop|theme|topic|segment|working group|cluster)"
    r"|séance|dialogue|groupe(?: de travail)?|bloc|partie|table ronde|atelier|thème|volet"
    r"|sesión|diálogo|grupo(?: de trabajo)?|bloque|parte|mesa(?: redonda)?|taller|tema|eje"
)
_LABEL = re.compile(
    rf"(?P<label>(?:{_NAMES})\s+(?:n[o°º.]+\s*)?{_ORDINAL})\b(?:\s*(?P<sep>[:.–—-])\s*|\s*$"
    rf"|\s+(?=[“\"«]))(?P<title>.*)$",
    re.IGNORECASE | re.DOTALL,
)

PAUSES: Final = ("break", "lunch", "photo")
_KINDS: Final = (
    ("registration", r"registration|accreditation|check-in|arrival|inscriptions?|enregistrement|accréditation|accueil"
     r"|arrivée|inscripci[oó]n|registro|acreditación|llegada"),
    ("photo", r"(?:group |family )?(?:photo(?:graph)?)|photo (?:de groupe|de famille)"
        r"|foto(?:graf[ií]a)?(?: de (?:grupo|familia)| grupal)?"),
    ("lunch", r"lunch(?:eon)?|déjeuner|dejeuner|almuerzo|comida|pause[- ]déjeuner"),
    ("break", r"(?:coffee |tea |health |short )?break|recess|coffee|pause(?:[- ]café)?|suspension|(?:pausa"
        r"|receso|descanso)"
     r"(?: (?:para el )?café)?|café|networking break"),
    ("closing", r"clos(?:ing|ure)|wrap[- ]?up|concluding|conclusions?|final remarks|clôture|cloture|mot de la fin"
     r"|observations finales|(?:sesión de )?clausura|cierre|palabras finales|next steps|prochaines étapes"
     r"|próximos pasos"),
    ("opening", r"opening|welcom(?:e|ing)|ouverture|bienvenue|mots? d['’]accueil|allocutions? d['’]ouverture|apertura"
     r"|bienvenida|inauguraci[oó]n|palabras de apertura"),
    ("keynote", r"keynotes?|key-note|lectures?|discours(?: (?:principal|liminaire|d['’]orientation))"
        r"|allocutions? (?:principale|liminaire)s?"
     r"|conférence (?:inaugurale|magistrale)|exposés? liminaires?|discurso(?:s)?|ponencias?(?: (?:magistral"
     r"|principal|inaugural)(?:es)?)?"
     r"|conferencia (?:magistral|inaugural)"),
    ("interactive_dialogue", r"interactive (?:dialogue|discussion|debate)|dialogue interactif|débat interactif"
        r"|diálogo interactivo|debate interactivo"
     r"|open (?:floor|discussion)|general debate|débat général|debate general"),
    ("panel", r"panel(?:lists?)?(?: discussion)?s?|table ronde|round[- ]?table|mesa redonda|(?:grupo"
        r"|groupe) d(?:e|['’])expert(?:o)?s"),
    ("side_event", r"side[- ]event|reception|événement parallèle|réception|cocktail|evento paralelo"
        r"|recepci[oó]n|cóctel"),
    ("dialogue", r"(?:thematic |plenary |parallel )?(?:dialogues?|discussions?|debates?|workshops?|segment"
        r"|blocs?|exchange)"
     r"|(?:dialogues?|discussions?|débats?|ateliers?|échanges?)(?: thématiques?)?"
     r"|(?:diálogos?|debates?|discusi[oó]n|talleres|taller|intercambio)(?: temáticos?)?|thematic session"
     r"|séance thématique|sesión temática"),
)  # fmt: skip
_WORDS = {kind: re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE) for kind, words in _KINDS}
# What a row says of its session where the title stands below it: its kind, and nothing else.
_BARE = re.compile(
    r"(?:the |la |le |el )?(?:first |second |third |première |deuxième |troisième |primer[ao]? |segund[ao] "
    r"|tercer[ao]? )?"
    r"(?:thematic|interactive|plenary|parallel|high-level|open|group)?\s*(?:dialogues?|discussions?|debates?|panels?"
    r"|panel discussions?|sessions?|segments?|workshops?|round[- ]?tables?|blocs?|working sessions?)(?: \(\w+\))?"
    r"|(?:dialogue|discussion|débat|séance|panel|table ronde|atelier)s?(?: (?:thématique|plénière|interactif"
    r"|interactive|de travail))?s?"
    r"|(?:diálogo|debate|sesión|panel|mesa redonda|taller|discusión)(?:es)?(?: (?:temátic[oa]|plenari[oa]"
    r"|interactiv[oa]|de trabajo))?s?",
    re.IGNORECASE,
)
_ALWAYS = ("registration", "photo", "lunch", "break")
_SUBJECT = 6  # words: a longer title is about its subject, and may have any word in it

_FORMAT = re.compile(
    r"\b(?:meeting|event|dialogue|session|segment|réunion|rencontre|séance|dialogue|reunión|encuentro|sesión|diálogo)s?"
    r"(?:\s[\w-]+){0,2}?\s(?:will|shall|is to|comprendra|sera|se composera|incluirá|constará|comprenderá|estará"
    r"|s['’]ouvrira)\b"
    r".*\b(?:sessions?|panels?|dialogues?|segments?|séances?|tables? rondes?|sesiones|paneles|diálogos|mesas|floor)\b"
    r"|\binterventions?\s+(?:from|by)\b|\bfrom the floor\b|\bthe floor will\b|\bintroductory remarks\b"
    r"|\binterventions? (?:de la salle|des participants)\b|\bprendre la parole\b"
    r"|\bintervenciones? (?:del público|de los? participantes)\b"
    r"|\buso de la palabra\b",
    re.IGNORECASE | re.DOTALL,
)

ROLES: Final = (
    ("chair", r"(?:co-?)?chair(?:s|ed by|person|persons|woman|man)?|présiden(?:t|te|ce)(?: de séance)?"
        r"|présidée? par|presid(?:e|encia|ida por)"),
    ("moderator", r"moderators?|moderated by|modérat(?:eur|rice|ion)s?|modérée? par|animée? par|moderador(?:a"
        r"|es|as)?|modera(?:da por|ción)?"),
    ("opening", r"opening (?:remarks|statements?)(?: by)?|welcom(?:e|ing) remarks(?: by)?"
        r"|allocutions? d['’]ouverture|mots? de bienvenue"
     r"|palabras de (?:apertura|bienvenida)"),
    ("keynote", r"keynote(?: speakers?| speech(?:es)?| address(?:es)?)?(?: by)?|orat(?:eur|rice)s? princip(?:al"
        r"|ale|aux|ales)|ponentes? principal(?:es)?"
     r"|discurso(?: principal)?(?: de)?"),
    ("panellist", r"panell?ists?|speakers?|presenters?|discussants?|respondents?|intervenants?e?s?|orat(?:eur"
        r"|rice)s?|panélistes?"
     r"|panelistas?|ponentes?|orador(?:a|es|as)?|intervinientes?|expositor(?:a|es|as)?|resource persons?"
     r"|introductory remarks(?: by)?"),
    ("facilitator", r"facilitators?|facilitated by|facilitat(?:eur|rice)s?|facilitador(?:a|es|as)?|facilitada? por"),
    ("closing", r"closing (?:remarks|statements?)(?: by)?|concluding remarks(?: by)?|allocutions? de clôture"
        r"|mots? de clôture|palabras de (?:cierre|clausura)"),
)  # fmt: skip
_ROLE = {
    role: re.compile(rf"(?P<head>(?:{words}))\s*(?:\([^)]*\)\s*)?(?P<colon>:"
        rf"|\s[–—-]\s)?\s*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
    for role, words in ROLES
}  # fmt: skip


class Label(NamedTuple):
    """“Session 1: Human rights cities”, apart."""

    label: str
    title: str


def heading_of(said: str) -> tuple[Section, str] | None:
    """Which part of a note begins here, with what follows on the same line after a colon; None where none begins."""
    text = said.strip(" *_#")
    if len(text) > 90:
        text_start = text[:90]
        return _inline(text_start, text)
    for name, pattern in _WHOLE.items():
        if pattern.fullmatch(text):
            return name, ""
    return _inline(text, text)


def _inline(start: str, text: str) -> tuple[Section, str] | None:
    for name, pattern in _INLINE.items():
        if match := pattern.match(start):
            return name, text[match.end() :].strip()
    return None


def leads_to_objectives(said: str) -> bool:
    """Whether a list of objectives follows: “The main objectives of the meeting are to:”."""
    return len(said) < 250 and _AIMS.search(said) is not None


def label_of(said: str) -> Label | None:
    """The label that a line begins with and the title behind it."""
    match = _LABEL.match(said)
    return Label(" ".join(match["label"].split()), match["title"].strip()) if match else None


def is_bare(title: str) -> bool:
    """Whether a title says nothing but the kind: “Thematic dialogue”."""
    return _BARE.fullmatch(title.strip(" .:")) is not None


def kind_of(title: str, label: str = "", *, panels: bool = False) -> str:
    """The kind of a session by its title and label. `panels`: the note calls its sessions panels."""
    if label:
        named = _first_kind(label)
        if named in ("panel", "dialogue", "interactive_dialogue"):
            return named
        return "panel" if panels else "dialogue"
    words = title.split()
    found = _first_kind(title)
    if found in _ALWAYS and len(words) > _SUBJECT:
        found = ""
    if found in ("opening", "closing", "keynote") and _place(title, found) > 3:
        found = "dialogue" if _WORDS["dialogue"].search(title) else ""
    return found or ("panel" if panels and len(words) > _SUBJECT else "other")


def is_title_alone(said: str) -> bool:
    """Whether a line is surely the title of a session, and no end of a sentence: “Coffee break”."""
    if len(said.split()) > 4:
        return False
    kind = _first_kind(said)
    if kind not in (*_ALWAYS, "opening", "closing") or not said[:1].isupper():
        return False
    match = _WORDS[kind].search(said)
    return match is not None and 2 * len(match[0]) >= len(said) and not said.endswith(".")


def _first_kind(text: str) -> str:
    """The kind whose word comes first; of two at one place, the more particular, which comes first in the list."""
    found = [
        (match.start(), place, kind)
        for place, (kind, pattern) in enumerate(_WORDS.items())
        if (match := pattern.search(text))
    ]
    pauses = [each for each in found if each[2] in ("lunch", "photo", "registration")]
    return min(pauses or found, default=(0, 0, ""))[2]


def _place(text: str, kind: str) -> int:
    """How many words come before the kind's word."""
    match = _WORDS[kind].search(text)
    return len(text[: match.start()].split()) if match else 0


def speaks_of_panels(text: str) -> bool:
    """Whether a note calls its sessions panels or panel discussions."""
    return (
        re.search(r"\bpanel (?:discussion|session)s?\b|\bpanell?ists?\b|\bpanelistas\b|\btables? rondes?\b", text, re.I)
        is not None
    )


def tells_the_format(text: str) -> bool:
    """Whether a paragraph says how the meeting proceeds."""
    return _FORMAT.search(text) is not None


def role_of(said: str) -> tuple[str, str] | None:
    """The role that a line begins with, and who has it as far as the line says; None where it begins with none."""
    for role, pattern in _ROLE.items():
        match = pattern.match(said)
        if match and (match["colon"] or match["head"].lower().endswith((" by", " par", " por")) or not match["rest"]):
            return role, match["rest"].strip()
    return None
