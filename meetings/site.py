"""Pages of the installation itself: health, the choice of language, and what an error looks like."""

import sys
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from meetings.access import Audience, allow
from meetings.database import db
from meetings.refusals import Refused, Stale
from meetings.settings import ROOT

blueprint = Blueprint("site", __name__)

_LARGEST_ID = 2**31 - 1  # of an INTEGER column in PostgreSQL
_READ_AWAY_BYTES = 64 * 1024 * 1024


@blueprint.get("/healthz")
@allow(Audience.ANYONE)
def health() -> ResponseReturnValue:
    """`ok` when the database answers and is migrated; otherwise 503 with what is wrong."""
    try:
        problem = migration_problem()
    except sa.exc.SQLAlchemyError:
        problem = "the database does not answer"
    return Response(problem or "ok", status=503 if problem else 200, mimetype="text/plain")


@cache
def newest_migration() -> str:
    """The number of the newest migration, which its file's name begins with."""
    return max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))


def migration_problem() -> str | None:
    """None when the database has the newest migration, else what is wrong."""
    found = None
    if sa.inspect(db.session.connection()).has_table("alembic_version"):
        found = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    wanted = newest_migration()
    return None if found == wanted else f"the database is at migration {found}, the program needs {wanted}"


@blueprint.post("/language")
@allow(Audience.ANYONE)
def choose_language() -> ResponseReturnValue:
    """Remember the chosen language for this browser and go back to the page; its address names no other one then."""
    if request.form.get("language") in current_app.config["SETTINGS"].languages:
        session["language"] = request.form["language"]
    address = urlsplit(inside(request.form.get("next")))
    query = [each for each in address.query.split("&") if not each.startswith("language=")]
    return redirect(urlunsplit(address._replace(query="&".join(query))))


def inside(target: str | None) -> str:
    """An address to go on to, if it is one of ours (a path of this site), else the list of meetings.

    As access.here() gives it: one with blanks or control characters is refused, since some of them are dropped on the
    way, and another site would be left of `/<tab>/another.example`.
    """
    plain = target is not None and target.isprintable() and not set(target) & {" ", "\\"}
    if target and plain and target.startswith("/") and not target.startswith("//"):
        return target
    return url_for("programme.meetings")


def install_error_pages(app: Flask) -> None:
    """Show every error in the site's own style, saying what to do."""
    app.before_request(_refuse_what_names_nothing)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Exception, _unexpected)


def _refuse_what_names_nothing() -> None:
    """Answer 404 to ids and texts in an address that no row has, and that no query can ask for.

    SQLite's driver refuses an integer beyond 64 bits (OverflowError), PostgreSQL one beyond its column's 32 bits and
    any text with NUL (DataError).
    """
    named = (request.view_args or {}).values()
    if any(isinstance(value, int) and value > _LARGEST_ID for value in named):
        abort(404)
    if any(isinstance(value, str) and "\0" in value for value in (*named, *request.args.values())):
        abort(404)


def _page(status: int, title: str, message: str, back: str | None = None) -> ResponseReturnValue:
    return render_template("error.html", title=title, message=message, back=back), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    texts = {
        400: (
            _("This could not be read"),
            _("Something was missing or wrong in what was sent. Go back and try again."),
        ),
        403: (_("This page is not open to you"), _("Sign in with an address that has the role this page needs.")),
        404: (
            _("There is no such page"),
            _("The address may be mistyped, or the link may have been replaced by a newer one."),
        ),
        405: (_("This cannot be done here"), _("Go back to the page you came from and use its buttons.")),
        413: (
            _("This is too large"),
            _(
                "A file can have at most 5 MB. Neither the file nor what you typed with it was kept: go back to the"
                " form and choose a smaller one."
            ),
        ),
        429: (_("Too many attempts"), _("Wait a few minutes, then try again.")),
    }
    if error.code is None or error.code < 400:
        return error.get_response()
    title, message = texts.get(error.code, (_("Something went wrong"), _("Go back and try again.")))
    if error.code == 413:
        _read_away()
        return _page(error.code, title, message, back=_came_from())
    return _page(error.code, title, message)


def _came_from() -> str | None:
    """The address of the page that was left for this one, if the browser tells and it is one of ours."""
    address = urlsplit(request.referrer or "")
    return inside(urlunsplit(("", "", address.path, address.query, ""))) if address.netloc == request.host else None


def _read_away() -> None:
    """Read what is too large to its end, up to a bound, and forget it.

    A browser reads no answer before it has sent everything, and a connection closed before that is a lost one to it.
    """
    request.max_content_length = sys.maxsize
    left = _READ_AWAY_BYTES
    with suppress(HTTPException, OSError):  # it was cut off on the way
        while left > 0 and (chunk := request.stream.read(64 * 1024)):
            left -= len(chunk)


def _csrf_error(error: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        _("The page was open for too long"),
        _("Nothing was changed. Go back, reload the page and send the form again."),
    )


def _refused(error: Refused) -> ResponseReturnValue:
    title = _("Somebody was faster") if isinstance(error, Stale) else _("This was not done")
    return _page(409, title, str(error))


def _unexpected(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("unexpected error")
    db.session.rollback()
    return _page(
        500,
        _("Something went wrong on our side"),
        _("The error has been noted. Nothing you sent was half done. Try again in a moment."),
    )
