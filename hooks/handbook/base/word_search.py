"""Finds words in a text: Chinese words anywhere, words of other scripts as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_NEVER = re.compile(r"(?!)")


def finder(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `words`, the longest first; nothing if there are none."""
    return _finder(tuple(words))


@lru_cache(maxsize=4096)
def _finder(words: tuple[str, ...]) -> re.Pattern[str]:
    if not words:
        return _NEVER
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    kinds = groupby(longest_first, key=_whole)
    return re.compile("|".join(_pattern(*kind, words) for kind, words in kinds), re.IGNORECASE)


def _whole(word: str) -> tuple[bool, bool]:
    """Whether a word begins, and ends, where no letter stands before or after it."""
    return not _CJK.match(word), not _CJK.match(word[-1])


def _pattern(begins: bool, ends: bool, words: Iterable[str]) -> str:
    every = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    before, after = "(?<![A-Za-z0-9])" if begins else "", "(?![A-Za-z0-9])" if ends else ""
    return f"{before}(?:{every}){after}"


def marked(text: str, pattern: re.Pattern[str]) -> Markup:
    """`text` as HTML, with what `pattern` finds in `<mark>`."""
    html, end = Markup(), 0
    for match in pattern.finditer(text):
        html += text[end : match.start()] + Markup("<mark>{}</mark>").format(match[0])
        end = match.end()
    return html + escape(text[end:])
