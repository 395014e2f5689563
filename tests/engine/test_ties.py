"""ENGINE.md says all that ties the site to its engine, and nothing that is no longer so."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT
from jinja2 import Environment, nodes

TOLD = (ROOT / "ENGINE.md").read_text("utf-8")
OVERRIDES = ROOT / "overrides"
THEME = Path(str(importlib.import_module("material").__file__)).parent / "templates"
PARSER = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
LEADS = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)


def row(name: str) -> str:
    """The row of the first table that begins with `name`."""
    (found,) = re.findall(rf"^\| `{re.escape(name)}` \|.*$", TOLD, re.MULTILINE)
    return str(found)


def test_every_module_of_the_adapter_has_its_row() -> None:
    modules = {path.name for path in (ROOT / "hooks/engine").glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"^\| `(\w+\.py)` \|", TOLD, re.MULTILINE)) == modules


def test_what_is_said_to_be_tested_upstream_is() -> None:
    upstream = (ROOT / "tests/hooks/test_upstream.py").read_text("utf-8")
    for path in (ROOT / "hooks/engine").glob("[!_]*.py"):
        tested = f'("{path.stem}.' in upstream
        assert ("`test_upstream.py`" in row(path.name)) is tested, path.name


def test_the_versions_are_those_that_are_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(each.split("==") for each in project["dependencies"] if "mkdocs" in each)
    first = " ".join(TOLD.partition("\n## ")[0].split())
    assert (
        "MkDocs {mkdocs}, mkdocs-static-i18n {mkdocs-static-i18n} and Material {mkdocs-material}."
    ).format_map(pins) in first
    needed = Path(__file__).with_name("requirements.txt").read_text("utf-8")
    (other,) = re.findall(r"^properdocs==([\d.]+)", needed, re.MULTILINE)
    assert f"| ProperDocs {other} " in TOLD


def test_the_templates_that_are_not_copied_are_named() -> None:
    named = set(re.findall(r"`([\w/-]+\.html)`", row("overrides/")))
    assert {f"partials/{name}" for name in named} == set(of_the_theme())


def of_the_theme() -> Iterator[str]:
    """The templates of the theme that ours lead to, one through another."""
    todo = [path for path in OVERRIDES.rglob("*") if path.suffix in {".html", ".xml"}]
    seen: set[str] = set()
    while todo:
        for node in PARSER.parse(todo.pop().read_text("utf-8")).find_all(LEADS):
            template = getattr(node, "template", None)
            name = getattr(template, "value", None)  # else it is chosen by a setting
            if name and name not in seen and name.endswith(".html"):
                seen.add(name)
                own = (OVERRIDES / name).exists()
                todo.append((OVERRIDES if own else THEME) / name)
                if not own:
                    yield name
