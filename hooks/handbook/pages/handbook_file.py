"""What is this handbook's own, from `docs/handbook.yml`: its nouns and its accent colour.

All of the library follows from it, so it is read when the library is imported, from the repository
that the library stands in: another handbook is another copy of it, with a `docs/` of its own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Annotated

from pydantic import Field

from handbook.base.docs_files import DOCS
from handbook.base.file_models import ONE_LINE, Closed
from handbook.base.limits import start_of
from handbook.base.words import Told, preferred, words
from handbook.pages import yaml_file
from handbook.pages.diagnostics import Rule, Wording

HANDBOOK = f"{DOCS}/handbook.yml"

Key = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=30)]
Name = Annotated[str, Field(pattern=ONE_LINE, max_length=60)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]

_REQUIRED = ("abilities", "partners", "topics")
"""Groups that views are made of: what roles ask for, who they work with, what duties deal with."""
_OF_LABELS = {"abilities", "topics"}
"""Those of them that no label can name."""
_TAKEN = {
    "id", "kind", "role", "number", "name", "purpose", "tasks", "topics", "more", "address",
    "ability", "requirement", "edition", "note", "terms",
}  # fmt: skip
"""What the tables and the style sheets have beside labels."""
_LEAST = 4.5
"""The contrast that WCAG 2.2 asks of text, level AA."""
GROUNDS = {"light": ("#ffffff", "#f4f2ef"), "dark": ("#17191d", "#25282e")}
"""The page, and the ground least like it that the accent stands on, as in theme.css."""
QUIET = {"light": "#5c626c", "dark": "#a5abb5"}
"""The palest text that stands on the accent's own ground, as in theme.css."""


class InBoth(Closed):
    """A name in both languages."""

    zh: Name
    en: Name


class Section(Closed):
    """One of the two sections of a role page."""

    headings: InBoth
    near: list[Name] = Field(default=[], description="What people type instead.")


class Sections(Closed):
    """The sections of a role page."""

    duties: Section
    abilities: Section


class Label(Closed):
    """A labelled line of a duty."""

    names: InBoth
    near: list[Name] = Field(default=[], description="What people type instead.")
    group: str | None = Field(
        default=None, description="The vocabulary group whose names follow; none for prose."
    )
    filters: bool = Field(
        default=True, description="Whether the table of all duties has a column of these terms."
    )
    explained: bool = Field(default=True, description="Whether running text has notes on them.")


class Shades(Closed):
    """The accent colour on light or on dark pages."""

    text: Colour
    ground: Colour = Field(description="Behind what is marked.")
    line: Colour = Field(description="Below or around it.")
    inverse: Colour = Field(description="Text on the accent itself.")


class Accent(Closed):
    """The accent colour."""

    light: Shades
    dark: Shades


class HandbookFile(Closed):
    """All that the file says. Closed: a key that is not listed here is an error."""

    sections: Sections
    labels: dict[Key, Label]
    groups: dict[Key, InBoth]
    topics_hint: InBoth = Field(description="What the home page says of the list of topics.")
    topics_asked: InBoth = Field(description="What can be typed where topics are looked for.")
    accent: Accent


def read(raw: bytes, language: str) -> tuple[HandbookFile | None, list[str]]:
    """The file's content, and what is wrong with it in `language`: each with its place."""
    zh, en = (Wording(str(words(of).texts["handbook-file.form"]), "{form}") for of in ("zh", "en"))
    rule = Rule("handbook-file", zh, en)
    own, located, problems = yaml_file.read(raw, HANDBOOK, HandbookFile, rule)
    told = []
    for each in problems:
        problem = each.told_in(language)
        said = f"{HANDBOOK}:{each.line}:{each.column}: {problem.with_hint}"
        told.append(said.replace("\n", "\n  "))
    for where, wrong in _problems(own) if own else ():
        line, column = located.place(where)
        told.append(f"{HANDBOOK}:{line}:{column}: {wrong.told(words(language))}")
    return own, told


def _problems(own: HandbookFile) -> Iterator[tuple[tuple[str, ...], Told]]:
    for group in _REQUIRED:
        if group not in own.groups:
            yield ("groups",), Told("handbook-file.no-group", group=group)
    groups = [each for each in own.groups if each not in _OF_LABELS]
    for key, label in own.labels.items():
        if key in _TAKEN:
            yield ("labels", key), Told("handbook-file.taken", label=key)
        if label.group not in (None, *groups):
            known = ", ".join(groups)
            told = Told("handbook-file.group", label=key, known=known, found=label.group)
            yield ("labels", key, "group"), told
    yield from _twice({("sections", key): s.headings for key, s in own.sections})
    yield from _twice({("labels", key): label.names for key, label in own.labels.items()})
    yield from _pale(own.accent)


def _twice(named: Mapping[tuple[str, str], InBoth]) -> Iterator[tuple[tuple[str, ...], Told]]:
    """Names that a reader of pages could not tell apart."""
    for language in ("zh", "en"):
        counted = Counter(getattr(names, language) for names in named.values())
        for where, names in named.items():
            if counted[name := getattr(names, language)] > 1:
                yield where, Told("handbook-file.twice", found=name)


def _pale(accent: Accent) -> Iterator[tuple[tuple[str, ...], Told]]:
    """Colours that cannot be read well on what they stand on, or that on them."""
    for scheme, shades in accent:
        pairs = [*product(["text"], (*GROUNDS[scheme], shades.ground)), ("inverse", shades.text)]
        for name, other in [*pairs, ("ground", QUIET[scheme])]:
            where, colour = ("accent", scheme, name), getattr(shades, name)
            if (found := contrast(colour, other)) < _LEAST:
                told = Told(
                    "handbook-file.pale", where=".".join(where), colour=colour, other=other,
                    least=_LEAST, found=f"{found:.1f}",
                )  # fmt: skip
                yield where, told


def contrast(first: str, second: str) -> float:
    """The contrast of two colours such as `#c1121b`, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(_luminance, (first, second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _own() -> HandbookFile:
    """The file of this repository; without it there is nothing to do, so the program ends."""
    language = preferred(os.environ)
    try:
        own, problems = read(start_of(Path(__file__).parents[3] / HANDBOOK), language)
    except OSError as error:
        raise SystemExit(words(language).refusal(error)) from error
    if own is None or problems:
        raise SystemExit("\n".join(problems))
    return own


OWN = _own()
"""What `docs/handbook.yml` says."""
