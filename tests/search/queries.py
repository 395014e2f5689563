"""The queries of `queries.yml`, and whether a result is where one must lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handbook.pages.loader import load

ROOT = Path(__file__).parents[2]
QUERIES = Path(__file__).with_name("queries.yml")
_DUTY = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True)
class Query:
    """What is typed, of which kind ("plain", "hard") and group it is, and where it must lead."""

    words: str
    kind: str
    group: str
    places: tuple[str, ...]


def queries(language: str) -> list[Query]:
    """The queries to be typed on the pages of a language; Chinese ones in any of its scripts."""
    kinds = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))[language.partition("-")[0]]
    return [
        Query(words, kind, group, tuple(places))
        for kind, groups in kinds.items()
        for group, entries in groups.items()
        for words, places in entries.items()
    ]


@cache
def _roles() -> dict[str, str]:
    return {str(role.section): role.slug for role in load(ROOT).roles("zh")}


@cache
def pattern(place: str) -> re.Pattern[str]:
    """What the address of `place` looks like, from the root of its language."""
    if duty := _DUTY.fullmatch(place):
        return re.compile(rf"roles/{_roles()[duty[1]]}/#duty-{duty[1]}-{duty[2]}")
    if "#" in place:
        return re.compile(re.escape(place.replace("#", "/#")))
    role, _, ability = place.partition(":")
    role = "[a-z-]+" if role == "any" else re.escape(role)
    return re.compile(rf"roles/{role}/#ability-{ability}" if ability else rf"roles/{role}/")


def leads(query: Query, addresses: list[str]) -> bool:
    """Whether one of `addresses`, from the root of the language, is where the query must lead."""
    return any(pattern(place).fullmatch(found) for place in query.places for found in addresses)
