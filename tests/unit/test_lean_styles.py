"""A lean style sheet keeps every rule that some element, or some script, can ask for."""

from __future__ import annotations

import pytest
from lxml import html

from handbook.lean_styles import StyleError, lean
from handbook.used_names import UsedNames

PAGE = """<html lang="en" dir="ltr"><body class="dark"><main id="top">
<p class="note big" data-state="open">A <a href="x">b</a></p><input type="text"></main></body>"""


def used(script: str = "", features: tuple[str, ...] = ()) -> UsedNames:
    names = UsedNames()
    names.add_features(features)
    names.add_page(html.document_fromstring(PAGE))
    names.add_script(script)
    return names


@pytest.mark.parametrize(
    "rule",
    [
        "p{a:b}",
        ".note.big>a{a:b}",
        "#top .note:not(.missing) a:hover::before{a:b}",
        "*,::after{a:b}",
        "[data-state]{a:b}",
        '[data-state="open"]{a:b}',
        "[data-state^=o]{a:b}",
        "p:is(.missing,.note){a:b}",
        "main:has(.note){a:b}",
        "input[type=text]:checked~a{a:b}",
        "[aria-expanded=true] p[hidden]{a:b}",
        "@media print{p{a:b}}",
        "@supports (display:grid){@media print{p{a:b}}}",
        "@page{margin:1cm}",
        'p::before{content:"/* kept */  { }"}',
        "p{a:b!important}",
        "p{&:hover{a:b}}",
        "p{color:var(--x)}:root{--x:red}",
        "p{color:var(--x)}:root{--x:var(--y)}.dark{--y:red}",
        "@keyframes turn{to{a:b}}p{animation:turn 1s}",
    ],
)
def test_what_can_be_asked_for_stays_as_it_is(rule: str) -> None:
    assert lean(rule, used()) == rule


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("video{a:b}", ""),
        (".missing p{a:b}", ""),
        ("#missing{a:b}", ""),
        (".note.missing,.note{a:b}", ".note{a:b}"),
        ("[data-missing]{a:b}", ""),
        ("[data-state=closed]{a:b}", ""),
        ("[dir=rtl] p{a:b}", ""),
        ("p:is(.missing,video){a:b}", ""),
        ("@media print{video{a:b}}", ""),
        (":root{--x:red}", ""),
        (":root{--x:var(--y);--y:red}", ""),
        ("@keyframes turn{to{a:b}}", ""),
        ("/* c */ p {\n  a : b ; /* c */\n  c: d;\n}\n", "p{a:b;c:d}"),
        ('@charset "utf-8";p{a:b}', "p{a:b}"),
    ],
)
def test_what_nothing_asks_for_goes(css: str, expected: str) -> None:
    assert lean(css, used()) == expected


@pytest.mark.parametrize(
    "rule",
    [
        ".made-here{a:b}",
        "[data-md-state=made-here]{a:b}",
        "mark{a:b}",
        "kbd{a:b}",
        "samp{a:b}",
        "[data-some-name]{a:b}",
        ":root{--read-here:1}",
    ],
)
def test_what_a_script_names_stays(rule: str) -> None:
    script = """
      node = create("mark"); html = "<kbd class='x'>" + `<samp>`;
      node.className = "made-here"; node.dataset.someName = "";
      node.setAttribute("data-md-state", "made-here"); read("--read-here");
    """
    assert lean(rule, used()) == ""
    assert lean(rule, used(script)) == rule


def test_what_the_theme_makes_only_with_a_feature_stays_with_it() -> None:
    rule, script = ".md-tooltip{a:b}", "make('md-tooltip')"
    assert lean(rule, used(script)) == ""
    assert lean(rule, used(script, ("content.tooltips",))) == rule


@pytest.mark.parametrize(
    ("css", "reason"),
    [
        ("p{background:url(x.png)}", "refers to the file x.png"),
        ('@import "x.css";', "line 1: @import needs another file"),
        ("p{}\np", "line 2: "),
    ],
)
def test_a_sheet_that_cannot_stand_in_a_page_is_refused(css: str, reason: str) -> None:
    with pytest.raises(StyleError, match=reason):
        lean(css, used())
    assert lean("p{background:url(data:image/png;base64,AA)}", used())
