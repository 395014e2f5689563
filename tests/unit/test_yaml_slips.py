"""Slips in a YAML file: whichever line of the handbook's own files has one, it is told there."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from conftest import ROOT
from pydantic import BaseModel

from handbook.base import located_yaml
from handbook.pages import yaml_file
from handbook.pages.diagnostics import rule
from handbook.pages.exercises import Entries
from handbook.pages.vocabulary import Vocabulary

SLIPS: dict[str, Callable[[str], str]] = {
    "full-width colon": lambda line: re.sub(r"^( *[a-z-]+): ", r"\1：", line),
    "full-width colon at the end": lambda line: re.sub(r":$", "：", line),
    "full-width signs in braces": lambda line: re.sub(r"(\w), (def\w+): ", r"\1，\2：", line),
    "no space behind the colon": lambda line: re.sub(r"^( +[a-z]+): (?=\w)", r"\1:", line),
    "no colon": lambda line: re.sub(r":$", "", line),
    "no colon in braces": lambda line: re.sub(r"(, definition): ", r"\1 ", line),
    "a tab": lambda line: re.sub(r"^ +", "\t", line),
    "curly quotes": lambda line: re.sub(r'"([^"]*)"$', "“\\1”", line),
    "no closing quote": lambda line: re.sub(r'"$', "", line),
    "no opening quote": lambda line: re.sub(r': "', ": ", line, count=1),
    "no closing brace": lambda line: re.sub(r"\}$", "", line),
    "no opening brace": lambda line: re.sub(r": \{", ": ", line),
    "no quotes around a colon": lambda line: re.sub(r': "(.*: .*)"$', r": \1", line),
    "no quote before the next name": lambda line: re.sub(r'"(, \w+: )', r"\1", line),
    "single quotes": lambda line: re.sub(r'"([^"\']+)"$', r"'\1", line) + "'" * line.endswith('"'),
    "no closing bracket": lambda line: re.sub(r"\](\}?)$", r"\1", line),
    "a brace for a bracket": lambda line: re.sub(r"\]\}$", "}", line),
    "no opening bracket": lambda line: re.sub(r": \[", ": ", line),
    "full-width signs in a list": lambda line: re.sub(r"(\[[^,\]]+), ", r"\1、", line),
    "semicolons in a list": lambda line: re.sub(r"(\[[^,\]]+), ", r"\1; ", line),
    "full-width braces": lambda line: line.replace("{", "｛").replace("}", "｝"),
    "no comma before a name": lambda line: re.sub(r", (\w+: )", r" \1", line),
    "a misspelt name": lambda line: re.sub(r"^( +)(question|answer|origin):", r"\1x\2:", line),
    "a name in capitals": lambda line: re.sub(
        r"^ +(?:question|answer|duty|origin):", lambda found: found[0].title(), line
    ),
    "a step too far": lambda line: re.sub(r"^( +(?:duty|origin|answer):)", r"  \1", line),
}  # fmt: skip
EVERY = 30
"""One of so many lines is tried."""
FILES: list[tuple[str, type[BaseModel]]] = [
    ("docs/exercises.yml", Entries),
    ("docs/vocabulary.yml", Vocabulary),
]


@cache
def text_of(path: str) -> str:
    """The file, without the long part of the vocabulary that serves search alone."""
    return (ROOT / path).read_text(encoding="utf-8").partition("\neveryday:")[0]


def tried(path: str, slip: str) -> list[tuple[int, str]]:
    """Lines of the file with the slip, by number."""
    lines = text_of(path).split("\n")
    broken = [(number, SLIPS[slip](line)) for number, line in enumerate(lines, start=1)]
    return [
        (number, line)
        for number, line in broken
        if line != lines[number - 1] and not line.startswith("#")
    ][::EVERY]


CASES = [(path, model, slip) for path, model in FILES for slip in SLIPS if tried(path, slip)]


@pytest.mark.parametrize(("path", "model", "slip"), CASES, ids=[f"{c[0]}: {c[2]}" for c in CASES])
def test_the_line_is_told_as_it_was_meant(path: str, model: type[BaseModel], slip: str) -> None:
    text = text_of(path)
    lines = text.split("\n")
    meant = located_yaml.read(text).data
    wrong = []
    for number, broken in tried(path, slip):
        typed = "\n".join([*lines[: number - 1], broken, *lines[number:]])
        _, _, problems = yaml_file.read(typed.encode(), path, model, rule("exercise"))
        if not problems:  # as good as it was
            assert located_yaml.read(typed).data == meant
            continue
        told = [(each.line, each.mended or "") for each in problems]
        pasted = "\n".join([*lines[: number - 1], told[0][1], *lines[number:]])
        try:
            same = [n for n, _ in told] == [number] and located_yaml.read(pasted).data == meant
        except located_yaml.YamlProblem:
            same = False
        if not same:
            wrong.append((broken, told))
    assert not wrong


def test_every_slip_is_tried() -> None:
    assert {slip for _, _, slip in CASES} == set(SLIPS)


@pytest.mark.parametrize("by", [-2, 1, 2, 4])
def test_an_entry_indented_otherwise_is_told_once(by: int) -> None:
    path = "docs/vocabulary.yml"
    text = text_of(path)
    meant = located_yaml.read(text).data
    for entry in [*re.finditer(r"(?m)^  [a-z-]+:\n(?:    .*\n)+", text)][::EVERY]:
        lines = [line[-by:] if by < 0 else " " * by + line for line in entry[0].splitlines()]
        typed = "\n".join([text[: entry.start() - 1], *lines, text[entry.end() :]])
        _, _, problems = yaml_file.read(typed.encode(), path, Vocabulary, rule("vocabulary"))
        (told,) = problems
        above = text.count("\n", 0, entry.start())
        assert told.line == above + 1
        left = typed.split("\n")
        left[above : above + told.lines] = [told.mended or ""]
        assert located_yaml.read("\n".join(left)).data == meant


def test_a_file_that_is_wrong_throughout_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forms of lines that are tried are counted: hundreds of entries would take minutes."""
    tried, stops = [], located_yaml.stops

    def counted(text: str) -> int:
        tried.append(text)
        return stops(text)

    monkeypatch.setattr(located_yaml, "stops", counted)
    path, line = "docs/vocabulary.yml", "    origin: source\n"
    text = text_of(path).replace(line, "")
    _, _, problems = yaml_file.read(text.encode(), path, Vocabulary, rule("vocabulary"))
    assert len(problems) == text_of(path).count(line)
    assert len(tried) <= 100
