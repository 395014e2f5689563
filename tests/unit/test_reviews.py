from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_cases import small_handbook

from handbook.pages.loader import load
from handbook.views.reviews import Review, reviews

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"
TODAY = date(2026, 11, 22)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def note(root: Path, path: str, *lines: str) -> None:
    page = root / path
    text = page.read_text("utf-8")
    page.write_text(text.replace("section: 3", "\n".join(["section: 3", *lines])), "utf-8")


def review(root: Path, path: str, months: int = 12, **changes: date) -> Review:
    found = reviews(load(root), {ZH: changes["zh"]} if changes else {}, months, TODAY)
    return next(each for each in found if each.role.path == path)


def test_nothing_is_known_and_nothing_overdue_without_history_and_dates(root: Path) -> None:
    found = review(root, ZH)
    assert (found.owner, found.last, found.due, found.overdue) == ("", None, None, False)


def test_a_change_is_a_review(root: Path) -> None:
    found = review(root, ZH, zh=date(2025, 11, 22))
    assert (found.last, found.due) == (date(2025, 11, 22), TODAY)
    assert not found.overdue  # until the day is over
    assert review(root, ZH, zh=date(2025, 11, 21)).overdue


def test_so_is_the_day_it_was_read_through(root: Path) -> None:
    note(root, ZH, "owner: 市場部門", "reviewed: 2026-08-31")
    found = review(root, ZH, 6, zh=date(2020, 1, 1))
    assert (found.owner, found.last) == ("市場部門", date(2026, 8, 31))
    assert found.due == date(2027, 2, 28)
    assert not found.overdue


def test_a_month_without_such_a_day_ends_with_its_last(root: Path) -> None:
    assert review(root, ZH, 1, zh=date(2026, 3, 31)).due == date(2026, 4, 30)


def test_each_language_is_reviewed_by_itself(root: Path) -> None:
    note(root, EN, "reviewed: 2020-01-01")
    assert review(root, EN).overdue
    assert not review(root, ZH).overdue


def test_a_day_that_has_not_come_is_no_review(root: Path) -> None:
    note(root, ZH, "reviewed: 2062-11-22")
    found = review(root, ZH, zh=date(2025, 1, 1))
    assert (found.read, found.last, found.overdue) == (None, date(2025, 1, 1), True)


def test_without_a_period_nothing_is_ever_due(root: Path) -> None:
    found = review(root, ZH, 0, zh=date(2001, 1, 1))
    assert (found.due, found.overdue) == (None, False)


def test_what_is_due_first_stands_first(root: Path) -> None:
    note(root, EN, "reviewed: 2026-01-01")
    found = reviews(load(root), {ZH: date(2026, 5, 1)}, 12, TODAY)
    assert [each.role.path for each in found[:2]] == [EN, ZH]
    assert found[2].due is None
