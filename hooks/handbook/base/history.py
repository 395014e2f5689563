"""When each authored page last changed, as the repository's history tells, and dates in words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from babel.dates import format_date

from handbook.base import days
from handbook.base.git import GitError, git
from handbook.base.words import Told

_LOCALES = {"zh": "zh_Hant", "en": "en_GB"}
_COMMIT = "\1"
"""Begins the line of a commit; no path begins with it."""


def last_changes(root: Path, folder: str) -> dict[str, date]:
    """The day each file last changed, by its path from `root`; one pass over the history.

    Files whose last change the history does not hold are left out: those of a tarball, those not
    committed yet, and in a shallow clone those that changed before its first commit.

    Args:
        root: the repository, or a folder of a larger one.
        folder: the folder in it to look at, such as `docs`.
    """
    log = _git(
        root, "-c", "log.showSignature=false", "log", "-z", "--format=%x01%H %cs", "--name-only",
        "--no-renames", "--relative", "--", folder,
    )  # fmt: skip
    cut = _cut_off(root)
    changes: dict[str, date] = {}
    commit, day = "", date.min
    for entry in log.split("\0"):
        if entry.startswith(_COMMIT):
            commit, _, written = entry.removeprefix(_COMMIT).partition(" ")
            day = days.from_text(written) or date.min
        elif path := entry.lstrip("\n"):
            # What a shallow clone begins with seems to have been added all at once.
            changes.setdefault(path, date.min if commit in cut else day)
    return {path: day for path, day in changes.items() if day != date.min}


class NoSuchCommit(Told):
    """The history does not hold the commit."""


def gone_since(root: Path, commit: str, folder: str) -> dict[str, str]:
    """Files of `folder` that were there at `commit`, and what each was renamed to ("" for none).

    Args:
        root: the repository, or a folder of a larger one.
        commit: any name that git knows it by.
        folder: the folder to look at, such as `docs`.

    Raises:
        NoSuchCommit: if the history does not hold it.
    """
    known = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"
    )
    if not known:
        raise NoSuchCommit("git.no-commit", commit=commit)
    entries = _git(
        root, "diff", "-z", "--name-status", "--find-renames", "--diff-filter=DR", "--relative",
        "--no-ext-diff", known.strip(), "--", folder,
    ).split("\0")  # fmt: skip
    gone: dict[str, str] = {}
    fields = iter(entries)
    for status in fields:
        if status:
            path = next(fields)
            gone[path] = next(fields) if status.startswith("R") else ""
    # A file that git has not been told of is there all the same.
    return {path: new for path, new in gone.items() if not (root / path).exists()}


def in_words(day: date, language: str) -> str:
    """`day` as it is written in `language`: 2026 年 11 月 2 日, 2 November 2026."""
    words = format_date(day, "long", locale=_LOCALES[language])
    return re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", words)


def _cut_off(root: Path) -> set[str]:
    """The commits of a shallow clone whose parents are not there."""
    name = _git(root, "rev-parse", "--git-path", "shallow").strip()
    path = root / name
    return set(path.read_text(encoding="utf-8").split()) if name and path.is_file() else set()


def _git(root: Path, *arguments: str) -> str:
    """What git prints; "" where it has no answer: a tarball shows no dates."""
    try:
        return git(root, *arguments).decode("utf-8", "surrogateescape")
    except GitError:
        return ""
