"""The last gate: what is on its lists passes, everything else is named."""

from __future__ import annotations

import pytest
from conftest import ROOT
from lxml import html

from handbook.checks.rules.text import markup
from handbook.site.finished import gate
from handbook.site.finished.gate import ELEMENTS, OWN_SCRIPTS, faults

THEIRS = "var theirs=1"
MOVED = "<main><h1>Moved</h1><p><a href='{0}'>Go</a></p></main>"
REFRESH = '<meta http-equiv="refresh" content="0; url={0}">'


def found(body: str, head: str = "") -> list[str]:
    page = html.document_fromstring(
        f"<html><head><title>t</title>{head}</head><body>{body}</body></html>"
    )
    return [str(fault.what).replace("\n", " ") for fault in faults(page, {THEIRS})]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>alert(1)</script>", "inline script `alert(1)`"),
        ("<script type=module>alert(1)</script>", "inline script `alert(1)`"),
        (f"<script type=module>{THEIRS}</script>", f"inline script `{THEIRS}`"),
        (f"<script>{THEIRS};</script>", f"inline script `{THEIRS};`"),
        ('<script type="application/json">1</script>', "inline script `1`"),
        (
            '<script src="../assets/images/x.txt"></script>',
            "the script `../assets/images/x.txt`",
        ),
        ('<script src="https://a.example/x.js"></script>', "the script `https://a.example/x.js`"),
        ('<script src="//a.example/x.js"></script>', "the script `//a.example/x.js`"),
        (
            f'<script src="/x/../{OWN_SCRIPTS[0]}"></script>',
            f"the script `/x/../{OWN_SCRIPTS[0]}`",
        ),
        (
            '<script id="hb-on-demand" type="application/json">["x.js"]</script>',
            "the script `x.js`",
        ),
        ("<style>p{}</style>", "inline style sheet `p{}`"),
        ('<p style="color:red">', '`style="color:red"` on <p>'),
        ('<img src="x" onerror="alert(1)">', '`onerror="alert(1)"` on <img>'),
        ("<iframe></iframe>", "the element <iframe>"),
        ("<base>", "the element <base>"),
        (
            '<a href=" java\nscript:alert(1)">x</a>',
            "an address that is no link, ` java script:alert(1)`",
        ),
        ('<a href="data:text/html,x">x</a>', "an address that is no link, `data:text/html,x`"),
        (
            '<img src="data:image/png;base64,AA">',
            "an address that is no link, `data:image/png;base64,AA`",
        ),
        (
            '<img src="https://a.example/x.png">',
            "a file from another host, `https://a.example/x.png`",
        ),
        ('<img src="/\\a.example/x">', "a file from another host, `/\\a.example/x`"),
        (
            '<img src="x" srcset="https://a.example/x 2x">',
            '`srcset="https://a.example/x 2x"` on <img>',
        ),
        (
            '<link rel="stylesheet" href="https://a.example/x.css">',
            "a file from another host, `https://a.example/x.css`",
        ),
        ('<link rel="preload" href="x">', '<link rel="preload">'),
        (
            '<meta http-equiv="refresh" content="0; url=https://a.example">',
            '<meta http-equiv="refresh" content="0; url=https://a.example">',
        ),
        ('<meta http-equiv="x" content="">', '<meta http-equiv="x" content="">'),
        ('<meta name="referrer">', '<meta name="referrer">'),
        ('<meta property="og:video">', '<meta name="None">'),
        ('<p property="og:title">', '`property="og:title"` on <p>'),
        ('<article><p id="__config"></article>', "the id `__config`, which is the theme's"),
        ('<p id="__new">', "the id `__new`, which is the theme's"),
        ('<p id="hb-own">', "the id `hb-own`, which is the site's own"),
        ('<p id="x"><p id="x">', "the id `x` twice"),
        ('<img src="x" name="currentScript">', '`name="currentScript"` on <img>'),
    ],
)
def test_what_is_on_no_list_is_named(body: str, fault: str) -> None:
    assert found(body) == [fault]


@pytest.mark.parametrize(
    "body",
    [
        f"<script>{THEIRS}</script>",
        '<script type="application/json" id="__config">{"a": 1}</script>',
        f'<script type="application/json" id="hb-on-demand">["../{OWN_SCRIPTS[0]}"]</script>',
        f'<script src="../{OWN_SCRIPTS[0]}" defer></script>',
        f'<script src="/{OWN_SCRIPTS[0]}" defer></script>',
        '<a href="https://a.example/">x</a><a href="mailto:a@a.example">x</a><a href="tel:1">x</a>',
        '<link rel="canonical" href="https://a.example/">',
        '<meta property="og:title" content="x">',
        '<input id="__search"><p id="hb-report">',
    ],
)
def test_what_is_on_the_lists_is_not(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(("target", "passes"), [
    ("../roles/marketing/#duty-3-1", True), ("https://a.example/", False), ("//a.example", False),
])  # fmt: skip
def test_a_page_that_has_moved_leads_on_within_the_site(target: str, passes: bool) -> None:
    assert (found(MOVED.format(target), REFRESH.format(target)) == []) is passes
    assert found(MOVED.format("elsewhere"), REFRESH.format(target))
    assert found(MOVED.format(target) + "<p>more</p>", REFRESH.format(target))


def test_the_scripts_on_the_list_are_there() -> None:
    docs = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.js")}
    assert {name for name in OWN_SCRIPTS if "bundle" not in name} <= docs


def test_what_the_rules_let_through_passes_the_gate() -> None:
    """A green check means a green build."""
    assert markup._ALLOWED <= ELEMENTS
    assert {name for name in markup._ATTRIBUTES if not name.startswith("aria-")} <= gate._ATTRIBUTES
