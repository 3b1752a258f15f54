"""How long a report takes: compiled and written to Word, beside the bare library; and what others notice meanwhile."""

import asyncio
import gc
import io
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from docx import Document

from bench import load
from bench.house import application, cookie_of
from exports.meeting_file import read
from exports.report import report_docx
from exports.report_data import Heading
from meetings.database import db, now, transaction
from meetings.journal import COMMAND_LINE
from meetings.models.report import Point as PointRow
from meetings.report.queries.draft import draft_with_material
from meetings.report.rules.compile import compiled
from meetings.report.rules.draft import Block
from meetings.report.rules.edited import EditedDraft, merged
from meetings.report.rules.file import report_file
from meetings.report.rules.material import Material, Point
from meetings.report.rules.wording import plain
from meetings.transfer.commands import import_meeting
from tests import factories
from tests.live import LiveServer
from tests.report.from_file import DEMONSTRATION, demonstration

FILE = "2023-08-28.yaml"
PARAGRAPHS = (65, 600)
RUNS = 5
FETCHES = 8
FETCHED = {"Word files": "/report.docx", "pages of the draft": "/report/"}
LOOKS_SECONDS = 0.02


def material_of(paragraphs: int) -> Material:
    """The expert meeting of 2023 with as many more points, each a paragraph of its own, as make so many paragraphs."""
    given = demonstration(FILE)
    there = numbers(edited(given))
    more = tuple(
        Point(100_000 + number, f"the need for local budgets to name right number {number} in their plans and reports",
              uid=f"more-{number}")
        for number in range(paragraphs - there)
    )  # fmt: skip
    return replace(given, points=given.points + more)


def edited(material: Material) -> EditedDraft:
    """The draft of it, as nobody has touched it."""
    return merged(compiled(material), ())


def numbers(draft: EditedDraft) -> int:
    """How many numbered paragraphs a draft has."""
    return sum(isinstance(part, Block) and part.paragraph.numbered for part in draft.body)


def bare(draft: EditedDraft) -> bytes:
    """The same headings, paragraphs and items written with python-docx and nothing else."""
    document = Document()
    for part in draft.body:
        if isinstance(part, Heading):
            document.add_heading(part.text, part.level)
        else:
            for content in (part.paragraph.content, *part.paragraph.items):
                document.add_paragraph(plain(content))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def best(work: Callable[[], object]) -> float:
    """The seconds of the quickest of a few runs."""
    took = []
    for _run in range(RUNS):
        gc.collect()
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def measure(say: Callable[[str], None]) -> None:
    """Compile and write reports of both lengths, beside the bare library."""
    say("The report")
    for paragraphs in PARAGRAPHS:
        material = material_of(paragraphs)
        draft = edited(material)
        if (count := numbers(draft)) != paragraphs:
            raise SystemExit(f"the report has {count} paragraphs and not {paragraphs}")
        compiling = best(partial(edited, material))
        file = report_file(material, draft)
        preparing = best(partial(report_file, material, draft))
        writing = best(partial(report_docx, file, made=now()))
        limit = best(partial(bare, draft))
        say(
            f"  {paragraphs} paragraphs: compiled in {compiling * 1000:.0f} ms, checked in {preparing * 1000:.0f} ms,"
            f" written in {writing * 1000:.0f} ms"
        )
        say(
            f"    bare python-docx, the same paragraphs: {limit * 1000:.0f} ms; compiling and writing took"
            f" {(compiling + writing) / limit:.2f} times that, the editorial checks as well"
            f" {(compiling + preparing + writing) / limit:.2f} times"
        )


def furnish(server: LiveServer) -> tuple[str, str]:
    """The expert meeting with 600 paragraphs in the database; its address and a rapporteur's cookie."""
    with application(server) as app:
        file = read((DEMONSTRATION / FILE).read_text(encoding="utf-8"), FILE)
        number = import_meeting(file, actor=COMMAND_LINE, now=now()).meeting_id
        more = PARAGRAPHS[-1] - numbers(draft_with_material(number)[1])
        with transaction():
            db.session.add_all(
                PointRow(meeting_id=number, position=10_000 + place, text=f"the need to name right number {place}")
                for place in range(more)
            )
            account = factories.account("rapporteur-of-the-bench@example.org", "administrator")
        return f"/meetings/{file.meeting.slug}", cookie_of(app, account)


async def meanwhile(port: int, meeting: str, cookie: str, say: Callable[[str], None]) -> None:
    """What others wait for a small page while a long report is asked for again and again, beside an idle server."""
    quiet = await _looks(port, asyncio.create_task(asyncio.sleep(3)))
    for name, path in FETCHED.items():
        fetching = asyncio.create_task(_fetch(port, f"{meeting}{path}", cookie))
        busy = await _looks(port, fetching)
        took = await fetching
        say(f"  {FETCHES} {name} of {PARAGRAPHS[-1]} paragraphs, one after another: {took / FETCHES:.2f} s each")
        say(
            f"    /healthz meanwhile: p95 {_percentile(busy, 0.95):.0f} ms, worst {_percentile(busy, 1):.0f} ms"
            f" ({len(busy)} answers); before: p95 {_percentile(quiet, 0.95):.0f} ms"
        )


async def _fetch(port: int, path: str, cookie: str) -> float:
    began = time.perf_counter()
    for _report in range(FETCHES):
        answer = await load.ask(port, load.get(path, cookie))
        if answer.status != 200:
            raise SystemExit(f"{path} was answered with {answer.status}")
    return time.perf_counter() - began


async def _looks(port: int, until: asyncio.Task[object]) -> list[float]:
    """The sorted times of asking for a small page, again and again, until something is done."""
    times = []
    while not until.done():
        answer = await load.ask(port, load.get("/healthz"))
        if answer.status != 200:
            raise SystemExit(f"/healthz was answered with {answer.status}")
        times.append(answer.seconds * 1000)
        await asyncio.sleep(LOOKS_SECONDS)
    return sorted(times)


def _percentile(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]
