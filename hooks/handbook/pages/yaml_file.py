"""Reads a YAML file into a pydantic model and says what is wrong with it, in both languages.

What the vocabulary and the exercises share: each has its own model and its own rule, whose wording
names `{where}` in the file and what is `{found}` there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from handbook.base import located_yaml
from handbook.base.source import NotUtf8, decode
from handbook.pages.diagnostics import Diagnostic, Place, Rule

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

MISSING_FILE = {"zh": "沒有這個檔案", "en": "no such file"}
EMPTY = {"zh": "是空的", "en": "it empty"}

_FOUND = {
    "missing": {"zh": "缺少這一項", "en": "that it is missing"},
    "extra_forbidden": {"zh": "有不認識的名稱", "en": "an unknown name"},
    "string_pattern_mismatch": {
        "zh": "含有不許的字元",
        "en": "characters that are not allowed there",
    },
    "string_too_long": {"zh": "文字太長", "en": "a text that is too long"},
}
_UNQUOTED = {"zh": "數字沒有放進雙引號", "en": "a number without double quotes"}
_OTHER = {"zh": "值的形式不對", "en": "a value of the wrong kind"}
_SYNTAX = {
    "syntax": {"zh": "這一行不是有效的 YAML", "en": "a line that is not valid YAML"},
    "size": {"zh": "檔案太大", "en": "too large a file"},
    "shape": {"zh": "不是「名稱: 值」", "en": "something other than `name: value`"},
    "duplicate": {"zh": "重複的名稱", "en": "the same name twice"},
    "unsafe": {"zh": "「!」「&」「*」「<<」寫法", "en": "`!`, `&`, `*` or `<<`"},
}


def read(
    raw: bytes, shown: str, model: type[Model], rule: Rule
) -> tuple[Model | None, located_yaml.LocatedYaml, Sequence[Diagnostic]]:
    """The file's data as `model`, where everything stands in it, and its problems.

    Args:
        raw: the file's content.
        shown: its path as messages give it.
        model: what it must be.
        rule: what its problems are reported as; both its wordings are given.

    Returns:
        None and problems, or the model and none.
    """
    nowhere = located_yaml.LocatedYaml({})
    try:
        located = located_yaml.read(decode(raw))
    except NotUtf8 as error:
        place = Place(shown, error.line)
        return None, nowhere, [rule.at(place, where=shown, found=error.encoding)]
    except located_yaml.YamlProblem as problem:
        place = Place(shown, problem.line, problem.column)
        found = _SYNTAX[problem.kind]
        return None, nowhere, [rule.at(place, where=problem.what or shown, found=found)]
    try:
        return model.model_validate(dict(located.data)), located, []
    except ValidationError as invalid:
        problems = []
        for cause in _causes(invalid):
            where = _where(cause)
            place = Place(shown, *located.place(where))
            problems.append(rule.at(place, where=".".join(map(str, where)), found=_found(cause)))
        return None, located, problems


def _where(error: ErrorDetails) -> tuple[str | int, ...]:
    """Where in the file it is; pydantic's own remarks on the way there are in brackets."""
    return tuple(part for part in error["loc"] if not str(part).startswith("["))


def _found(error: ErrorDetails) -> dict[str, str]:
    value = error["input"]
    if value is None or (isinstance(value, str) and not value.strip()):
        return EMPTY
    if error["type"] == "string_type" and isinstance(value, int | float):
        return _UNQUOTED
    if error["type"] == "literal_error" and isinstance(value, str):
        return {"zh": f"「{value}」", "en": f"`{value}`"}
    return _FOUND.get(error["type"], _OTHER)


def _causes(invalid: ValidationError) -> list[ErrorDetails]:
    """What is wrong; a name that is missing where there is an unknown one is only misspelt."""
    errors = invalid.errors()
    misspelt = {error["loc"][:-1] for error in errors if error["type"] == "extra_forbidden"}
    return [e for e in errors if e["type"] != "missing" or e["loc"][:-1] not in misspelt]
