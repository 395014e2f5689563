"""Notes on terms: in a page's HTML, a vocabulary term says what it means on hover and on focus.

Sparing: a term once in each part of a page, best where a labelled line names it; in running text
only measures and tools, by their own names; never in headings, links or code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from handbook.base.word_search import finder
from handbook.pages.schema import Group
from handbook.pages.vocabulary import Vocabulary

_TOKEN = re.compile(r"""(<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^"'>])*>)""", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(.*)>", re.DOTALL)
_NO_NOTES = {
    "a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp",
    "script", "style", "summary", "svg",
}  # fmt: skip
_PARTS = {"h1", "h2", "h3"}
_VOID = {"br", "hr", "img", "input", "wbr"}
_LABELS: dict[str, Group] = {
    "duty-measures": "measures",
    "duty-partners": "partners",
    "duty-tools": "tools",
}
_IN_TEXT: tuple[Group, ...] = ("measures", "tools")


@dataclass(slots=True)
class _Words:
    """A piece of text that may carry notes: its place among the tokens and the group it names."""

    index: int
    group: Group | None
    found: list[tuple[int, int, str]] = field(default_factory=list)


class TermNotes:
    """Adds notes to pages in one language."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._labelled = {
            group: _names(vocabulary, language, (group,), also=True)
            for group in (*_LABELS.values(), "abilities")
        }
        self._running = _names(vocabulary, language, _IN_TEXT, also=False)

    def add(self, html: str) -> str:
        """`html` with notes."""
        tokens = _TOKEN.split(html)
        for part in _parts(tokens):
            noted: set[str] = set()
            for words in part:
                tokens[words.index] = _as_written(unescape(tokens[words.index]))
            # Labelled lines first: there a term is named for what it is.
            for words in sorted(part, key=lambda each: each.group is None):
                self._find(tokens[words.index], words, noted)
            for words in part:
                tokens[words.index] = _noted(tokens[words.index], words)
        return "".join(tokens)

    def _find(self, text: str, words: _Words, noted: set[str]) -> None:
        known = self._labelled[words.group] if words.group else self._running
        for match in finder(known).finditer(text):
            definition = known[_fold(match[0])]
            if definition not in noted:
                noted.add(definition)
                words.found.append((match.start(), match.end(), definition))


def _names(
    vocabulary: Vocabulary, language: str, groups: tuple[Group, ...], *, also: bool
) -> dict[str, str]:
    """Definitions by name as it stands in HTML."""
    texts = [term.text(language) for group in groups for term in vocabulary.group(group).values()]
    names = {_fold(_as_written(text.name)): text.definition for text in texts}
    if also:
        for text in texts:
            for name in text.also:
                names.setdefault(_fold(_as_written(name)), text.definition)
    return names


def _as_written(text: str) -> str:
    """`text` as HTML, in one way: an editor may type a character or its entity."""
    return escape(text, quote=False)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _parts(tokens: list[str]) -> Iterator[list[_Words]]:
    """The pieces of text between one heading and the next."""
    part: list[_Words] = []
    opened: list[tuple[str, Group | None, bool]] = [("", None, True)]
    for index, token in enumerate(tokens):
        if index % 2 == 0:
            _, group, open_to_notes = opened[-1]
            if open_to_notes and token.strip():
                part.append(_Words(index, group))
            continue
        tag = _TAG.fullmatch(token)
        if not tag:
            continue
        closing, name, rest = tag[1], tag[2].lower(), tag[3]
        if closing:
            while len(opened) > 1 and opened.pop()[0] != name:
                pass
        elif name not in _VOID and not rest.endswith("/"):
            if name in _PARTS:
                yield part
                part = []
            _, group, open_to_notes = opened[-1]
            opened.append((name, _group(rest) or group, open_to_notes and name not in _NO_NOTES))
    yield part


def _group(attributes: str) -> Group | None:
    if 'id="ability-' in attributes:
        return "abilities"
    return next((group for css, group in _LABELS.items() if f'class="{css}"' in attributes), None)


def _noted(text: str, words: _Words) -> str:
    for start, end, definition in reversed(words.found):
        note = f'<span class="hb-term" tabindex="0" aria-description="{escape(definition)}">'
        text = f"{text[:start]}{note}{text[start:end]}</span>{text[end:]}"
    return text
