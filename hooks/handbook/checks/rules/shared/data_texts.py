"""The texts of the vocabulary and the exercises, which are printed as pages are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast

from handbook.base.limits import start_of
from handbook.base.located_yaml import LocatedYaml
from handbook.base.located_yaml import read as read_yaml
from handbook.base.source import decode, instead
from handbook.base.words import both
from handbook.checks.rules.text import characters, language, wording
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, Rule, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY, Project
from handbook.pages.schema import AUTHORED, GROUPS

_FOREIGN = rule("wrong-language/entry")
_SAMPLE = rule("placeholder/entry")
_UNPRINTED_PART = "everyday:"
"""From here on the vocabulary serves search alone."""
_FORMS = ("rule.vocabulary.form.terms", "rule.exercise-form")
"""What hints show of how entries are written."""
_SAMPLES = {
    (of, key): text
    for form in _FORMS
    for entry in read_yaml(both(form)["en"]).data.values()
    for of in AUTHORED
    for key, text in cast("dict[str, Any]", entry)[of].items()
}
"""The words there that stand for those to be written."""
_Text = tuple[tuple[str, ...], str, str]
"""Where a text stands in its file, its language, and what it says."""


def check_data_texts(project: Project) -> Iterator[Diagnostic]:
    """Every line's characters; the signs and the words of each text."""
    for path in (VOCABULARY, EXERCISES):
        yield from _characters(project, path)
    vocabulary = project.handbook.vocabulary
    if vocabulary.abilities:
        located = read_yaml(decode(start_of(project.root / VOCABULARY)))
        terms = [(group, *each) for group in GROUPS for each in vocabulary.group(group).items()]
        texts: list[_Text] = [
            ((group, term_id, of, key), of, getattr(term.text(of), key))
            for group, term_id, term in terms
            for of in AUTHORED
            for key in ("name", "definition")
        ]
        yield from _texts(project, VOCABULARY, located, texts)
    file = exercises.read(project.root)
    texts = [
        ((exercise_id, of, key), of, getattr(entry.text(of), key))
        for exercise_id, entry in file.entries.items()
        for of in AUTHORED
        for key in ("question", "answer")
    ]
    yield from _texts(project, EXERCISES, file.yaml, texts)


def _characters(project: Project, path: str) -> Iterator[Diagnostic]:
    """Its characters, line by line; of a file that cannot be read, another rule says so."""
    try:
        text = start_of(project.root / path).decode().replace("\r\n", "\n")
    except (OSError, UnicodeError):
        return
    printed = True
    for number, line in enumerate(text.split("\n"), start=1):
        at, printed = Place(path, number), printed and not line.startswith(_UNPRINTED_PART)
        if not line.isascii():
            yield from characters.check_line(line, at)
            yield from language.check_simplified(line, at)
        if printed:
            yield from characters.check_printed_line(line, at)


def _texts(
    project: Project, path: str, located: LocatedYaml, texts: Sequence[_Text]
) -> Iterator[Diagnostic]:
    lines = decode(start_of(project.root / path)).split("\n") if texts else []
    samples: dict[int, Diagnostic] = {}  # one a line
    for where, of, text in texts:
        place = Place(path, *located.place(where))
        line = lines[place.line - 1]
        if text == _SAMPLES.get((of, where[-1])):
            samples.setdefault(place.line, _SAMPLE.at(place, found=text))
        if " #" in line and (cut := re.search(rf"{re.escape(text)} +#\S", line)):
            yield _cut_off(line, cut.start(), place)
        if text not in line:  # over several lines, or a term's that is a topic too
            continue
        if foreign := language.foreign(text, of, name=where[-1] == "name"):
            yield _FOREIGN.at(place, key=of, found=foreign)
        for wrong, right, told in _wrong(text, of):
            mended = _line(line, text, right) if right != text else None
            fix = both("rule.wording.rewrite")
            if mended:
                fix = both("rule.yaml-syntax.paste", n=1, line=mended)
            yield wrong.at(place, fix=fix, mended=mended, **told)
    yield from samples.values()


@cache
def _wrong(text: str, of: str) -> tuple[tuple[Rule, str, dict[str, Any]], ...]:
    return *language.wrong_signs(text, of), *wording.wrong_words(text, of)


def _cut_off(line: str, start: int, place: Place) -> Diagnostic:
    """What YAML takes for a comment, in the middle of a text."""
    meant = line[:start] + json.dumps(line[start:].strip(), ensure_ascii=False)
    told = rule("vocabulary" if place.path == VOCABULARY else "exercise")
    form = both("rule.yaml-syntax.paste", n=1, line=meant)
    found = both("rule.yaml-syntax.colon")
    at = replace(place, column=1)
    return told.at(at, where=line.strip(), found=found, form=form, mended=meant)


def _line(line: str, text: str, right: str) -> str | None:
    """The line with `right` for `text`, in quotes if YAML would read a sign of it."""
    bare = f'"{text}"' not in line and any(sign in right for sign in (": ", " #", ", ", '"'))
    return instead(line, text, json.dumps(right, ensure_ascii=False) if bare else right)
