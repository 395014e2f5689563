"""Editions and exercises, if this handbook has them: a handbook without either prints as well."""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from handbook.pdf.printing import Edition
from handbook.pdf.role_pack import Exercise


@dataclass(frozen=True, slots=True)
class _Today:
    """No edition: the day of the commit, or of SOURCE_DATE_EPOCH."""

    date: datetime.date
    commit: str
    name: str = ""
    label: str = ""


def current(root: Path) -> Edition:
    """The edition that is being printed."""
    if find_spec("handbook.editions"):
        edition: Edition = import_module("handbook.editions").current(root)
        return edition
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    command = ["git", "log", "-1", "--format=%H %ct"]
    log = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    commit, _, seconds = log.stdout.strip().partition(" ")
    day = datetime.datetime.fromtimestamp(int(given or seconds or 0), datetime.UTC).date()
    return _Today(day, commit)


def currency_url(edition: Edition, role: str | None, language: str) -> str:
    """Where the site says whether a print is still current."""
    if find_spec("handbook.editions"):
        url: str = import_module("handbook.editions").currency_url(edition, role, language)
        return url
    return ""


def load_exercises(root: Path) -> Sequence[Exercise]:
    """The exercises of all roles."""
    if find_spec("handbook.exercises"):
        module: Any = import_module("handbook.exercises")
        exercises: Sequence[Exercise] = module.load_exercises(root)
        return exercises
    return ()
