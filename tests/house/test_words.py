"""What is said to people stands in the catalogue, and nowhere else; each text of it is used."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from jinja2 import Environment, nodes

from handbook.base.words import words

HOOKS, OVERRIDES = ROOT / "hooks", ROOT / "overrides"
LIBRARY = HOOKS / "handbook"
PRINTS = LIBRARY / "site/print"
SCRIPTS = ROOT / "docs/assets/javascripts"
SEARCH = (SCRIPTS / "search.js", *sorted((SCRIPTS / "search").glob("*.js")))
THEME = Path(str(importlib.import_module("material").__file__)).parent / "templates"
HAN = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)  # fmt: skip
ANY = r"[\w-]+"
"""What stands in a key for a part that is put in."""
OF_THE_HANDBOOK = {
    HOOKS / "handbook" / name for name in ("pages/schema.py", "commands/new_role.py")
}
"""What a role's page is made of, and what a new one begins with: its words, not the site's."""
CODE = sorted({*HOOKS.rglob("*.py")} - OF_THE_HANDBOOK)
COMMENTS = {
    ".html": r"\{#.*?#\}|<!--.*?-->",
    ".xml": r"\{#.*?#\}|<!--.*?-->",
    ".js": r"/\*.*?\*/|(?<![:\"'`])//[^\n]*",
    ".typ": r"(?m:^\s*//[^\n]*)",
}
TEXTS = sorted(
    path
    for folder in (OVERRIDES, PRINTS, ROOT / "docs/assets/javascripts")
    for path in folder.rglob("*")
    if path.suffix in COMMENTS
)


def chinese_in(source: str) -> Iterator[str]:
    """Every literal with Chinese as it is typed (not as an escape), but for what explains code."""
    nodes = [*ast.walk(ast.parse(source))]
    explains = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if not isinstance(node, ast.Constant) or not HAN.search(str(node.value)):
            continue
        typed = ast.get_source_segment(source, node) or ""
        if id(node) not in explains and HAN.search(typed):
            yield typed


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(HOOKS).as_posix())
def test_no_chinese_in_code(path: Path) -> None:
    assert [*chinese_in(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_chinese_in_templates_and_scripts(path: Path) -> None:
    shown = re.sub(COMMENTS[path.suffix], "", path.read_text("utf-8"), flags=re.DOTALL)
    assert HAN.findall(shown) == []


def of_code() -> Iterator[str]:
    """The literals of the code as patterns of keys."""
    for path in HOOKS.rglob("*.py"):
        tree = [*ast.walk(ast.parse(path.read_text("utf-8")))]
        joined = [node for node in tree if isinstance(node, ast.JoinedStr)]
        pieces = {id(part) for node in joined for part in node.values}  # which are no keys
        for node in tree:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) in pieces:
                    continue
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [getattr(value, "value", None) for value in node.values]
                # One that begins with a group; `{a}.{b}` would be any key.
                if isinstance(node.values[0], ast.Constant) and "." in str(parts[0]):
                    yield "".join(
                        re.escape(part) if isinstance(part, str) else ANY for part in parts
                    )


def of_templates(folder: Path) -> Iterator[tuple[str, str]]:
    """What templates ask for: `t` or `words`, and the key as a pattern."""
    env = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    for path in folder.rglob("*.html"):
        for call in env.parse(path.read_text("utf-8")).find_all(nodes.Call):
            name = getattr(call.node, "attr", getattr(call.node, "name", ""))
            if name in {"t", "told", "words", "say"} and call.args:
                how = "t" if name in {"t", "told"} else "words"
                yield from ((how, pattern) for pattern in patterns(call.args[0]))


def patterns(key: nodes.Expr) -> Iterator[str]:
    """The keys that an expression may give."""
    if isinstance(key, nodes.Const):
        yield re.escape(key.value)
    elif isinstance(key, nodes.CondExpr):
        yield from patterns(key.expr1)
        yield from patterns(key.expr2) if key.expr2 else ()
    elif isinstance(key, nodes.Concat):
        yield "".join(
            re.escape(part.value) if isinstance(part, nodes.Const) else ANY for part in key.nodes
        )


def asked_by_pages() -> Iterator[str]:
    """The keys that templates ask for, ours and the theme's, as patterns."""
    for folder in (OVERRIDES, THEME):
        for how, pattern in of_templates(folder):
            if how == "words" and pattern != rf"page\.{ANY}":
                yield pattern
            elif how == "t":
                yield rf"(?:page|sign)\.{pattern}"
    listed = re.findall(r'"([a-z]+\.[a-z.]+)"', (OVERRIDES / "main.html").read_text("utf-8"))
    yield from (re.escape(f"page.{key}") for key in listed)


def asked_by_prints(key: str) -> bool:
    """Whether a print's template or one of its modules names the key, its group left out."""
    name = key.partition(".")[2]
    lead = name.removesuffix("-lead")
    code = "".join(
        path.read_text("utf-8") for path in PRINTS.iterdir() if path.suffix in {".py", ".typ"}
    )
    named = rf'(?<=[\w)])\.{re.escape(name)}(?![\w-])|"{re.escape(name)}"'
    return bool(re.search(named, code)) or (lead != name and f'"{lead}"' in code)


def asked_by_the_search(key: str) -> bool:
    """Whether the search box, or the engine that names its groups, asks for a text of `found`."""
    name = re.escape(key.removeprefix("found."))
    code = "".join(path.read_text("utf-8") for path in SEARCH)
    return bool(re.search(rf'words\.{name}\b|"{name}"', code))


def test_every_text_is_used() -> None:
    asked = [re.compile(pattern) for pattern in {*of_code(), *asked_by_pages()}]
    unused = [
        key
        for key in words("en").texts
        if not any(pattern.fullmatch(key) for pattern in asked)
        and not (key.startswith(("pdf.", "sign.")) and asked_by_prints(key))
        and not (key.startswith("found.") and asked_by_the_search(key))
    ]
    assert not unused, f"nothing asks for these texts of base/words: {unused}"


def test_every_text_that_is_asked_for_is_there() -> None:
    keys = {*words("en").texts}
    groups = "|".join({key.partition(".")[0] for key in keys if "." in key})
    in_code = {re.sub(r"\\(.)", r"\1", each) for each in of_code()}
    asked = {each for each in in_code if re.fullmatch(rf"(?:{groups})(?:\.[a-z_-]+)+", each)}
    files = {each for each in asked if each.endswith((".yml", ".md", ".html", ".tsv"))}
    assert asked - files - keys == set()
    theme = (THEME / "partials/languages/en.html").read_text("utf-8")
    for how, pattern in of_templates(OVERRIDES):
        group = "(?:page|sign)" if how == "t" else ""
        found = [key for key in keys if re.fullmatch(rf"{group}\.?{pattern}", key)]
        there = found or re.search(f'"{pattern}":', theme) is not None
        name = re.sub(r"\\(.)", r"\1", pattern)
        assert there, f"a template asks for {name}, which base/words and the theme lack"
