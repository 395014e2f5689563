"""Reads `docs/vocabulary.yml` and says what is wrong with it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from handbook import located_yaml, yaml_file
from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.limits import start_of
from handbook.vocabulary import Vocabulary

VOCABULARY = Rule(
    "vocabulary",
    zh=Wording(
        # The hint that both languages share stands below, once.
        "{where} 應符合詞彙表的格式，實際{found}",
    ),
    en=Wording(
        "expected {where} to follow the vocabulary's format, found {found}",
        "term-id:\n  zh: {{name: 名稱, definition: 一句定義}}\n"
        "  en: {{name: name, definition: one line}}",
    ),
)
VOCABULARY_NAME = Rule(
    "vocabulary-name",
    zh=Wording(
        "一組之內，每個名稱應只屬一個詞條，實際「{name}」同屬 {first} 和 {second}",
        "其中一處改用別的名稱",
    ),
    en=Wording(
        "expected each name to belong to one term of its group, found `{name}` in both {first} "
        "and {second}",
        "give one of them another name",
    ),
)


def read(path: Path, shown: str) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary at `path` and its problems; empty where it cannot be used.

    Args:
        path: the file.
        shown: its path as messages give it.
    """
    try:
        raw = start_of(path)
    except FileNotFoundError:
        missing = VOCABULARY.at(Place(shown), where=shown, found=yaml_file.MISSING_FILE)
        return Vocabulary(), [missing]
    vocabulary, problems = _read(raw, shown)
    return vocabulary, [*problems]


@lru_cache(maxsize=4)  # every hook of every language asks for it
def _read(raw: bytes, shown: str) -> tuple[Vocabulary, Sequence[Diagnostic]]:
    vocabulary, located, problems = yaml_file.read(raw, shown, Vocabulary, VOCABULARY)
    if vocabulary is None:
        return Vocabulary(), problems
    if not vocabulary.abilities:
        return vocabulary, [VOCABULARY.at(Place(shown), where="abilities", found=yaml_file.EMPTY)]
    return vocabulary, list(_names(vocabulary, located, shown))


def _names(
    vocabulary: Vocabulary, located: located_yaml.LocatedYaml, shown: str
) -> Iterator[Diagnostic]:
    owners: dict[tuple[str, str, str], str] = {}
    for group, term_id, language, name in vocabulary.names():
        first = owners.setdefault((group, language, name.casefold()), term_id)
        if first != term_id:
            place = Place(shown, *located.place((group, term_id, language)))
            yield VOCABULARY_NAME.at(place, name=name, first=first, second=term_id)
