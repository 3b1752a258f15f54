"""The test browser sends forms as real ones do; otherwise "saved unchanged changes nothing" would prove nothing."""

from typing import Any

import pytest

from tests.client import Form, form_on
from tests.page_lint import Page

URL = "/meetings/one/edit"


def form(inside: str, **choice: str) -> Form:
    html = f'<!doctype html><title>T</title><main><form method="post">{inside}<button>Save</button></form></main>'
    return form_on(Page(html.encode()), URL, **choice)


@pytest.mark.parametrize(
    ("control", "sent"),
    [
        ('<input name="a" value="1">', ["1"]),
        ('<input name="a">', [""]),
        ('<input type="hidden" name="a" value="1">', ["1"]),
        ('<input name="a" value="1" disabled>', []),
        ('<fieldset disabled><input name="a" value="1"></fieldset>', []),
        ('<input value="nameless">', []),
        ('<input type="file" name="a">', []),
        ('<input type="checkbox" name="a" value="1">', []),
        ('<input type="checkbox" name="a" value="1" checked>', ["1"]),
        ('<input type="checkbox" name="a" checked>', ["on"]),
        ('<input type="checkbox" name="a" checked><input type="checkbox" name="a" value="2" checked>', ["on", "2"]),
        ('<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>', ["2"]),
        ('<select name="a"><option value="1">One</option><option value="2" selected>Two</option></select>', ["2"]),
        ('<select name="a"><option value="1">One</option><option value="2">Two</option></select>', ["1"]),
        ('<select name="a"><option value="">Choose</option></select>', [""]),
        ("<select name='a'><option>One</option></select>", ["One"]),
        ('<select name="a" multiple><option value="1">One</option></select>', []),
        ('<select name="a" multiple><option selected>1<option>2<option selected>3</select>', ["1", "3"]),
        ("<textarea name='a'>\nfirst\nsecond\n</textarea>", ["first\r\nsecond\r\n"]),
        ("<textarea name='a'>\n\nafter an empty line</textarea>", ["\r\nafter an empty line"]),
        ("<textarea name='a'>a &lt; b</textarea>", ["a < b"]),
        ('<button name="a" value="other" type="button">Other</button>', []),
    ],
)
def test_an_untouched_control_sends_what_a_browser_sends(control: str, sent: list[str]) -> None:
    assert form(control).fields.getlist("a") == sent


def test_the_pressed_button_is_sent_and_no_other() -> None:
    buttons = '<button name="do" value="up">Up</button><button name="do" value="down" formaction="/down">Down</button>'
    assert form(buttons, button="Down").fields.getlist("do") == ["down"]
    assert form(buttons, button="Down").action == "/down"
    assert form(buttons, button="Up").action == URL


def test_a_form_is_found_by_its_button_or_action_and_never_guessed() -> None:
    page = Page(
        b"<!doctype html><header><form action='/language'><button>Go</button></form></header>"
        b"<main><form action='/a?x=1' method='post'><input name='n' value='a'><button>Save</button></form>"
        b"<form action='b' method='post'><input name='n' value='b'></form><button form='f'>Remove</button>"
        b"<form id='f' action='/c' method='post'><input name='n' value='c'></form></main>"
    )
    assert form_on(page, URL, button="Save").fields["n"] == "a"
    assert form_on(page, URL, action="/meetings/one/b").fields["n"] == "b"
    assert form_on(page, URL, button="Remove").action == "/c"
    assert form_on(page, URL, action="/language").method == "get"
    with pytest.raises(AssertionError, match="3 instead of one form"):
        form_on(page, URL)
    with pytest.raises(AssertionError, match="0 instead of one button 'Publish'"):
        form_on(page, URL, button="Publish")


CONTROLS = (
    '<input name="title" value="Old"><textarea name="note"></textarea><input type="file" name="file">'
    '<input type="checkbox" name="tick" value="y"><select name="role"><option value="c">Chair</option></select>'
    '<input type="checkbox" name="lang" value="ar"><input type="checkbox" name="lang" value="en" checked>'
)


@pytest.mark.parametrize(
    ("values", "sent"),
    [
        ({"title": "New"}, {"title": ["New"]}),
        ({"title": None}, {"title": []}),
        ({"note": "a\nb"}, {"note": ["a\r\nb"]}),
        ({"tick": True}, {"tick": ["y"]}),
        ({"tick": False}, {"tick": []}),
        ({"role": "c"}, {"role": ["c"]}),
        ({"lang": ["ar", "en"]}, {"lang": ["ar", "en"]}),
        ({"file": (b"content", "a.csv")}, {"file": [(b"content", "a.csv")]}),
    ],
)
def test_a_form_is_filled_in(values: dict[str, Any], sent: dict[str, list[Any]]) -> None:
    fields = form(CONTROLS).filled(values)
    assert {name: fields.getlist(name) for name in sent} == sent
    untouched = form(CONTROLS).fields
    assert {name: fields.getlist(name) for name in untouched if name not in sent} == {
        name: untouched.getlist(name) for name in untouched if name not in sent
    }


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"titel": "New"}, "no field 'titel' in the form"),
        ({"role": "x"}, "not among the choices"),
        ({"lang": ["fr"]}, "not among the choices"),
        ({"lang": True}, "True is for a single box"),
        ({"title": True}, "True is for a box"),
    ],
)
def test_what_nobody_could_enter_is_refused(values: dict[str, Any], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        form(CONTROLS).filled(values)
