"""What is right must not only pass: it must be read for what it says, and located where it stands.

A case under `cases/right/` is clean also when the parser overlooks half of the page. Here the small
handbook's two duties, but for one that is retired, and its abilities must be found in each, and
every word on its own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from test_cases import CASES, TESTS, apply, small_handbook

from handbook.pages import loader
from handbook.pages.model import Page
from handbook.pages.redirects import retired

RIGHT = [path for path in CASES if path.parent.name == "right"]
DUTIES = {(3, 1): "duty-3-1", (3, 2): "duty-3-2"}
ANCHORS = {"duties", "abilities", "ability-data-analysis", "ability-communication"}
_WORD = re.compile(r"[^\W\d_]{2,}")
_MADE_UP = {"Note", "Warning", "Example", "Tip"}
"""Titles that boxes have when none was typed."""


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_right_variation_is_read_whole(path: Path, tmp_path: Path) -> None:
    small_handbook(tmp_path)
    apply(yaml.safe_load(path.read_text(encoding="utf-8")), tmp_path)
    handbook = loader.load(tmp_path)
    gone = {number for slug, number, _ in retired(handbook.moved) if slug == "marketing"}
    there = {number: anchor for number, anchor in DUTIES.items() if number not in gone}
    assert len(there) == (1 if path.stem == "duty-retired" else 2)
    for language in ("zh", "en"):
        page = handbook.page(language, "roles/marketing")
        assert page is not None
        assert set(page.anchors) >= {*ANCHORS, *there.values()}
        role = handbook.role_pages[language, "roles/marketing"]
        assert [(duty.section, duty.n) for duty in role.duties] == [*there]
        assert all(duty.purpose and len(duty.tasks) >= 2 for duty in role.duties)
        assert role.intro
        assert (3, 1) in gone or role.duties[0].labelled["example"].passage.text
        assert [use.id for use in role.duties[-1].terms("measures")][:1] == ["conversion-rate"]
        assert [use.id for use in role.duties[-1].terms("partners")] == ["suppliers"]
        assert [ability.term.id for ability in role.abilities][:2] == [
            "data-analysis",
            "communication",
        ]
    for page in handbook.pages.values():
        assert list(misplaced(page)) == []


@pytest.mark.parametrize("path", [*(TESTS.parent / "docs").glob("*/**/*.md")], ids=str)
def test_every_word_of_the_real_pages_stands_on_its_line(path: Path) -> None:
    handbook = loader.load(TESTS.parent)
    place = loader.page_place(path.relative_to(TESTS.parent).as_posix())
    assert place is not None
    assert list(misplaced(handbook.pages[place])) == []


def misplaced(page: Page) -> Iterator[str]:
    """Words that readers see and that are not on the source line they are said to be on."""
    for run in page.runs:
        if run.code:  # HTML shown as code carries its mark behind the first tag
            continue
        for word in _WORD.findall(run.text):
            if word not in _MADE_UP and word not in page.lines[run.line - 1]:
                yield f"{page.path}:{run.line}: {word}"
