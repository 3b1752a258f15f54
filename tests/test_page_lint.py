"""Each rule of the page linter, by a page that breaks it alone."""

import pytest

from tests.page_lint import MAX_PAGE_BYTES, problems

SOUND = """<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><title>الحوار</title><link rel="stylesheet" href="/static/rostrum.css">
<script src="/static/floor.js" type="module"></script></head>
<body><!-- a comment --><main id="main"><h1>الحوار</h1>
{body}
</main></body></html>"""


def page(body: str) -> bytes:
    return SOUND.format(body=body).encode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p><!-- <b id='x'> --></p>",
        '<label for="name">Name</label><input id="name" name="name">',
        '<label>Name <input name="name"></label>',
        '<input name="name" aria-label="Name"><span id="s">City</span><input aria-labelledby="s" name="city">',
        '<form><input type="hidden" name="q" value="1"><button>Search</button></form>',
        '<form id=f method=post><input name="csrf_token" type="hidden" value="t"></form><button form="f">Go</button>',
        '<a href="#main">Back to the top</a> <a id="anchor"></a> <a href="/"><img src="/logo.svg" alt="Rostrum"></a>',
        '<svg role="img"><title>A clock</title></svg><table><tr><th>Name</th><td>Ada</td></tr></table>',
        '<script type="application/json">{"a": 1}</script>',
    ],
)
def test_a_sound_page_has_no_problem(body: str) -> None:
    assert problems(page(body)) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<p></p></div>", "line 6: End tag (div) seen too early"),
        ("<h1>Second</h1>", "2 <h1>"),
        ("<main></main>", "2 <main>"),
        ("<title>Second</title>", "more than one title"),
        ("<h2> </h2>", "<h2> is empty"),
        ('<p id="a"></p><p id="a"></p>', 'id="a" 2 times'),
        ('<p id=""></p>', "empty id"),
        ('<label for="gone">Name</label>', 'for="gone" is not on the page'),
        ('<p aria-describedby="gone"></p>', 'aria-describedby="gone"'),
        ('<input name="name">', '<input name="name"> has no label'),
        ('<label for="name"> </label><input id="name" name="name">', "has no label"),
        ('<textarea name="note"></textarea>', "has no label"),
        ('<select name="role"><option>Chair</option></select>', "has no label"),
        ("<button></button>", "<button> has no text"),
        ('<a href="/"><img src="/logo.svg" alt=""></a>', "has no text"),
        ('<input type="submit">', "has no value"),
        ('<img src="/logo.svg">', "has no alt"),
        ("<table><tr><td>Ada</td></tr></table>", "no header cell"),
        ('<p style="color: red"></p>', "is styled in the page"),
        ('<p onclick="x()"></p>', "event handler, onclick"),
        ('<a href="javascript:x()">Go</a>', "runs a script"),
        ("<script>x()</script>", "is a script in the page"),
        ('<script src="https://elsewhere.example/x.js"></script>', "is fetched from elsewhere"),
        ('<img alt="" src="//elsewhere.example/x.png">', "is fetched from elsewhere"),
        ('<form method="POST"><button>Save</button></form>', "has no csrf_token"),
        ('<form><label>Q <input name="q"></label></form>', "no button to send it"),
        ('<form><button type="button">More</button></form>', "no button to send it"),
        ('<a href="">Nowhere</a>', "leads nowhere"),
        ('<a href="#">Nowhere</a>', "leads nowhere"),
        ('<a href="#gone">Gone</a>', "leads to a part that is not on the page"),
        ("é" * (MAX_PAGE_BYTES // 2), f"more than {MAX_PAGE_BYTES}"),
    ],
)
def test_a_problem_is_named_and_nothing_else_is(body: str, complaint: str) -> None:
    (problem,) = problems(page(body))
    assert complaint in problem


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('lang="ar"', "", "no lang"),
        ('dir="rtl"', "", "no dir"),
        ("<title>الحوار</title>", "", "no title"),
        ("<h1>الحوار</h1>", "", "0 <h1>"),
        ("<!doctype html>", "", "Expected DOCTYPE"),
        ('href="/static', 'href="https://elsewhere.example/static', "is fetched from elsewhere"),
    ],
)
def test_the_frame_of_a_page_is_checked(was: str, becomes: str, complaint: str) -> None:
    (problem,) = problems(page("").replace(was.encode(), becomes.encode(), 1))
    assert complaint in problem
