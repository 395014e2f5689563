"""The exercises for training, read from `docs/exercises.yml`: a question on a duty, its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel, StringConstraints

from handbook.base.docs_files import DOCS
from handbook.base.file_models import VISIBLE, Closed, Declared, InLanguages
from handbook.base.limits import start_of
from handbook.base.located_yaml import LocatedYaml
from handbook.base.words import both
from handbook.pages import yaml_file
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Exercise, Role
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import DUTY_NUMBER, TermId

EXERCISES = f"{DOCS}/exercises.yml"

EXERCISE = rule("exercise")

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600, pattern=VISIBLE)
]


DutyNumber = Annotated[str, Field(pattern=rf"^{DUTY_NUMBER.pattern}$")]


class ExerciseText(Closed):
    """An exercise in one language."""

    question: Text
    answer: Text


class Entry(Declared, InLanguages[ExerciseText]):
    """An exercise as the file has it."""

    duty: DutyNumber
    also: DutyNumber | None = None
    zh: ExerciseText
    en: ExerciseText


class Entries(RootModel[dict[TermId, Entry]]):
    """All of the file, by id."""


@dataclass(frozen=True, slots=True)
class ExerciseFile:
    """What the file holds, where it stands, and what is wrong with it: then it holds nothing."""

    entries: Mapping[str, Entry]
    yaml: LocatedYaml
    problems: Sequence[Diagnostic]


def exercises(roles: Sequence[Role], entries: Mapping[str, Entry]) -> tuple[Exercise, ...]:
    """The exercises of `entries` on duties that `roles` have, in the order of those duties."""
    order = [(role.slug, duty.number) for role in roles for duty in role.duties]
    role_of = {number: role for role, number in order}
    return tuple(
        Exercise(
            exercise_id,
            role,
            number,
            {language: entry.text(language).question for language in AUTHORED},
            {language: entry.text(language).answer for language in AUTHORED},
            entry,
            ((role_of[entry.also], entry.also),) if entry.also in role_of.keys() - {number} else (),
        )
        for role, number in order
        for exercise_id, entry in entries.items()
        if entry.duty == number
    )


def read(root: Path) -> ExerciseFile:
    """The file below `root`; without one there are no exercises, which is right."""
    try:
        return _read(start_of(root / EXERCISES))
    except FileNotFoundError:
        return ExerciseFile({}, LocatedYaml({}), ())


def _form(_group: str) -> dict[str, str]:
    """How an exercise is written."""
    return both("rule.exercise-form")


@lru_cache(maxsize=4)
def _read(raw: bytes) -> ExerciseFile:
    entries, located, problems = yaml_file.read(raw, EXERCISES, Entries, EXERCISE, _form)
    return ExerciseFile(entries.root if entries else {}, located, problems)
