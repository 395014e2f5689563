"""The exercises: readable, in both languages, each on a duty that exists."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks.rules import characters, language
from handbook.checks.rules.known_duties import KnownDuties
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.pages.exercises import EXERCISE, EXERCISES
from handbook.pages.loader import Reading

__all__ = ["EXERCISE", "EXERCISE_DUTY", "check_exercises"]

EXERCISE_DUTY = Rule(
    "exercise-duty",
    zh=Wording(
        "練習 {name} 應出自存在的職責，實際沒有 {found}", "改正編號；職責已經刪去，就把練習也刪去"
    ),
    en=Wording(
        "expected the exercise {name} to be on a duty that exists, found {found}: no such duty",
        "correct the number; if the duty is gone, delete the exercise too",
    ),
)


def check_exercises(reading: Reading, known: KnownDuties) -> Iterator[Diagnostic]:
    """What is wrong with the file, and with the duties it names."""
    file = exercises.read(reading.root)
    yield from file.problems
    for check_lines in (characters.check_vocabulary, language.check_vocabulary):
        yield from check_lines(reading.root / EXERCISES, EXERCISES)
    for exercise_id, entry in file.entries.items():
        if known.lacks(entry.duty):
            place = Place(EXERCISES, *file.yaml.place((exercise_id, "duty")))
            yield EXERCISE_DUTY.at(place, name=exercise_id, found=entry.duty)
