"""A page's front matter: read as plain data, checked against its closed schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import takewhile

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from handbook.base import located_yaml
from handbook.base.source import Source
from handbook.base.words import both, words
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.schema import (
    AUTHORED,
    TRANSLATED,
    PageFrontMatter,
    RoleFrontMatter,
    TranslatedFrontMatter,
)

MISSING = rule("front-matter-missing")
FIRST_LINE = rule("front-matter-missing/first-line")
UNCLOSED = rule("front-matter-unclosed")
EATEN = rule("front-matter-eaten")
SYNTAX = rule("front-matter-syntax")
UNSAFE = rule("front-matter-syntax/unsafe")
DUPLICATE = rule("front-matter-syntax/duplicate")
KEY = rule("front-matter-key")
ONLY_KEY = rule("front-matter-key/only")
VALUE = rule("front-matter-value")

_EXAMPLES = {
    "description": both("rule.example.description"),
    "owner": both("rule.example.owner"),
}
_ANY = 3
"""A section, for an example where the page tells of none."""
_PASTED = frozenset(TranslatedFrontMatter.model_fields) - frozenset(PageFrontMatter.model_fields)
"""Names that nobody need know: the messages of other rules give them, in whole lines."""
_DAY = re.compile(r"(20\d{2})\D+(\d{1,2})\D+(\d{1,2})(?!\d)")
_FORMS = "%Y %m %d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y%m%d"
"""How a day is written; of `3/4/2026`, which is two days to two readers, it cannot be told."""
_METADATA = re.compile(r" {0,3}[A-Za-z0-9_-]+:(?!//)")
_DASHES = re.compile(r"[-\u2010-\u2015\u2500\uff0d_=*]{1,20} *")
_SECTION = re.compile(r"[\W_]*section\b", re.IGNORECASE)
_OF_WORDS = re.compile(r"(description|owner)\s*[:\uff1a]\s*([^\"'\[{].*)")
_NAMES = re.compile(r"[a-z0-9-]+(?:[,，、 ]+[a-z0-9-]+)*")


def read(
    source: Source, path: str, language: str, key: str
) -> tuple[Mapping[str, object], list[Diagnostic]]:
    """The front matter of a page, {} where it cannot be used, and its problems.

    Role pages, which their `key` tells, have a schema of their own.
    """
    is_role = key.startswith("roles/") and key != "roles/index"
    other = TranslatedFrontMatter if key in TRANSLATED else PageFrontMatter
    schema: type[BaseModel] = RoleFrontMatter if is_role else other
    if _has_conflict(source):
        return {}, []
    if source.front_matter is None:
        return {}, list(_without(source, path, language, is_role=is_role))
    if not source.closed and source.front_matter.startswith(("---\n", "...\n")):  # nothing in it
        fix = f"---\nsection: {_section(source) or _ANY}\n---"
        return {}, [MISSING.at(Place(path, 1, 1, language), fix=fix)] if is_role else []
    if not source.closed:
        return {}, [UNCLOSED.at(Place(path, _closing_line(source), 1, language))]
    try:
        located = located_yaml.read(source.front_matter)
    except located_yaml.YamlProblem as problem:
        example = f"section: {_section(source) or _ANY}" if is_role else "description: …"
        return {}, [_yaml_problem(problem, path, source, language, example)]
    examples = {**_EXAMPLES, "section": _section(source) or _ANY}
    problems = list(_check(schema, located, source, Place(path, language=language), examples))
    return (located.data if not problems else {}), problems


def _has_conflict(source: Source) -> bool:
    head = source.lines[: source.first_line] if source.closed else source.lines
    return any(line.startswith("<<<<<<<") for line in head)


def _closing_line(source: Source) -> int:
    """Where the closing `---` belongs: the first line that is no `name: value`."""
    for number, line in enumerate(source.lines[1:], start=2):
        if not _METADATA.match(line):
            return number
    return len(source.lines)


def _without(source: Source, path: str, language: str, *, is_role: bool) -> Iterator[Diagnostic]:
    first = source.lines[0]
    if _METADATA.match(first):
        fix = _mend_for_eaten(source, RoleFrontMatter if is_role else PageFrontMatter)
        lines = sum(line != "---" for line in fix.split("\n")) if isinstance(fix, str) else 1
        values = {"mended": fix, "lines": lines} if isinstance(fix, str) else {}
        yield EATEN.at(Place(path, 1, 1, language), found=first, fix=fix, **values)
    elif _DASHES.fullmatch(first) and _METADATA.match("".join(source.lines[1:2])):
        yield FIRST_LINE.at(Place(path, 1, 1, language), found=first, mended="---")
    elif is_role:
        fix = f"---\nsection: {_section(source) or _ANY}\n---"
        mended = f"{fix}\n\n{first}" if first.startswith("# ") and _section(source) else None
        if not first.strip() and next((x for x in source.lines if x.strip()), "") == "---":
            fix = both("rule.front-matter.not-at-the-top")
        yield MISSING.at(Place(path, 1, 1, language), fix=fix, mended=mended)


def _mend_for_eaten(source: Source, schema: type[BaseModel]) -> object:
    """What to do with a first line such as `name: value`, which may be a setting or a sentence."""
    if source.lines[0].partition(":")[0].strip() not in schema.model_fields:
        return both("rule.front-matter.below-the-heading")
    settings = [*takewhile(_METADATA.match, source.lines)]
    rest = [line for line in source.lines[len(settings) :] if line.strip()]
    if rest[:1] != ["---"]:
        return "\n".join(["---", *settings, "---"])
    if "---" in takewhile(lambda line: not line.startswith("#"), rest[1:]):
        return both("rule.front-matter.into-the-block")
    return "\n".join(["---", *settings])


def _section(source: Source) -> str:
    """The section that the duties' own numbers tell, or ""."""
    numbers = (re.match(r"#{2,4}\s*(\d+)\.\d", line) for line in source.lines)
    return next((match[1] for match in numbers if match), "")


def _yaml_problem(
    problem: located_yaml.YamlProblem, path: str, source: Source, language: str, example: str
) -> Diagnostic:
    rules = {"syntax": SYNTAX, "shape": SYNTAX, "duplicate": DUPLICATE, "unsafe": UNSAFE}
    place = Place(path, problem.line + 1, problem.column, language)
    told: dict[str, object] = {"found": problem.what, "example": example}
    head = [number for number, line in enumerate(_head(source), 2) if _SECTION.match(line)]
    if head == [place.line] and _section(source) and _is_alone(source, place.line):
        told["mended"] = example
    if typed := _OF_WORDS.fullmatch(problem.what):
        told["example"] = f"{typed[1]}: {json.dumps(typed[2], ensure_ascii=False)}"
    if problem.kind == "duplicate":
        told["fix"] = _joined(source, problem.what)
    return rules[problem.kind].at(place, **told)


def _joined(source: Source, key: str) -> object:
    """What the lines that give `key` again and again say together, if they are lists."""
    text = source.front_matter or ""
    values = re.findall(rf"(?m)^{re.escape(key)}: *\[([^\[\]]+)\] *$", text)
    said = len(re.findall(rf"(?m)^{re.escape(key)} *:", text))
    if len(values) < 2 or len(values) < said:
        return both("rule.front-matter.one-of-them")
    each = dict.fromkeys(value.strip() for line in values for value in line.split(","))
    return both("rule.front-matter.one-line", line=f"{key}: [{', '.join(each)}]")


def _check(
    schema: type[BaseModel],
    located: located_yaml.LocatedYaml,
    source: Source,
    page: Place,
    examples: Mapping[str, object],
) -> Iterator[Diagnostic]:
    try:
        schema.model_validate(dict(located.data))
    except ValidationError as invalid:
        errors = [(str(error["loc"][0]), error["type"]) for error in invalid.errors()]
        unknown = [key for key, kind in errors if kind == "extra_forbidden"]
        missing = [key for key, kind in errors if kind == "missing"]
        for key, kind in errors:
            line, column = located.place((key,))
            place = Place(page.path, line + 1, column, page.language)
            typed = _typed(source, place.line, key, located)
            if kind == "extra_forbidden":
                yield _unknown_key(schema, place, key, typed, missing, source)
            elif kind != "missing" or not unknown:  # what is missing is there, misspelt
                fix = _example(key, str(typed), examples)
                known = key in {"reviewed", "translate"} or (key == "section" and _section(source))
                exact = isinstance(fix, str) and known and _is_alone(source, place.line)
                yield VALUE.at(
                    place,
                    key=key,
                    expected=both(f"rule.expected.{key}"),
                    found=typed,
                    fix=fix,
                    mended=fix if exact and key in located.data else None,
                )


def _example(key: str, typed: str, examples: Mapping[str, object]) -> object:
    """The line as it may be; what only its writer or the check knows is asked for."""
    if key == "same":
        return both("rule.front-matter.not-by-hand")
    if key == "translate":
        names = re.findall("[a-z0-9-]+", typed) if _NAMES.fullmatch(typed) else ["duty-3-2"]
        return f"translate: [{', '.join(names)}]"
    example = _day(typed) if key == "reviewed" else examples[key]
    if not example:
        return both("rule.front-matter.the-day")
    if isinstance(example, dict):
        return {of: f"{key}: {text}" for of, text in example.items()}
    return f"{key}: {example}"


def _head(source: Source) -> tuple[str, ...]:
    """The lines between those of `---`."""
    return source.lines[1 : source.first_line - 2] if source.closed else source.lines[1:]


def _is_alone(source: Source, line: int) -> bool:
    """Whether what a line says ends on it."""
    return not "".join(source.lines[line : line + 1]).startswith((" ", "\t", "- "))


def _day(typed: str) -> str:
    """The day that was meant, in the right form; "" if that cannot be told."""
    match = _DAY.search(typed)
    numbers = " ".join(match.groups()) if match else typed
    for form in _FORMS:
        with suppress(ValueError):
            return str(datetime.strptime(numbers, form).date())  # noqa: DTZ007 - a day has no zone
    return ""


def _typed(source: Source, line: int, key: str, located: located_yaml.LocatedYaml) -> object:
    """The value of `key` as the editor typed it."""
    if key not in located.data:
        return both("rule.front-matter.nothing")
    name, colon, value = source.lines[line - 1].partition(":")
    return value.strip() if colon and name.strip("\"' ") == key else str(located.data[key])


def _unknown_key(
    schema: type[BaseModel],
    place: Place,
    key: str,
    typed: object,
    missing: list[str],
    source: Source,
) -> Diagnostic:
    names = [name for name in schema.model_fields if name not in _PASTED]
    near = process.extractOne(key, names, processor=str.casefold, score_cutoff=70)
    meant = near[0] if near else ""
    if not meant and missing and str(typed).isdigit():
        meant = missing[0]
    line = f"{meant}: {typed}" if meant else ""
    whole = len(_head(source)) == 1
    fix = line or both("rule.front-matter.delete-block" if whole else "rule.delete-line")
    mended = line if _is_alone(source, place.line) and (line or not whole) else None
    quoted = [f"`{name}`" for name in names]
    expected = {of: words(of)("sign.comma").join(quoted) for of in AUTHORED}
    broken = KEY if len(names) > 1 else ONLY_KEY
    return broken.at(place, expected=expected, found=key, fix=fix, mended=mended)
