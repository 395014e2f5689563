"""What is built after a change while pages are served, and what before a page is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from engine.reloading import Reloads, language_at

if TYPE_CHECKING:
    from pathlib import Path

EN, ZH = "docs/en/roles/marketing.md", "docs/zh/roles/marketing.md"
WATCHED = ("docs", "mkdocs.yml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path in (EN, ZH, "docs/vocabulary.yml", "docs/assets/a.svg", "mkdocs.yml"):
        write(tmp_path / path, "as it was")
    return tmp_path


@pytest.fixture
def reloads(root: Path) -> Reloads:
    return Reloads(root, WATCHED)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_nothing_is_built_before_a_page_is_read_as_long_as_nothing_changes(
    reloads: Reloads,
) -> None:
    assert [reloads.before_reading(path) for path in ("", "en/", "zh-Hans/roles/")] == [None] * 3


def test_after_an_edit_the_language_read_last_is_built_and_the_others_when_they_are_read(
    root: Path, reloads: Reloads
) -> None:
    reloads.before_reading("zh-Hans/roles/marketing/")
    write(root / EN, "edited")
    assert reloads.after_change() == "zh-Hans"
    reloads.built("zh-Hans")
    assert reloads.before_reading("zh-Hans/") is None
    assert reloads.before_reading("en/roles/marketing/") == "en"
    assert reloads.before_reading("en/search/worker.js") == "en"  # it was not built after all
    reloads.built("en")
    assert reloads.before_reading("en/") is None
    assert reloads.before_reading("roles/marketing/") == "zh"
    write(root / ZH, "edited")
    assert reloads.after_change() == "zh"
    assert reloads.before_reading("en/") == "en"


@pytest.mark.parametrize("path", ["assets/a.svg", "favicon.ico", "search/worker.js"])
def test_only_pages_say_which_language_is_read(root: Path, reloads: Reloads, path: str) -> None:
    reloads.before_reading("en/")
    reloads.before_reading(path)
    write(root / EN, "edited")
    assert reloads.after_change() == "en"


@pytest.mark.parametrize(
    "path",
    ["docs/vocabulary.yml", "docs/assets/a.svg", "mkdocs.yml", "docs/en/roles/new.md"],
    ids=["vocabulary", "picture", "settings", "page added"],
)
def test_after_any_other_change_all_is_built(root: Path, reloads: Reloads, path: str) -> None:
    write(root / EN, "edited")
    reloads.after_change()
    write(root / path, "another text")
    assert reloads.after_change() is None
    assert reloads.before_reading("en/") is None


def test_after_a_page_is_removed_all_is_built(root: Path, reloads: Reloads) -> None:
    (root / ZH).unlink()
    assert reloads.after_change() is None


def test_an_edit_that_keeps_the_size_is_seen(root: Path, reloads: Reloads) -> None:
    write(root / "mkdocs.yml", "as it sat")
    later = (root / "mkdocs.yml").stat().st_mtime_ns + 1
    os.utime(root / "mkdocs.yml", ns=(later, later))
    assert reloads.after_change() is None


@pytest.mark.parametrize("name", [".marketing.md.swp", "marketing.md~", "#marketing.md#", "4913"])
def test_what_editors_programs_leave_in_passing_is_not_looked_at(
    root: Path, reloads: Reloads, name: str
) -> None:
    write(root / EN, "edited")
    write(root / EN.replace("marketing.md", name), "edited")
    assert reloads.after_change() == "zh"


@pytest.mark.parametrize(
    ("path", "language"),
    [("", "zh"), ("roles/", "zh"), ("404.html", "zh"), ("en/", "en"), ("en", "en"),
     ("english/", "zh"), ("zh-Hans/duties/", "zh-Hans"), ("assets/x.css", "")],
)  # fmt: skip
def test_the_language_of_an_address(path: str, language: str) -> None:
    assert language_at(path) == language
