"""A browser's part in the tests: it opens pages, reads the forms on them and sends them as a browser would.

    client.submit("/meetings/x/edit", {"title": "New"}, button="Save")  # the rest is sent as it stood on the page
    form = client.form("/meetings/x/edit")
    client.send(form, form.fields)  # saved unchanged, as a browser would

Nothing goes around the page: a field that the page does not offer cannot be filled in, and the token against forged
requests is the page's own. Every page that comes back is checked (tests/page_lint.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from meetings.database import db
from tests.page_lint import Page, describe, is_submit, owner, problems, text_of

# Text, several texts, ticked or not, nothing (the field is not sent), or a file: (content, name).
Value = str | list[str] | bool | None | tuple[Any, str]


@dataclass
class Form:
    """A form as it stands on a page: `fields` is what a browser would send, the pressed button included."""

    action: str
    method: str
    fields: MultiDict[str, Any]
    controls: dict[str, list[Element]] = field(repr=False)

    def filled(self, values: Mapping[str, Value]) -> MultiDict[str, Any]:
        """The fields with these values in their place; refuses what nobody could enter on the page."""
        fields = self.fields.copy()
        for name, value in values.items():
            assert name in self.controls, f"no field {name!r} in the form; it has {sorted(self.controls)}"
            fields.setlist(name, entered(self.controls[name], value))
        return fields


class Client(FlaskClient):
    """A browser of one visitor, with cookies, that checks every page it gets."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Like Flask's; each request has an application context of its own, as it has on a server.

        The test's own session is ended before, so that it reads afresh afterwards what the request has changed.
        """
        if db.session.registry.has():
            session = db.session()
            assert not {*session.new, *session.dirty, *session.deleted}, "the test has changes it did not commit"
            session.rollback()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if response.mimetype != "text/event-stream":
            response.get_data()  # read to its end, so that the file behind a static one can be closed
            response.close()
        is_page = response.status_code != 204 and not 300 <= response.status_code < 400
        if response.mimetype == "text/html" and is_page and response.request.method != "HEAD":
            found = problems(response.data)
            assert not found, f"{response.request.method} {response.request.path}:\n" + "\n".join(found)
        return response

    def page(self, url: str, status: int = 200) -> Page:
        """Open a page, redirections followed, and read it; fails when it comes with another status."""
        return Page(self._get_page(url, status).data)

    def _get_page(self, url: str, status: int = 200) -> TestResponse:
        response = self.get(url, follow_redirects=True)
        assert response.status_code == status, f"{url}: {response.status}"
        return response

    def form(self, url: str, *, button: str | None = None, action: str | None = None) -> Form:
        """Open a page and take a form in it: the one with that button or action, else the only one in <main>."""
        response = self._get_page(url)
        return form_on(Page(response.data), response.request.full_path.rstrip("?"), button=button, action=action)

    def submit(
        self,
        url: str,
        values: Mapping[str, Value] | None = None,
        *,
        button: str | None = None,
        action: str | None = None,
        follow: bool = True,
    ) -> TestResponse:
        """Open a page, fill in a form on it and send it. Redirections are followed unless told otherwise."""
        form = self.form(url, button=button, action=action)
        return self.send(form, form.filled(values or {}), follow=follow)

    def send(self, form: Form, fields: MultiDict[str, Any], *, follow: bool = True) -> TestResponse:
        """Send a form with exactly these fields, whether or not they could be entered: for what a page refuses."""
        if form.method == "get":
            return self.get(form.action, query_string=fields, follow_redirects=follow)
        return self.post(form.action, data=fields, follow_redirects=follow)


def form_on(page: Page, url: str, *, button: str | None = None, action: str | None = None) -> Form:
    """A form on a page: the one with the button that reads so, or with that path as its action; else the only one."""
    candidates = list(page.elements("form"))
    pressed = None
    if button is not None:
        pressed = the_only(
            [e for e in page.elements("button", "input") if is_submit(e) and button in (text_of(e), e.get("value"))],
            f"button {button!r}",
            [text_of(e) or str(e.get("value")) for e in page.elements("button", "input") if is_submit(e)],
        )
        candidates = [f for f in candidates if f is owner(page, pressed)]
    elif action is None:
        candidates = [f for f in candidates if page.ancestor(f, "main") is not None]
    if action is not None:
        candidates = [f for f in candidates if urlsplit(target(f, url)).path == action]
    element = the_only(candidates, f"form (button={button}, action={action})", [describe(f) for f in candidates])
    return taken(page, element, url, pressed)


def taken(page: Page, element: Element, url: str, pressed: Element | None = None) -> Form:
    """A form of a page as it stands there, its first button pressed unless another one is named."""
    inside = [e for e in page.elements() if owner(page, e) is element]
    if pressed is None:
        pressed = next((e for e in inside if is_submit(e)), None)
    controls: dict[str, list[Element]] = {}
    fields: MultiDict[str, Any] = MultiDict()
    for control in inside:
        name = control.get("name")
        if name is None or control.tag not in {"input", "select", "textarea", "button"} or disabled(page, control):
            continue
        if not is_submit(control):
            controls.setdefault(name, []).append(control)
        for value in sent(control) if control is not pressed else [control.get("value", "")]:
            fields.add(name, value)
    source = pressed if pressed is not None and pressed.get("formaction") else element
    method = (element.get("method") or "get").lower()
    return Form(target(source, url), method, fields, controls)


def the_only(found: list[Element], what: str, there_are: list[str]) -> Element:
    """The one element of a list that must hold just one."""
    assert len(found) == 1, f"{len(found)} instead of one {what}; there are {there_are}"
    return found[0]


def target(element: Element, url: str) -> str:
    """Where a form on the page at `url` is sent."""
    return urljoin(url, element.get("formaction") or element.get("action") or url)


def disabled(page: Page, control: Element) -> bool:
    """Whether a control, or the fieldset around it, is disabled."""
    fieldset = page.ancestor(control, "fieldset")
    return "disabled" in control.attrib or (fieldset is not None and "disabled" in fieldset.attrib)


def sent(control: Element) -> list[str]:
    """What a browser sends for a control that nobody has touched; line ends in a text become CRLF on the way."""
    kind = control.get("type", "text").lower() if control.tag == "input" else control.tag
    if kind in {"button", "submit", "reset", "image", "file"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [control.get("value", "on")] if "checked" in control.attrib else []
    if kind == "select":
        options = [o for o in control.iter("option") if "disabled" not in o.attrib]
        chosen = [o for o in options if "selected" in o.attrib]
        if "multiple" not in control.attrib:
            chosen = chosen[-1:] or options[:1]
        return [option_value(o) for o in chosen]
    if kind == "textarea":
        return [crlf("".join(control.itertext()))]
    return [control.get("value", "")]


def option_value(option: Element) -> str:
    """The value of a choice: its own, or what it reads."""
    value = option.get("value")
    return text_of(option) if value is None else value


def crlf(text: str) -> str:
    """The text with the line ends that forms are sent with."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def entered(controls: list[Element], value: Value) -> list[Any]:
    """What is sent once someone has entered `value`; refuses a choice that the page does not offer."""
    if value is None or value is False:
        return []
    choices = offered(controls)
    if value is True:
        assert choices is not None, "True is for a box to tick"
        assert len(choices) == 1, f"True is for a single box to tick; here are {choices}"
        return choices
    values = value if isinstance(value, list) else [value]
    if choices is not None:
        strangers = [v for v in values if v not in choices]
        assert not strangers, f"{strangers} not among the choices {choices}"
        return values
    return [crlf(v) if isinstance(v, str) else v for v in values]


def offered(controls: list[Element]) -> list[str] | None:
    """The values that can be chosen, or None where anything can be entered."""
    first = controls[0]
    if first.tag == "select":
        return [option_value(o) for o in first.iter("option") if "disabled" not in o.attrib]
    if first.get("type") in {"checkbox", "radio"}:
        return [c.get("value", "on") for c in controls]
    return None
