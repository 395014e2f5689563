"""Editions: which is current, on which day, and where its prints lead."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from test_cases import small_handbook

from handbook.pages import loader
from handbook.versions import editions
from handbook.versions.edition_digests import read as read_digests
from handbook.versions.editions import (
    Edition,
    SnapshotError,
    currency_url,
    current,
    read,
    taken,
    written,
)
from handbook.versions.parts import family

DAY = datetime.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def no_given_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small handbook with two editions, outside git."""
    small_handbook(tmp_path)
    kept = taken(loader.load(tmp_path))
    folder = tmp_path / editions.FOLDER
    folder.mkdir()
    for name in ("2026.9", "2026.11.2", "2026.11.10", "2026.11"):
        (folder / f"{name}.tsv").write_text(written(name, DAY, kept), "utf-8")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    person = ["-c", "user.name=E", "-c", "user.email=e@example.org"]
    days = {"COMMITTER": "2026-12-24T23:30:00-05:00", "AUTHOR": "2020-01-01T00:00:00Z"}
    environment = {**os.environ, **{f"GIT_{who}_DATE": day for who, day in days.items()}}
    command = ["git", "-C", str(folder), *person, *arguments]
    return subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", env=environment
    ).stdout.strip()


def test_editions_stand_newest_first_and_what_is_no_edition_is_none(root: Path) -> None:
    names = [each.edition.name for each in editions.snapshots(root)]
    assert names == ["2026.11.10", "2026.11.2", "2026.11"]
    (root / editions.FOLDER / "2026.12.tsv").write_text("<<<<<<< HEAD\n", "utf-8")
    assert editions.snapshots(root)[0].edition == Edition("2026.11.10", DAY)


def test_outside_git_the_day_is_that_of_the_edition(root: Path) -> None:
    assert current(root) == Edition("2026.11.10", DAY, "", revised=False)


def test_in_git_the_day_and_the_commit_are_those_of_what_is_checked_out(root: Path) -> None:
    git(root, "init", "--quiet")
    assert current(root).commit == ""  # nothing is committed yet
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "all")
    assert current(root) == Edition("2026.11.10", DAY)  # as long as it says the same
    revise(root)
    git(root, "commit", "--quiet", "--all", "--message", "words")
    commit = git(root, "rev-parse", "HEAD")
    (root / "Makefile").write_text("all:\n", "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "code")
    day = datetime.date(2026, 12, 25)
    assert current(root) == Edition("2026.11.10", day, commit, revised=True)


def test_a_copy_within_another_repository_has_no_commit(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "all")
    copy = root / "unpacked"
    small_handbook(copy)
    assert current(copy).commit == ""
    revise(root)
    assert current(root).commit


def test_a_given_day_is_that_of_what_was_revised(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert current(root).date == DAY
    revise(root)
    assert current(root).date == datetime.date(1970, 1, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert current(root).date == DAY


def test_without_an_edition_there_is_no_name(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    assert current(tmp_path).name == ""
    assert current(tmp_path).date == datetime.datetime.now(datetime.UTC).date()


def test_pages_that_changed_since_are_said_to_be_revised(root: Path) -> None:
    assert (current(root).revised, current(root).label) == (False, "2026.11.10")
    revise(root)
    assert (current(root).revised, current(root).label) == (True, "2026.11.10+")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("vocabulary.yml", "the share of visitors who buy", "the part of visitors who buy"),
        ("vocabulary.yml", '["3.2"]', '["3.1", "3.2"]'),
        ("exercises.yml", "Allocate it.", "Spend it."),
        ("zh/overview.md", "各領域", "各個領域"),
        ("en/about.md", "Where the text", "Where the words"),
    ],
)
def test_so_are_those_of_what_is_no_role(root: Path, path: str, old: str, new: str) -> None:
    docs = root / "docs"
    vocabulary = docs / "vocabulary.yml"
    vocabulary.write_text(vocabulary.read_text("utf-8") + TOPIC, "utf-8")
    (docs / "exercises.yml").write_text(EXERCISE, "utf-8")
    for language in ("zh", "en"):
        (docs / language / "about.md").write_text(
            "# About\n\nWhere the text comes from.\n", "utf-8"
        )
    kept = editions.taken(loader.load(root))
    file = root / editions.FOLDER / "2026.11.10.tsv"
    file.write_text(editions.written("2026.11.10", DAY, kept), "utf-8")
    assert current(root) == Edition("2026.11.10", DAY)
    page = docs / path
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")
    assert current(root).revised
    # An edition that never kept such parts does not tell.
    older = {at: each for at, each in kept.items() if family(at[1]) == "role"}
    text = editions.written("2026.11.10", DAY, older).replace("all parts", "the sections")
    file.write_text(text, "utf-8")
    assert current(root) == Edition("2026.11.10", DAY)


TOPIC = """\
topics:
  budgets:
    origin: source
    zh: {name: 預算, definition: 可以花的錢, words: [預算]}
    en: {name: budgets, definition: the money there is to spend, words: [budget]}
    duties: ["3.2"]
"""
EXERCISE = """\
allocating:
  duty: "3.2"
  zh: {question: 預算怎樣用？, answer: 分配預算。}
  en: {question: How is the budget used?, answer: Allocate it.}
"""


def revise(root: Path) -> None:
    page = root / "docs/en/roles/marketing.md"
    page.write_text(page.read_text("utf-8").replace("Allocate", "Propose"), "utf-8")


@pytest.mark.parametrize(
    ("role", "language", "url"),
    [
        (None, "zh", "e/2026.11/"),
        ("marketing", "zh", "e/2026.11/marketing/"),
        (None, "zh-Hans", "zh-Hans/e/2026.11/"),
        ("after-sales", "en", "en/e/2026.11/after-sales/"),
    ],
)
def test_addresses_on_prints_stay_as_they_are(role: str | None, language: str, url: str) -> None:
    assert currency_url(Edition("2026.11", DAY), role, language) == url


def test_what_is_written_is_read_again(root: Path) -> None:
    kept = taken(loader.load(root))
    path = root / editions.FOLDER / "2026.11.tsv"
    snapshot = read(path)
    assert (snapshot.edition, snapshot.kept) == (Edition("2026.11", DAY), kept)
    assert written("2026.11", DAY, snapshot.kept) == path.read_text("utf-8")


def test_what_is_no_edition_says_where(root: Path) -> None:
    path = root / editions.FOLDER / "2026.11.tsv"
    lines = path.read_text("utf-8").splitlines()
    path.write_bytes("\n".join([*lines[:3], lines[3][:-1]]).encode())
    with pytest.raises(SnapshotError, match="line 4: after-sales duty-8-1") as error:
        read(path)
    assert error.value.line == 4
    path.write_bytes("版".encode("big5"))
    with pytest.raises(SnapshotError, match="line 1: no UTF-8"):
        read(path)


def test_the_real_editions_can_be_read() -> None:
    found = editions.snapshots(ROOT)
    files = {path.stem for path in (ROOT / editions.FOLDER).iterdir()} - {"digests", "addresses"}
    assert {snapshot.edition.name for snapshot in found} == files == set(read_digests(ROOT))
    assert min(len(snapshot.kept) for snapshot in found) >= 49
