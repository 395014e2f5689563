"""Which edition is being built, and of what day: what every download carries."""

from __future__ import annotations

import datetime
import os
import subprocess
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

_LONG_AGO = datetime.date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class EditionOfBuild:
    """The edition as readers see it ("" if there is none), and the day of what is built."""

    label: str
    date: datetime.date


def edition_of_build(root: Path) -> EditionOfBuild:
    """The edition of the repository `root`; the day is SOURCE_DATE_EPOCH's, else the commit's."""
    if find_spec("handbook.editions"):
        current = import_module("handbook.editions").current(root)
        return EditionOfBuild(getattr(current, "label", current.name), current.date)
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return EditionOfBuild("", _day(given) or _day(_commit_time(root)) or _LONG_AGO)


def _commit_time(root: Path) -> str:
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(  # noqa: S603 - a constant command
            command, cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _day(seconds: str) -> datetime.date | None:
    if not seconds.isdecimal():
        return None
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()
