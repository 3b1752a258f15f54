"""What a public programme is compared with: Flask with a template of the same size, and icalendar with the same events.

No database, no sign-in, no form, no language to choose: the lines of the programme lie in memory as plain texts. They
come from the file that BENCH_LINES names (bench/programme.py writes it).
"""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from icalendar import Calendar, Event
from jinja2 import DictLoader

TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1>
<table>
{% for line in lines %}
<tr><td>{{ line.hours }}</td><td><h4>{{ line.title }}</h4><p>{{ line.description }}</p>
<ul>{% for person in line.people %}<li>{{ person }}</li>{% endfor %}</ul></td></tr>
{% endfor %}
</table>
<p>{{ rest }}</p></body></html>
"""


def make() -> Flask:
    """The application: `/` is the page, as many bytes as the real one, and `/programme.ics` the calendar."""
    given: dict[str, Any] = json.loads(Path(os.environ["BENCH_LINES"]).read_text(encoding="utf-8"))
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": TEMPLATE})
    values = {"title": given["title"], "lines": given["lines"]}
    with app.app_context():
        short = given["bytes"] - len(render_template("page.html", **values, rest="").encode())

    @app.get("/")
    def page() -> ResponseReturnValue:
        return render_template("page.html", **values, rest="x" * short)

    @app.get("/programme.ics")
    def calendar() -> ResponseReturnValue:
        return Response(written(given["lines"]), mimetype="text/calendar")

    return app


def written(lines: list[dict[str, Any]]) -> bytes:
    """The same events with icalendar and nothing else."""
    calendar = Calendar()
    calendar.add("prodid", "-//bench//EN")
    calendar.add("version", "2.0")
    for line in lines:
        event = Event()
        for name in ("uid", "sequence", "summary", "description", "location", "url", "status", "transp"):
            event.add(name, line[name])
        for name in ("dtstamp", "dtstart", "dtend"):
            event.add(name, dt.datetime.fromisoformat(line[name]))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
