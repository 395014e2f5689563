"""Reads `docs/vocabulary.yml` and says what is wrong with it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from handbook import located_yaml
from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.source import NotUtf8, decode
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

_FOUND = {
    "missing": {"zh": "缺少這一項", "en": "that it is missing"},
    "extra_forbidden": {"zh": "有不認識的名稱", "en": "an unknown name"},
    "string_pattern_mismatch": {
        "zh": "含有不許的字元",
        "en": "characters that are not allowed there",
    },
}
_EMPTY = {"zh": "是空的", "en": "it empty"}
_OTHER = {"zh": "值的形式不對", "en": "a value of the wrong kind"}
_SYNTAX = {
    "syntax": {"zh": "這一行不是有效的 YAML", "en": "a line that is not valid YAML"},
    "shape": {"zh": "不是「名稱: 值」", "en": "something other than `name: value`"},
    "duplicate": {"zh": "重複的名稱", "en": "the same name twice"},
    "unsafe": {"zh": "「!」「&」「*」「<<」寫法", "en": "`!`, `&`, `*` or `<<`"},
}


def read(path: Path, shown: str) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary at `path` and its problems; empty where it cannot be used.

    Args:
        path: the file.
        shown: its path as messages give it.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        found: object = {"zh": "沒有這個檔案", "en": "no such file"}
        return Vocabulary(), [VOCABULARY.at(Place(shown), where=shown, found=found)]
    vocabulary, problems = _read(raw, shown)
    return vocabulary, [*problems]


@lru_cache(maxsize=4)  # every hook of every language asks for it
def _read(raw: bytes, shown: str) -> tuple[Vocabulary, Sequence[Diagnostic]]:
    try:
        located = located_yaml.read(decode(raw))
        vocabulary = Vocabulary.model_validate(dict(located.data))
    except NotUtf8 as error:
        return Vocabulary(), [
            VOCABULARY.at(Place(shown, error.line), where=shown, found=error.encoding)
        ]
    except located_yaml.YamlProblem as problem:
        place = Place(shown, problem.line, problem.column)
        return Vocabulary(), [
            VOCABULARY.at(place, where=problem.what or shown, found=_SYNTAX[problem.kind])
        ]
    except ValidationError as invalid:
        return Vocabulary(), [
            VOCABULARY.at(
                Place(shown, *located.place(tuple(error["loc"]))),
                where=".".join(str(part) for part in error["loc"] if part != "[key]"),
                found=_FOUND.get(error["type"], _OTHER),
            )
            for error in _causes(invalid)
        ]
    if not vocabulary.abilities:
        return vocabulary, [VOCABULARY.at(Place(shown), where="abilities", found=_EMPTY)]
    return vocabulary, list(_names(vocabulary, located, shown))


def _causes(invalid: ValidationError) -> list[ErrorDetails]:
    """What is wrong; a name that is missing where there is an unknown one is only misspelt."""
    errors = invalid.errors()
    misspelt = {error["loc"][:-1] for error in errors if error["type"] == "extra_forbidden"}
    return [e for e in errors if e["type"] != "missing" or e["loc"][:-1] not in misspelt]


def _names(
    vocabulary: Vocabulary, located: located_yaml.LocatedYaml, shown: str
) -> Iterator[Diagnostic]:
    owners: dict[tuple[str, str, str], str] = {}
    for group, term_id, language, name in vocabulary.names():
        first = owners.setdefault((group, language, name.casefold()), term_id)
        if first != term_id:
            place = Place(shown, *located.place((group, term_id, language)))
            yield VOCABULARY_NAME.at(place, name=name, first=first, second=term_id)
