"""Reads a YAML file into a pydantic model and says what is wrong with it, in both languages.

What the vocabulary and the exercises share: each has its own model and its own rule, whose wording
names `{where}` in the file and what is `{found}` there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from handbook.base import located_yaml
from handbook.base.source import NotUtf8, decode
from handbook.base.words import both
from handbook.pages.diagnostics import Diagnostic, Place, Rule

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

_KNOWN = {"missing", "extra_forbidden", "string_pattern_mismatch", "string_too_long"}
"""Kinds of problems that pydantic names; the others are values of the wrong kind."""

_FULL_WIDTH = re.compile(r"(?m)^[ -]*[a-z][\w-]*：|[{，,] *[a-z][\w-]*：|，\s*[a-z][\w-]*\s*[:：]")
"""A name that is set off by signs of Chinese, which YAML reads as letters."""


def _no_form(group: str) -> str:
    return ""


def read(
    raw: bytes,
    shown: str,
    model: type[Model],
    rule: Rule,
    form: Callable[[str], str | Mapping[str, str]] = _no_form,
) -> tuple[Model | None, located_yaml.LocatedYaml, Sequence[Diagnostic]]:
    """The file's data as `model` or None, where everything stands in it, and its problems.

    `shown` is its path as messages give it; problems are reported as `rule`, in both its wordings,
    which may show as `{form}` how an entry of a group of the file is written.
    """
    nowhere = located_yaml.LocatedYaml({})
    try:
        located = located_yaml.read(decode(raw))
    except NotUtf8 as error:
        place = Place(shown, error.line)
        return None, nowhere, [rule.at(place, where=shown, found=error.encoding, form=form(""))]
    except located_yaml.YamlProblem as problem:
        place = Place(shown, problem.line, problem.column)
        kind = "full-width" if _FULL_WIDTH.search(problem.what) else problem.kind
        found = both(f"rule.yaml-syntax.{kind}")
        told = rule.at(place, where=problem.what or shown, found=found, form=form(""))
        return None, nowhere, [told]
    try:
        return model.model_validate(dict(located.data)), located, []
    except ValidationError as invalid:
        problems, lines = [], decode(raw).split("\n")
        for cause in _causes(invalid):
            where = _where(cause)
            place = Place(shown, *located.place(where))
            line = lines[place.line - 1] if place.line <= len(lines) else ""
            full_width = both("rule.yaml-syntax.full-width") if _FULL_WIDTH.search(line) else None
            found = full_width or _found(cause)
            problems.append(
                rule.at(
                    place,
                    where=".".join(map(str, where)),
                    found=found,
                    form=form(str(where[0]) if where else ""),
                )
            )
        return None, located, problems


def _where(error: ErrorDetails) -> tuple[str | int, ...]:
    """Where in the file it is; pydantic's own remarks on the way there are in brackets."""
    return tuple(part for part in error["loc"] if not str(part).startswith("["))


def _found(error: ErrorDetails) -> dict[str, str]:
    value = error["input"]
    if value is None or (isinstance(value, str) and not value.strip()):
        return both("rule.yaml.empty")
    if error["type"] == "string_type" and isinstance(value, int | float):
        return both("rule.yaml.unquoted")
    if error["type"] == "literal_error" and isinstance(value, str):
        return both("rule.quoted", text=value)
    if error["type"] == "too_long":
        return both("rule.yaml.too_long", n=error["ctx"]["max_length"])
    return both(f"rule.yaml.{error['type'] if error['type'] in _KNOWN else 'wrong-kind'}")


def _causes(invalid: ValidationError) -> list[ErrorDetails]:
    """What is wrong; a name that is missing where there is an unknown one is only misspelt."""
    errors = invalid.errors()
    misspelt = {error["loc"][:-1] for error in errors if error["type"] == "extra_forbidden"}
    return [e for e in errors if e["type"] != "missing" or e["loc"][:-1] not in misspelt]
