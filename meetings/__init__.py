"""Rostrum: the meeting system for the dialogues that OHCHR and UCLG hold with local governments."""

import datetime as dt
import hashlib
from functools import cache
from typing import Any

from flask import Flask, current_app, request, session
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from meetings import access, display, kept, models, requests, settings, site
from meetings.accounts.views import blueprint as accounts
from meetings.database import db, tune
from meetings.floor.views import blueprint as floor
from meetings.invitations.views import blueprint as invitations
from meetings.people.views import blueprint as people
from meetings.programme.views import blueprint as programme
from meetings.publishing.views import blueprint as publishing
from meetings.reading.views import blueprint as reading
from meetings.report.views import blueprint as report
from meetings.settings import ROOT, Settings
from meetings.speakers.views import blueprint as speakers
from meetings.teams.views import blueprint as teams
from meetings.transfer.views import blueprint as meeting_files

BLUEPRINTS = (
    programme,
    publishing,
    reading,
    people,
    speakers,
    floor,
    invitations,
    teams,
    report,
    meeting_files,
    accounts,
    site.blueprint,
)

csrf = CSRFProtect()
babel = Babel()


def create_app(chosen: Settings | None = None) -> Flask:
    """The application with all its parts, ready to serve; settings come from the environment unless given."""
    chosen = chosen or settings.load()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(_configuration(chosen))
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]  # Flask's own recipe
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _install_database(app, chosen)
    requests.install(app)  # first: the next reads the form, which may be larger where a view says so
    csrf.init_app(app)
    babel.init_app(app, locale_selector=select_language)
    display.install(app)
    app.extensions["kept"] = kept.Shelf()
    site.install_error_pages(app)
    app.context_processor(_page_context)
    app.url_defaults(_static_version)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configuration(chosen: Settings) -> dict[str, Any]:
    engine: dict[str, Any] = {"hide_parameters": True}  # what people typed stays out of error messages and logs
    if not chosen.is_sqlite:
        engine |= {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    return {
        "SETTINGS": chosen,
        "SECRET_KEY": chosen.secret_key,
        "SQLALCHEMY_DATABASE_URI": chosen.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine,
        "SESSION_COOKIE_NAME": "rostrum",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": chosen.secure_cookies,
        # A sign-in ends when it was not used for so long. access.current_account() renews it: Flask itself would do so
        # with static files too, which caches on the way may keep, cookie and all.
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(days=30),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must not lose what was typed
        "MAX_CONTENT_LENGTH": 6 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,  # the addresses of static files carry their version
        "BABEL_DEFAULT_LOCALE": chosen.languages[0],
        "BABEL_TRANSLATION_DIRECTORIES": str(chosen.translations_folder),
    }


def _install_database(app: Flask, chosen: Settings) -> None:
    if chosen.is_sqlite:
        chosen.instance_folder.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        tune(db.engine)


def select_language() -> str:
    """The language that the address names (`?language=fr`, which is not kept: a screen of the room has its own), else
    the one chosen in this browser, else the best of those the browser asks for, else the default.
    """
    offered: tuple[str, ...] = settings_of_app().languages
    if not request:
        return offered[0]
    named = request.args.get("language") if request.method in ("GET", "HEAD") else None
    for chosen in (named, session.get("language")):
        if chosen in offered:
            return str(chosen)
    return request.accept_languages.best_match(offered) or offered[0]


def settings_of_app() -> Settings:
    """The settings of the running application."""
    return current_app.config["SETTINGS"]  # type: ignore[no-any-return]  # Flask's config is untyped


def _page_context() -> dict[str, Any]:
    """What the base template needs on every page."""
    current = display.locale()
    return {
        "page_language": str(current).replace("_", "-"),
        "page_direction": current.text_direction,
        "languages": settings_of_app().languages,
        "account": access.current_account(),
        "may": access.may,
        "here": access.here,
        "Audience": access.Audience,
    }


@cache
def _file_version(name: str) -> str:
    path = ROOT / "static" / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def _static_version(endpoint: str, values: dict[str, Any]) -> None:
    """Give every static file's address the version of its content."""
    if endpoint == "static" and "filename" in values:
        values["v"] = _file_version(values["filename"])


__all__ = ["create_app", "models"]
