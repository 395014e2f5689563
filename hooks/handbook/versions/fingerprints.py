"""A short fingerprint of the words of a text.

Two texts with the same words have the same fingerprint: white space, line breaks, markup, capitals
and punctuation do not count. Fingerprints are kept in files, so what they count must not change:
see the tests.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LENGTH = 12
_CJK = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?![{_CJK}])[^\W_][\u0300-\u036f]*"
_WORD = re.compile(rf"[{_CJK}]|\d+(?:[.,]\d+)+|(?:{_LETTER})+|[^\w\s]")
_SIGNS = "%‰&"
"""Punctuation by Unicode's table, yet read as words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: a Chinese character, or a word or number of another script.

    `key` is what counts of it, `start` and `end` say where it stands.
    """

    key: str
    start: int
    end: int


@lru_cache(maxsize=8192)  # several hooks ask, for every language
def fingerprint(*texts: str) -> str:
    """Twelve hexadecimal digits that are the same for the same words, in any language."""
    keys = (word.key for text in texts for word in words(text))
    return hashlib.sha256(" ".join(keys).encode()).hexdigest()[:_LENGTH]


def words(text: str) -> Iterator[Word]:
    """The words of `text` that count, in order."""
    for match in _WORD.finditer(text):
        found = match[0]
        if len(found) > 1 or found.isalnum() or _is_sign(found):
            yield Word(unicodedata.normalize("NFKC", found).casefold(), *match.span())


def _is_sign(char: str) -> bool:
    """Whether a character that is no letter says something: `+`, `%`, `¥`, but not `·` or `、`."""
    char = unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char[0])
    return char in _SIGNS or (category.startswith("S") and category != "Sk")
