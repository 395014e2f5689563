"""The history of real repositories, made here commit by commit."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from handbook.base.days import in_words
from handbook.base.git import GitError, gone_since, last_changes


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    root = tmp_path / "repository"
    git(tmp_path, "init", "--quiet", str(root))
    return root


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    who = {"NAME": "E", "EMAIL": "e@example.com", "DATE": f"{day}T12:00:00+08:00"}
    both = {f"GIT_{of}_{name}": who[name] for of in ("AUTHOR", "COMMITTER") for name in who}
    subprocess.run(["git", *arguments], cwd=folder, env=os.environ | both, check=True)


def commit(root: Path, day: str, **files: str) -> None:
    for name, text in files.items():
        path = root / "docs" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", f"on {day}", day=day)


def test_the_last_commit_that_touched_a_file_counts(repository: Path) -> None:
    commit(repository, "2026-01-02", one="1", 崗位="1")
    commit(repository, "2026-02-03", one="2")
    (repository / "docs/new.md").write_text("not committed", "utf-8")
    assert last_changes(repository, "docs") == {
        "docs/one.md": date(2026, 2, 3),
        "docs/崗位.md": date(2026, 1, 2),
    }


def test_a_merge_keeps_the_day_of_the_change(repository: Path) -> None:
    commit(repository, "2026-01-02", one="1", two="1")
    git(repository, "checkout", "--quiet", "-b", "side")
    commit(repository, "2026-01-03", one="2")
    git(repository, "checkout", "--quiet", "-")
    commit(repository, "2026-01-04", two="2")
    git(repository, "merge", "--quiet", "--no-edit", "side", day="2026-01-09")
    assert last_changes(repository, "docs") == {
        "docs/one.md": date(2026, 1, 3),
        "docs/two.md": date(2026, 1, 4),
    }


def test_a_renamed_file_changed_when_it_was_renamed(repository: Path) -> None:
    commit(repository, "2026-01-02", one="1")
    git(repository, "mv", "docs/one.md", "docs/two.md")
    commit(repository, "2026-01-05")
    assert last_changes(repository, "docs")["docs/two.md"] == date(2026, 1, 5)


def test_a_shallow_clone_tells_only_what_it_knows(repository: Path, tmp_path: Path) -> None:
    commit(repository, "2026-01-02", one="1", two="1")
    commit(repository, "2026-01-03", one="2")
    commit(repository, "2026-01-04", one="3")
    git(tmp_path, "clone", "--quiet", "--depth=2", repository.as_uri(), "shallow")
    assert last_changes(tmp_path / "shallow", "docs") == {"docs/one.md": date(2026, 1, 4)}


def test_a_handbook_within_a_larger_repository(repository: Path) -> None:
    commit(repository, "2026-01-02", one="1")
    git(repository, "mv", "-k", "docs", "handbook")
    (repository / "part").mkdir()
    git(repository, "mv", "handbook", "part/docs")
    commit(repository, "2026-01-05")
    assert last_changes(repository / "part", "docs") == {"docs/one.md": date(2026, 1, 5)}


def test_without_history_there_are_no_days(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert last_changes(repository, "docs") == {}  # no commit yet
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert last_changes(tmp_path, "docs") == {}  # a tarball
    commit(repository, "2026-01-02", one="1")
    monkeypatch.setenv("PATH", "")
    assert last_changes(repository, "docs") == {}  # no git


def test_within_gits_own_hooks_the_folder_counts(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, "2026-01-02", one="1")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "another" / ".git"))
    assert last_changes(repository, "docs") == {"docs/one.md": date(2026, 1, 2)}


def test_days_in_words() -> None:
    assert in_words(date(2026, 11, 2), "zh") == "2026 年 11 月 2 日"
    assert in_words(date(2026, 11, 2), "en") == "2 November 2026"


def test_what_is_gone_since_a_commit(repository: Path) -> None:
    text = "".join(f"line {n}\n" for n in range(20))
    commit(repository, "2026-01-02", one=text, two="2", 三="3")
    git(repository, "mv", "docs/one.md", "docs/new.md")
    (repository / "docs/two.md").unlink()
    gone = {"docs/one.md": "docs/new.md", "docs/two.md": ""}
    assert gone_since(repository, "HEAD", "docs") == gone
    commit(repository, "2026-01-03", one=text)  # another page has taken the name
    assert gone_since(repository, "HEAD^1", "docs") == {"docs/two.md": ""}


@pytest.mark.parametrize("name", ["nothing", "--all", "HEAD^7", ""])
def test_a_commit_that_is_not_there(repository: Path, name: str) -> None:
    commit(repository, "2026-01-02", one="1")
    with pytest.raises(GitError, match=f"^no commit {re.escape(name)} is known here$"):
        gone_since(repository, name, "docs")
