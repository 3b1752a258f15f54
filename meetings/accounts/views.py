"""Signing in by a mailed link or with Microsoft, signing out, and a meeting's team."""

import datetime as dt

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from meetings import access, database, links
from meetings.access import Audience, allow
from meetings.accounts import commands, queries, rules
from meetings.accounts.forms import SignInForm, TeamForm, role_names
from meetings.database import db
from meetings.journal import VISITOR
from meetings.outbox import GiveUp
from meetings.refusals import Refused
from meetings.settings import Settings
from meetings.site import inside

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow(Audience.ANYONE)
def sign_in() -> ResponseReturnValue:
    """Ask for a link by mail. What is answered does not tell whether the address has an account."""
    if access.current_account() is not None:
        return redirect(_destination(request.args.get("next")))
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        try:
            commands.ask_for_link(email=form.address, machine=_machine(), actor=VISITOR, now=database.now())
        except commands.TooOften as refusal:
            form.form_errors.append(str(refusal))
            status = 429
        else:
            session["next"] = request.args.get("next")  # the link is best opened in this browser
            return redirect(url_for(".sign_in", sent="yes"), 303)
    elif form.is_submitted():
        status = 422
    sent = "sent" in request.args and not form.is_submitted()
    has_entra = current_app.config["SETTINGS"].has_entra
    return render_template("accounts/sign_in.html", form=form, sent=sent, has_entra=has_entra), status


@blueprint.route("/sign-in/<token>", methods=["GET", "POST"])
@allow(Audience.LINK, purpose="sign_in")
def use_link(token: str) -> ResponseReturnValue:
    """Sign in by the link, on pressing a button: programs that look into mails open links, and must not use them up."""
    nonce = str(g.claim[0])
    good = queries.link_is_good(nonce, database.now())
    if good is None:
        abort(404)
    problem = None if good else _("This link has been used already, or is too old.")
    if request.method == "POST":
        try:
            signed_in = commands.use_link(nonce=nonce, actor=VISITOR, now=database.now())
        except Refused as refusal:
            problem = str(refusal)
        else:
            return _enter(signed_in)
    return render_template("accounts/use_link.html", problem=problem), 410 if problem else 200


@blueprint.get("/sign-in/entra")
@allow(Audience.ANYONE)
def sign_in_by_entra() -> ResponseReturnValue:
    """Send the visitor to Microsoft to sign in. No form: the content security policy lets none lead to another site."""
    from meetings import microsoft  # noqa: PLC0415  # msal and requests are loaded when first used
    from meetings.accounts import entra  # noqa: PLC0415  # as above

    settings = _settings_with_entra()
    try:
        address, flow = entra.begin(settings, links.page("accounts.back_from_entra"))
    except (GiveUp, microsoft.NoAnswer) as problem:
        return _entra_problem(str(problem), 503)
    session["entra"] = {"flow": flow, "at": database.now().timestamp(), "next": request.args.get("next")}
    return redirect(address)


@blueprint.get("/sign-in/entra/back")
@allow(Audience.ANYONE)
def back_from_entra() -> ResponseReturnValue:
    """Where Microsoft leads back to: sign in whom it names. What was begun is good once, for ten minutes."""
    from meetings import microsoft  # noqa: PLC0415  # as above
    from meetings.accounts import entra  # noqa: PLC0415  # as above

    settings = _settings_with_entra()
    begun = session.pop("entra", None)
    present = database.now()
    if begun is None or present.timestamp() > begun["at"] + rules.ENTRA_VALID.total_seconds():
        return _entra_problem(entra.begin_again(), 400)
    try:
        who = entra.finish(settings, begun["flow"], request.args, present.timestamp())
        signed_in = commands.sign_in_by_entra(who=who, actor=VISITOR, now=present)
    except (GiveUp, microsoft.NoAnswer) as problem:
        return _entra_problem(str(problem), 503)
    except Refused as refusal:
        return _entra_problem(str(refusal), 403)
    if signed_in is None:
        return _entra_problem(
            _(
                "Microsoft has signed you in, but you have no role here. Ask whoever looks after this installation for "
                "one of its roles in Entra ID, or the organizers of a meeting to add you to its team."
            ),
            403,
        )
    session["next"] = begun["next"]
    return _enter(signed_in, ends=present + rules.ENTRA_LASTS)


@blueprint.post("/sign-out")
@allow(Audience.ANYONE)
def sign_out() -> ResponseReturnValue:
    """End all sign-ins of the account, in this browser and in others."""
    account = access.current_account()
    if account is not None:
        commands.sign_out(account_id=account.id, actor=access.actor(), now=database.now())
    _new_session()
    flash(_("You are signed out."), "good")
    return redirect(url_for("programme.meetings"), 303)


@blueprint.route("/meetings/<slug>/organise/team", methods=["GET", "POST"])
@allow(Audience.ORGANISER)
def team(slug: str) -> ResponseReturnValue:
    """Who holds which role in the meeting; adds an address with a role."""
    found = queries.team(slug) or abort(404)
    form = TeamForm()
    if form.validate_on_submit():
        given = commands.give_role(
            email=form.address,
            role=form.role.data,
            slug=slug,
            actor=access.actor(),
            now=database.now(),
            invite=True,
        )
        if given:
            flash(_("%(email)s has the role now, and is told so by mail.", email=form.address), "good")
        else:
            flash(_("%(email)s has this role already.", email=form.address), "warn")
        return redirect(url_for(".team", slug=slug), 303)
    page = render_template("accounts/team.html", meeting=found, form=form, role_names=role_names())
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/meetings/<slug>/organise/team/<int:grant_id>/remove")
@allow(Audience.ORGANISER)
def remove_role(slug: str, grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    account = access.current_account() or abort(403)
    try:
        commands.remove_role(
            slug=slug, grant_id=grant_id, account_id=account.id, actor=access.actor(), now=database.now()
        )
    except Refused as refusal:
        flash(str(refusal), "bad")
    else:
        flash(_("The role is removed."), "good")
    # Whoever gave up a role of their own may not see this page any more.
    access_left = access.may(Audience.ORGANISER, slug)
    return redirect(url_for(".team", slug=slug) if access_left else url_for("programme.desk"), 303)


def _machine() -> str | None:
    return rules.machine_mark(request.remote_addr, current_app.config["SECRET_KEY"])


def _settings_with_entra() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.has_entra:
        abort(404)
    db.session.rollback()  # nothing is held while the network is waited for
    return settings


def _entra_problem(problem: str, status: int) -> ResponseReturnValue:
    return render_template("accounts/entra_problem.html", problem=problem), status


def _enter(signed_in: commands.SignedIn, ends: dt.datetime | None = None) -> ResponseReturnValue:
    """Begin the session of who has signed in; `ends` is when at the latest they have to do so again."""
    target = _destination(session.get("next"))
    _new_session()
    session["account"] = [signed_in.account_id, signed_in.serial]
    if ends is not None:
        session[access.ENTRA_ENDS] = ends.timestamp()
    session.permanent = True
    return redirect(target, 303)


def _new_session() -> None:
    """Begin a session in which nothing is left of the one before, but for the language of the page."""
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language


def _destination(asked: str | None) -> str:
    """Where to go on to after signing in: where it was asked for, if that is here, else to the desk."""
    return inside(asked) if asked else url_for("programme.desk")
