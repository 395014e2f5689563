"""Whoever adds something is led to all of its places, at the latest by the message of a test."""

from __future__ import annotations

import ast
import re
import tomllib
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT
from jinja2 import Environment
from jinja2.nodes import Getattr, Name

from handbook.checks.rules.role import anchors
from handbook.pages.schema import AUTHORED, LABELS
from handbook.site import layout
from handbook.site.in_templates import TemplateSite
from handbook.site.layout import VIEWS
from handbook.views import Views

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LAYERS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]


@pytest.mark.parametrize("language", AUTHORED)
def test_every_label_is_explained_to_contributors(language: str) -> None:
    page = f"docs/{language}/contributing/index.md"
    rows = re.findall(r"^\| `\*\*(.+?)\*\*[:：]`", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    names = [label.names[language] for label in LABELS]
    assert rows == names, f"the table of labels in {page} is to have {names}, in this order"
    page = f"docs/{language}/contributing/rules.md"
    sentence = re.findall(r"^`label-name`.*", (ROOT / page).read_text("utf-8"), re.MULTILINE)[0]
    quoted = re.findall(r"[“「](.+?)[”」]", sentence)
    assert quoted == names, f"the sentence of label-name in {page} is to name {names}"


def test_every_template_of_a_view_makes_a_page() -> None:
    templates = {f"views/{path.name}" for path in (ROOT / "overrides/views").glob("*.html")}
    used = {*layout.VIEWS.values(), *layout.UNLISTED.values(), *layout.DERIVED.values()}
    left = templates - used - {*layout.OTHERS.values()}
    assert not left, f"{left}: site/layout.py is to say which page they make"


def test_what_templates_ask_of_the_site_is_there() -> None:
    """What is not there is empty in a template, and nothing else is said of it."""
    parse = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse
    missing = set()
    for path in (ROOT / "overrides").rglob("*.html"):
        for asked in parse(path.read_text("utf-8")).find_all(Getattr):
            of = asked.node
            if isinstance(of, Name) and of.name == "site":
                known: Any = TemplateSite
            elif isinstance(of, Getattr) and isinstance(of.node, Name) and of.node.name == "site":
                known = {"views": Views}.get(of.attr)
            else:
                continue
            if known and not hasattr(known, asked.attr) and asked.attr not in known.__annotations__:
                missing.add(f"{path.name}: {known.__name__}.{asked.attr}")
    assert not missing, f"{missing}: a property is missing, or is spelt otherwise"


@pytest.mark.parametrize(("key", "template"), VIEWS.items())
def test_what_a_view_gives_an_anchor_no_page_may_take(key: str, template: str) -> None:
    page: Any = SimpleNamespace(key=key, is_role=False)
    for start, filled in re.findall(
        r' id="([\w-]+)(\{\{)?', (ROOT / "overrides" / template).read_text("utf-8")
    ):
        tag: Any = SimpleNamespace(name="p", attributes=(("id", start + "x" * bool(filled)),))
        assert anchors._is_reserved(page, tag), (
            f"{template} gives the anchor {start}{'…' * bool(filled)}: "
            f'"{key}" of _OF_PAGES in checks/rules/role/anchors.py is to have it'
        )


@pytest.mark.parametrize("package", LAYERS[1:-1])
def test_a_package_says_what_it_may_import(package: str) -> None:
    path = ROOT / "hooks/handbook" / package / "__init__.py"
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    sentence = told.partition("May import ")[2].partition(".")[0]
    below = LAYERS[LAYERS.index(package) + 1 :]
    assert re.findall(r"`(\w+)`", sentence) == below, f"{path} is to say: May import {below}."
