"""Whatever a commit or SOURCE_DATE_EPOCH claims, the day is one that every outlet can hold."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from test_cases import small_handbook

from handbook.base import days, git
from handbook.base.git import last_changes

YEAR_3170843 = 100_000_000_000_000


def committed_at(root: Path, seconds: str) -> None:
    """A repository in `root` whose only commit claims to be of that moment."""

    def git(*arguments: str, given: bytes = b"") -> str:
        command = ["git", "-C", str(root), *arguments]
        return (
            subprocess.run(command, input=given, capture_output=True, check=True)
            .stdout.decode()
            .strip()
        )

    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    person = f"E <e@example.org> {seconds} +0000"
    commit = f"tree {git('write-tree')}\nauthor {person}\ncommitter {person}\n\nall\n"
    name = git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=commit.encode())
    git("update-ref", "HEAD", name)


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (str(YEAR_3170843), days.LATEST),
        ("4354819200", days.LATEST),  # 2108-01-01
        ("253402300800", days.LATEST),  # 10000-01-01
        ("1796083200", date(2026, 12, 1)),
        ("0", days.EARLIEST),
    ],
)
def test_a_commit_of_any_year(seconds: str, day: date, tmp_path: Path) -> None:
    small_handbook(tmp_path)
    committed_at(tmp_path, seconds)
    head = git.last_in(tmp_path, ".")
    assert head is not None
    assert head[1] == day
    assert set(last_changes(tmp_path, "docs").values()) == {day}


def test_a_commit_that_git_knows_no_day_of(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    committed_at(tmp_path, "-1")
    assert last_changes(tmp_path, "docs") == {}


@pytest.mark.parametrize(
    ("given", "day", "settled"),
    [
        ("1796083201", date(2026, 12, 1), "1796083201"),
        ("0", days.EARLIEST, "0"),
        (str(YEAR_3170843), days.LATEST, "4354732800"),
        ("9" * 5000, days.LATEST, "4354732800"),
        ("-1", None, None),
        ("yesterday", None, None),
        ("٣", None, None),
        ("", None, None),
    ],
)
def test_source_date_epoch(
    given: str, day: date | None, settled: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert days.given() == day
    if day:
        assert days.today() == day
    days.settle()
    assert os.environ.get("SOURCE_DATE_EPOCH") == settled
