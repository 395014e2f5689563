"""Golden mends: each file under `mends/` is a page before and after `handbook fix`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from test_cases import CASES as RULE_CASES
from test_cases import TESTS, apply, small_handbook

from handbook.base import site_config
from handbook.checks import fix, rules
from handbook.checks.fixes.page import Change, Mended, mend
from handbook.pages import loader
from handbook.pages.loader import page_place
from handbook.pages.model import Page
from handbook.pages.parsing.page_parser import PageFile, PageParser

CASES = sorted((TESTS / "mends").glob("*/*.yml"))


class _Case(NamedTuple):
    page: str
    before: str
    after: str | None = None
    twin: str | None = None


@pytest.fixture(scope="module")
def parser() -> PageParser:
    """The real site's."""
    vocabulary = loader.load(TESTS.parent).vocabulary
    return PageParser(site_config.read(TESTS.parent), vocabulary)


def mended(page: str, text: str, parser: PageParser, twin: Page | None = None) -> Mended:
    place = page_place(page)
    assert place is not None
    return mend(PageFile(page, *place, raw=text.encode()), parser.parse, twin)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_mend(path: Path, parser: PageParser) -> None:
    case = _Case(**yaml.safe_load(path.read_text(encoding="utf-8")))
    twin = None
    if case.twin:
        other = case.page.replace("/zh/", "/en/")
        twin = parser.parse(PageFile(other, "en", "a", case.twin.encode())).page
    done = mended(case.page, case.before, parser, twin)
    expected = case.before if case.after is None else case.after
    assert done.raw.decode() == expected
    changed = [change for change in done.changes if change.keys]
    assert "\n".join(_with(_lines(case.before), changed)).strip("\n") == expected.strip("\n")
    assert all(change.before != change.after for change in changed)
    again = mended(case.page, expected, parser, twin)
    assert (again.raw.decode(), again.changes) == (expected, ())
    if path.parent.name == "untouched":
        assert case.after is None


def _with(lines: list[str], changes: Iterable[Change]) -> list[str]:
    """The lines with what the changes say; an empty line in front of one is part of its change."""
    after = {change.line: change.after for change in changes}
    return [after.get(number, line) for number, line in enumerate(lines, start=1)]


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def test_real_pages_hardly_need_a_mend(parser: PageParser) -> None:
    """What our pages are full of is right; a slip or two in them is no fault of the code."""
    lines = changes = 0
    for path in (TESTS.parent / "docs").glob("*/**/*.md"):
        page, text = path.relative_to(TESTS.parent).as_posix(), path.read_text(encoding="utf-8")
        lines += text.count("\n")
        changes += len(mended(page, text, parser).changes)
    assert changes <= lines / 100


_COMMANDS = ("（或執行 make fix）", "(or run `make fix`)")
PROMISED = [
    path
    for path in RULE_CASES
    if any(line.strip() in _COMMANDS for line in path.read_text("utf-8").splitlines())
]


@pytest.mark.parametrize("path", PROMISED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_a_message_says_fix_mends_is_mended(path: Path, tmp_path: Path) -> None:
    small_handbook(tmp_path)
    apply(yaml.safe_load(path.read_text(encoding="utf-8")), tmp_path)
    promised = {
        (problem.rule, problem.path, problem.line)
        for problem in rules.check(loader.read(tmp_path))
        if problem.hint.split("\n")[-1] in _COMMANDS
    }
    assert promised
    fix.write(fix.fix(tmp_path), tmp_path)
    left = {
        (problem.rule, problem.path, problem.line) for problem in rules.check(loader.read(tmp_path))
    }
    assert not promised & left
