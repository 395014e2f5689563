"""The day that every download carries, wherever the handbook is built."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handbook import edition_of_build as module
from handbook.edition_of_build import EditionOfBuild, edition_of_build


@pytest.fixture(autouse=True)
def no_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_the_day_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793836800")
    assert edition_of_build(tmp_path) == EditionOfBuild("", date(2026, 11, 5))


def test_the_day_of_the_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1793836800 +0000")
    identity = ["-c", "user.name=x", "-c", "user.email=x@handbook.example"]
    for command in (["init", "-q"], [*identity, "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert edition_of_build(tmp_path).date == date(2026, 11, 5)


def test_without_git_the_day_is_always_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert edition_of_build(tmp_path).date == date(1980, 1, 1)


def test_the_edition_where_there_are_editions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = SimpleNamespace(name="2026.11", label="2026.11+", date=date(2026, 11, 5))
    editions: Any = SimpleNamespace(current=lambda root: current)
    monkeypatch.setattr(module, "find_spec", lambda name: name)
    monkeypatch.setattr(module, "import_module", lambda name: editions)
    assert edition_of_build(tmp_path) == EditionOfBuild("2026.11+", date(2026, 11, 5))
