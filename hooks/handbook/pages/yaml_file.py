"""Reads a YAML file into a pydantic model and says what is wrong with it, in both languages.

What the vocabulary and the exercises share: each has its own model and its own rule, whose wording
names `{where}` in the file and what is `{found}` there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import dedent, indent
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from handbook.base import located_yaml
from handbook.base.folding import misspelt
from handbook.base.source import CONFLICT, NotUtf8, decode, instead
from handbook.base.words import LANGUAGES, both
from handbook.pages import yaml_slips
from handbook.pages.diagnostics import Diagnostic, Place, Rule
from handbook.pages.diagnostics import rule as rule_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

_KNOWN = {"missing", "string_pattern_mismatch", "string_too_long", "no_number", "twice"}
"""Kinds of problems that pydantic names; the others are values of the wrong kind."""

_READ = {"", "syntax"}
_SLIPS = {*_READ, "duplicate"}
"""Kinds of what is wrong, as `YamlProblem` has them, that a slip may be the cause of."""
_MOST_TRIES = 100
"""Other forms of lines that are tried in a file. The vocabulary takes 0.1 s to read."""
_TWO = rule_of("conflict-marker")
_LONE = rule_of("conflict-marker/lone")


def read(
    raw: bytes,
    shown: str,
    model: type[Model],
    rule: Rule,
    form: Callable[[str], Mapping[str, str]] = lambda _group: dict.fromkeys(LANGUAGES, ""),
) -> tuple[Model | None, located_yaml.LocatedYaml, Sequence[Diagnostic]]:
    """The file's data as `model` or None, where everything stands in it, and its problems.

    `shown` is its path as messages give it; problems are reported as `rule`, in both its wordings,
    which may show as `{form}` how an entry of a group of the file is written.
    """
    nowhere = located_yaml.LocatedYaml({})
    try:
        text = decode(raw)
    except NotUtf8 as error:
        place = Place(shown, error.line)
        return None, nowhere, [rule.at(place, where=shown, found=error.encoding, form=form(""))]
    marks = [number for number, line in enumerate(text.split("\n"), 1) if CONFLICT.match(line)]
    if marks:
        place = Place(shown, marks[0])
        lone, found = marks[0] == marks[-1], text.split("\n")[marks[0] - 1].split()[0]
        told = (
            _LONE.at(place, found=found) if lone else _TWO.at(place, line=marks[0], end=marks[-1])
        )
        return None, nowhere, [told]
    entries, located, wrong = _parsed(text, model)
    return entries, located, [*_told(text, wrong, model, shown, rule, form)]


@dataclass(frozen=True, slots=True)
class _Wrong:
    """One thing that is wrong: its place, as much of it as tells it apart, and what is found."""

    line: int
    column: int
    where: str
    found: Mapping[str, str]
    group: str = ""
    kind: str = ""
    first: int = 0
    """The line of a name that is there again."""
    cause: str = ""
    """What pydantic calls it."""
    slip: tuple[str, str] = ("", "")
    """What is there, and of which of the values that there may be it is a slip."""


def _parsed(
    text: str, model: type[Model]
) -> tuple[Model | None, located_yaml.LocatedYaml, list[_Wrong]]:
    """The data as `model` or None, where everything stands in it, and what is wrong."""
    try:
        located = located_yaml.read(text)
    except located_yaml.YamlProblem as problem:
        found = both(f"rule.yaml-syntax.{problem.kind}")
        place, kind = (problem.line, problem.column), problem.kind
        wrong = _Wrong(*place, problem.what, found, kind=kind, first=problem.first)
        return None, located_yaml.LocatedYaml({}), [wrong]
    try:
        return model.model_validate(dict(located.data)), located, []
    except ValidationError as invalid:
        return None, located, [_wrong(cause, located) for cause in _causes(invalid)]


def _wrong(cause: ErrorDetails, located: located_yaml.LocatedYaml) -> _Wrong:
    where = _where(cause)
    group = str(where[0]) if where else ""
    group += "-of-term" if "[of-term]" in cause["loc"] else ""
    may_be = re.findall(r"'([^']+)'", str(cause.get("ctx", {}).get("expected", "")))
    typed = str(cause["input"])
    slip = typed, misspelt(typed, may_be) if cause["type"] == "literal_error" else ""
    place, at = located.place(where), ".".join(map(str, where))
    return _Wrong(*place, at, _found(cause), group, cause=cause["type"], slip=slip)


def _told(
    text: str,
    wrong: list[_Wrong],
    model: type[BaseModel],
    shown: str,
    rule: Rule,
    form: Callable[[str], Mapping[str, str]],
) -> Iterator[Diagnostic]:
    """What is wrong; a slip counts as mended from there on, so that more is told in one run."""
    tries = iter(range(_MOST_TRIES))

    def reach(tried: str) -> yaml_slips.Reach:
        whole = tried.count("\n") + 2
        if next(tries, None) is None:
            return 0, 0, set()
        if stop := located_yaml.stops(tried):
            return stop, 0, set()
        _, _, left = _parsed(tried, model)
        if left and left[0].kind not in _READ:
            return left[0].line, 0, set()
        return whole, -len(left), {each.line for each in left}

    while wrong:
        slips = (
            (one, slip)
            for one in wrong
            if one.kind in _SLIPS and (slip := yaml_slips.find(text, one.line, reach, one.first))
        )
        found = next(slips, None)
        if found is None:
            break
        one, each = found
        what = "paste" if each.meant else "gone"
        # Of what YAML can read it is known what is wrong with it.
        known = each.kind == "colon" and one.line == each.line and not one.kind
        yield rule.at(
            Place(shown, each.line),
            where=text.split("\n")[each.line - 1].strip(),
            found=one.found if known else both(f"rule.yaml-syntax.{each.kind}"),
            form=both(f"rule.yaml-syntax.{what}", n=each.lines, line=each.meant, first=one.first),
            mended=each.meant,
            lines=each.lines,
        )
        text = yaml_slips.mended(text, each)
        wrong = _parsed(text, model)[2]
    for one in wrong:
        place = Place(shown, one.line, one.column)
        line = text.split("\n")[one.line - 1]
        # In a file of entries it is one of them that is there again; else one of its groups.
        group = line.rstrip().endswith(":") and one.column == 1 and not issubclass(model, RootModel)
        of = "group" if group else "entry"
        again = both(f"rule.yaml-syntax.again.{of}", name=one.where, first=one.first)
        part = {lang: _part(all_, one.where, line) for lang, all_ in form(one.group).items()}
        told = again if one.first else part
        mended = _completed(one, line, form(one.group))
        if mended:
            told = both("rule.yaml-syntax.paste", n=1, line=mended)
        yield rule.at(place, where=one.where or shown, found=one.found, form=told, mended=mended)


def _completed(one: _Wrong, line: str, form: Mapping[str, str]) -> str | None:
    """The line with the value that was meant, or with what is missing between its braces."""
    if one.slip[1]:
        return instead(line, *one.slip)
    of, _, key = f".{one.where}".rpartition(".")
    parent = re.escape(of.rpartition(".")[2])
    rows = form[LANGUAGES[0]].split("\n")
    own = [row for row in rows if re.match(rf"\s*{parent}:", row)] or rows
    sample = re.search(rf"[{{ ]({re.escape(key)}: (?:\[[^\]]*\]|[^,}}]+))", "\n".join(own))
    between = re.search(rf"(?:\b{parent}:|^ *-) (\{{[^{{}}]*)\}}", line)
    if one.cause != "missing" or not sample or not between:
        return None
    return instead(line, f"{between[1]}}}", f"{between[1]}, {sample[1]}}}")


def _part(form: str, where: str, line: str) -> str:
    """Of how an entry is written the part at `where`, as far in as `line` of the entry asks."""
    at, part = 0, ""
    for name in where.split("."):
        if found := re.compile(rf"^ +{re.escape(name)}:", re.MULTILINE).search(form, at):
            at, part = found.start(), name
    if not part:
        return form
    lines = yaml_slips.block(form.split("\n"), form.count("\n", 0, at) + 1)
    own, further = line[: -len(line.lstrip())], "" if line.lstrip().startswith(part) else "  "
    told = "".join(re.findall(rf"(?m)^# {part}: .*\n", form))  # a line of its own: not to paste
    return told + indent(dedent("\n".join(lines)), own + further)


def _where(error: ErrorDetails) -> tuple[str | int, ...]:
    """Where in the file it is; pydantic's own remarks on the way there are in brackets."""
    return tuple(part for part in error["loc"] if not str(part).startswith("["))


def _found(error: ErrorDetails) -> dict[str, str]:
    value = error["input"]
    if error["type"] == "extra_forbidden":
        return both("rule.yaml.extra_forbidden")
    if value is None or (isinstance(value, str) and not value.strip()):
        return both("rule.yaml.empty")
    if error["type"] == "string_type" and type(value) in {int, float}:
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
