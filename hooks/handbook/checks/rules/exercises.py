"""The exercises: readable, in both languages, each on a duty that exists."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.checks.rules import characters, language
from handbook.checks.rules.known_duties import KnownDuties
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISE, EXERCISES
from handbook.pages.loader import Reading

__all__ = ["EXERCISE", "EXERCISE_DUTY", "check_exercises"]

EXERCISE_DUTY = rule("exercise-duty")


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
