"""Finds words in a text: Chinese words anywhere, words of other scripts as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

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
    return re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)


def _pattern(word: str) -> str:
    spaced = r"\s+".join(map(re.escape, word.split()))
    before = "" if _CJK.match(word) else r"(?<![A-Za-z0-9])"
    after = "" if _CJK.match(word[-1]) else r"(?![A-Za-z0-9])"
    return f"{before}{spaced}{after}"


def marked(text: str, pattern: re.Pattern[str]) -> Markup:
    """`text` as HTML, with what `pattern` finds in `<mark>`."""
    html, end = Markup(), 0
    for match in pattern.finditer(text):
        html += text[end : match.start()] + Markup("<mark>{}</mark>").format(match[0])
        end = match.end()
    return html + escape(text[end:])
