"""Escaping is the default: which templates escape, and who may say that a text is HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from jinja2 import DictLoader, Environment
from markupsafe import Markup

HOOKS = ROOT / "hooks"
TEMPLATES = sorted(
    path for path in (ROOT / "overrides").rglob("*") if path.suffix in {".html", ".xml"}
)

ASK_FOR_HTML = {
    "engine/theme.py": "a page's content, which Markdown rendered and the rules let through; "
    "the theme's navigation and its script elements, rewritten",
    "handbook/base/html.py": "where it is defined",
    "handbook/views/side_by_side.py": "duties and abilities as Markdown rendered them",
    "templates.py": "what side_by_side.py made, with its links led anew",
}


def test_only_these_say_that_a_text_is_html() -> None:
    found = {
        path.relative_to(HOOKS).as_posix()
        for path in HOOKS.rglob("*.py")
        if ("as_html" in (text := path.read_text("utf-8")) and "base.html import as_html" in text)
        or "def as_html(html: str)" in text
    }
    assert found == set(ASK_FOR_HTML)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_turns_escaping_off(path: Path) -> None:
    code = " ".join(re.findall(r"\{[{%].*?[%}]\}", path.read_text("utf-8"), re.DOTALL))
    assert not re.search(r"\|\s*(safe|striptags)\b|\bautoescape\b|Markup", code)


def test_what_crosses_from_the_theme_into_ours_is_escaped_once() -> None:
    """The theme's ways to hand text on (blocks, macros, includes) keep what is marked."""
    env = Environment(autoescape=True, loader=DictLoader({  # as hooks/engine/theme.py sets it
        "theme.html": "{% import 'words.html' as lang %}"
        "{% block b %}{{ lang.t('<') }}{% endblock %}",
        "words.html": "{% macro t(key) %}{{ {'<': '&'}[key] }}{% endmacro %}",
        "ours.html": "{% extends 'theme.html' %}{% block b %}{% set x %}{{ super() }}{% endset %}"
                     "{{ x ~ text }}{{ html }}{% include 'part.html' %}{% endblock %}",
        "part.html": "{{ text | e }}",
    }))  # fmt: skip
    made = env.get_template("ours.html").render(text="<", html=Markup("<b>"))
    assert made == "&amp;&lt;<b>&lt;"
