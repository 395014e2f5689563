"""How many there may be of each thing: at the limit all is well, one more is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from test_cases import small_handbook

from handbook.base import limits
from handbook.checks import rules
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def told(root: Path) -> list[Diagnostic]:
    return [d for d in rules.check(loader.read(root)) if d.rule == "size-limit"]


def redirects(root: Path, number: int) -> None:
    lines = [f"old-{n}: overview\n" for n in range(number)]
    (root / "docs/redirects.yml").write_text("".join(lines), "utf-8")


def exercises(root: Path, number: int) -> None:
    text = "  zh: {question: 問, answer: 答}\n  en: {question: Why, answer: So}\n"
    entries = [f'e-{n}:\n  duty: "3.1"\n{text}' for n in range(number)]
    (root / "docs/exercises.yml").write_text("".join(entries), "utf-8")


def terms(root: Path, number: int) -> None:
    path = root / "docs/vocabulary.yml"
    vocabulary = yaml.safe_load(path.read_text("utf-8"))
    tools = vocabulary.setdefault("tools", {})
    for n in range(number - len(tools)):
        tools[f"t-{n}"] = {
            "origin": "editors",
            "zh": {"name": f"T{n}", "definition": "甲"},
            "en": {"name": f"T{n}", "definition": "A"},
        }
    path.write_text(yaml.safe_dump(vocabulary, allow_unicode=True, sort_keys=False), "utf-8")


def duties(root: Path, number: int) -> None:
    page = root / "docs/en/roles/marketing.md"
    added = [f"### 3.{n} Duty {n}\n\nFor it.\n\n- Do it\n\n" for n in range(3, number + 1)]
    text = page.read_text("utf-8")
    page.write_text(text.replace("## Ability", f"{''.join(added)}## Ability"), "utf-8")


def pages(root: Path, number: int) -> None:
    folder = root / "docs/en"
    for n in range(number - len(list(folder.glob("**/*.md")))):
        (folder / f"p-{n}.md").write_text(f"# Page {n}\n\nText.\n", "utf-8")


def roles(root: Path, number: int) -> None:
    folder = root / "docs/zh/roles"
    there = [path for path in folder.glob("*.md") if path.stem != "index"]
    for n in range(number - len(there)):
        (folder / f"r-{n}.md").write_text(f"---\nsection: {n + 20}\n---\n\n# 崗位\n", "utf-8")


def editions(root: Path, number: int) -> None:
    folder = root / "docs/editions"
    folder.mkdir()
    for n in range(number):
        (folder / f"20{n // 12:02}.{n % 12 + 1:02}.tsv").write_text("", "utf-8")


MOST = [
    (redirects, limits.MOST_REDIRECTS, "docs/redirects.yml:1001"),
    (exercises, limits.MOST_EXERCISES, "docs/exercises.yml:4001"),
    (terms, limits.MOST_TERMS, "docs/vocabulary.yml"),
    (duties, limits.MOST_DUTIES, "docs/en/roles/marketing.md"),
    (pages, limits.MOST_PAGES, "docs/en/"),
    (roles, limits.MOST_ROLES, "docs/zh/roles/"),
    (editions, limits.MOST_EDITIONS, "docs/editions/"),
]


@pytest.mark.parametrize(
    ("make", "most", "place"), MOST, ids=lambda of: getattr(of, "__name__", "")
)
def test_one_more_than_there_may_be(make: object, most: int, place: str, root: Path) -> None:
    assert callable(make)
    make(root, most + 1)
    (problem,) = told(root)
    assert f"{problem.path}:{problem.line}".startswith(place)
    assert f"{most:,}" in problem.message
    assert f"{most + 1:,}" in problem.message
    assert "limits.py" in problem.hint


@pytest.mark.parametrize(
    ("make", "most"), [each[:2] for each in MOST], ids=lambda of: getattr(of, "__name__", "")
)
def test_as_many_as_there_may_be(make: object, most: int, root: Path) -> None:
    assert callable(make)
    make(root, most)
    assert told(root) == []


def test_what_is_beyond_the_limit_is_not_read(root: Path) -> None:
    pages(root, limits.MOST_PAGES + 100)
    found = [page for language, page in loader.load(root).pages if language == "en"]
    assert len(found) == limits.MOST_PAGES
