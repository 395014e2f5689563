"""Each kind of authored content, and how the tests change it: a word of its own, in both languages.

Run in a copy of the repository, with the library that stands there: its schema names the labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from handbook.pages.schema import AUTHORED, LABELS, SECTIONS, LabelSchema

ROLE = "roles/marketing"
DUTY = "3.1"
_DUTY = re.compile(rf"^### {re.escape(DUTY)} .*?(?=^##)", re.MULTILINE | re.DOTALL)
_ABILITIES = next(section.headings for section in SECTIONS if section.key == "abilities")

Edit = Callable[[Path, str], None]
"""Puts a word into the authored files of a repository."""


def _page(key: str, change: Callable[[str, str, str], str]) -> Edit:
    def edit(root: Path, word: str) -> None:
        for language in AUTHORED:
            path = root / f"docs/{language}/{key}.md"
            before = path.read_text("utf-8")
            after = change(before, word, language)
            assert after != before, (path, word)
            path.write_text(after, "utf-8")

    return edit


def _after(pattern: str) -> Edit:
    """At the end of the first line that matches, before its full stop."""

    def change(text: str, word: str, language: str) -> str:
        named = pattern.format(abilities=_ABILITIES[language], duty=re.escape(DUTY))
        return re.sub(rf"({named})(?=[。.]?$)", rf"\1 {word}", text, count=1, flags=re.MULTILINE)

    return _page(ROLE, change)


def _in_duty(change: Callable[[str, str, str], str]) -> Edit:
    def on_page(text: str, word: str, language: str) -> str:
        return _DUTY.sub(lambda duty: change(duty[0], word, language), text, count=1)

    return _page(ROLE, on_page)


def _label(label: LabelSchema) -> Edit:
    """Behind the label, after what stands there already; a term is in the vocabulary too."""

    def change(duty: str, word: str, language: str) -> str:
        colon, comma = ("：", "、") if language == "zh" else (": ", ", ")
        start = f"**{label.names[language]}**{colon}"
        line = re.compile(rf"^{re.escape(start)}.*$", re.MULTILINE)
        if line.search(duty) and label.group:
            return line.sub(lambda found: f"{found[0]}{comma}{word}", duty)
        if line.search(duty):
            return duty.replace(start, f"{start}{word} ", 1)
        return f"{duty.rstrip()}\n\n{start}{word}\n\n"

    def edit(root: Path, word: str) -> None:
        _in_duty(change)(root, word)
        if group := label.group:
            names = label.names
            texts = {of: {"name": word, "definition": f"{names[of]} {of}"} for of in AUTHORED}
            term = {word.lower(): {"origin": "editors", **texts}}
            _vocabulary(root, lambda groups: groups.setdefault(group, {}).update(term))

    return edit


def _vocabulary(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    _yaml(root / "docs/vocabulary.yml", change)


def _yaml(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _appended(text: str, word: str, _: str) -> str:
    return f"{text.rstrip()}\n\n{word}\n"


def _definition(root: Path, word: str) -> None:
    def change(vocabulary: dict[str, Any]) -> None:
        topics = {each.get("term") for each in vocabulary["topics"].values()}
        term = next(term for at, term in vocabulary["measures"].items() if at not in topics)
        for language in AUTHORED:
            term[language]["definition"] += f" {word}"

    _vocabulary(root, change)


def _topic(root: Path, word: str) -> None:
    def change(vocabulary: dict[str, Any]) -> None:
        topic = next(each for each in vocabulary["topics"].values() if "term" not in each)
        for language in AUTHORED:
            topic[language]["name"] += f" {word}"

    _vocabulary(root, change)


def _exercise(root: Path, word: str) -> None:
    def change(exercises: dict[str, Any]) -> None:
        duties = (each for each in exercises.values() if each["duty"] == DUTY)
        exercise = next(duties)
        for language in AUTHORED:
            exercise[language]["question"] += f" {word}"
            exercise[language]["answer"] += f" {word}"

    _yaml(root / "docs/exercises.yml", change)


KINDS: Mapping[str, Edit] = {
    "introduction": _after(r"^# .+\n\n[^\n]+?"),
    "name of a duty": _after(r"^### {duty} [^\n]+?"),
    "purpose": _after(r"^### {duty} .+\n\n[^\n]+?"),
    "task": _after(r"^### {duty} .+\n\n.+\n\n- [^\n]+?"),
    **{f"label {label.key}": _label(label) for label in LABELS},
    "further paragraph": _in_duty(lambda duty, word, _: f"{duty.rstrip()}\n\n{word}.\n\n"),
    "ability": _after(r"^## {abilities}\n\n- [^\n]+?"),
    "definition": _definition,
    "topic": _topic,
    "exercise": _exercise,
    "overview": _page("overview", _appended),
    "about": _page("about", _appended),
}


def word_of(kind: str) -> str:
    """A word that stands nowhere else, such as `Zxpurpose`."""
    return f"Zx{re.sub('[^a-z]', '', kind)}"
