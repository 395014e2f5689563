"""A page may cost so much and no more: what would hold Markdown up is refused before, at its line.

The patterns are those of single signs, of all pairs of them, and of a sign left open before many
that are closed, repeated as often as the budget allows: found by running each at two sizes, those
that grew with the square of the size are here.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from test_cases import TESTS, small_handbook
from unit.test_any_input import check

from handbook.base import limits
from handbook.base.limits import LARGEST_FILE
from handbook.pages.parsing import work

HELD_UP = {
    "brackets within each other": "[" * 14_000 + "]" * 14_000,
    "links within each other": "[" * 5_900 + "x" + "](y)" * 5_900,
    "brackets": "[" * 10_000,
    "links left open": "[a](" * 2_000,
    "one bracket before many links": "[ " + "[a](b)" * 4_500,
    "footnotes": "[^1]" * 5_900,
    "tags": "<a " * 10_000,
    "tags over empty lines": "<a \n\n" * 9_000,
    "backticks": "``a`" * 7_000,
    "one run of backticks": "`" * 200 + "a" * 29_000,
    "headings": "# a\n" * 4_000,
    "lines": "a\n\n" * 2_600,
    "underlined headings": "a\n-\n" * 2_000,
    "fences": "```\n" * 4_000,
    "emphasis": "*a*" * 9_900,
    "one paragraph": "字" * 31_000,
    "blocks of emphasis": ("*a*" * 6_000 + "\n\n") * 3,
}
LARGEST_HONEST = {
    "table": "| 名稱 | 說明 |\n|---|---|\n" + "| [連結](a.md) | `代碼`、**重點** |\n" * 500,
    "list": "- [A link](a.md) to *what* `is` there, and [another](b.md)\n" * 300,
    "linked pictures": "[![What it shows](../a.png)](index.md) " * 700,
    "code": "```text\n" + "[[" * 9_000 + "\n```\n",
    "sections": "\n".join(f"## Section {n} {{ #s-{n} }}\n\n{'Text. ' * 20}\n" for n in range(900)),
    "footnotes": "\n".join(f"Text[^{n}].\n\n[^{n}]: Note.\n" for n in range(450)),
}


def excess(text: str) -> work.Excess | None:
    return work.excess(text.split("\n"), 1)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    small_handbook(folder)
    return folder


@pytest.mark.parametrize("name", HELD_UP)
def test_what_would_hold_up_the_build_is_refused_at_once(name: str, handbook: Path) -> None:
    page = f"# 標題\n\n說明。\n\n{HELD_UP[name]}\n"
    assert len(page.encode()) < LARGEST_FILE
    start = time.process_time()
    (found,) = [text for text in check(handbook, page.encode()) if "page-unreadable" in text]
    assert time.process_time() - start < 2
    line = int(found.split(":")[1])
    assert line >= 5


@pytest.mark.parametrize("name", LARGEST_HONEST)
def test_large_pages_of_honest_text_pass(name: str) -> None:
    assert len(LARGEST_HONEST[name].encode()) < LARGEST_FILE
    assert excess(LARGEST_HONEST[name]) is None


def test_own_pages_are_far_from_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LONGEST_BLOCK", "MOST_HEADINGS", "MOST_NOTES", "FURTHEST_TAGS"):
        monkeypatch.setattr(work, name, getattr(limits, name) // 5)
    for page in (TESTS.parent / "docs").glob("*/**/*.md"):
        assert excess(page.read_text("utf-8")) is None, page


@pytest.mark.parametrize("within", ["[", "[a](", "`", "<a ", "*a*"])
def test_as_much_as_the_budget_allows_is_rendered_soon(within: str, handbook: Path) -> None:
    low, high = 0, LARGEST_FILE // len(within)
    while high - low > 10:
        middle = (low + high) // 2
        fits = excess(within * middle) is None
        low, high = (middle, high) if fits else (low, middle)
    start = time.process_time()
    list(check(handbook, f"# 標題\n\n說明。\n\n{within * low}\n".encode()))
    assert time.process_time() - start < 5
