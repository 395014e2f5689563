"""The words that the printed handbook adds of its own, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handbook.base.script import simplified
from handbook.base.table import TAGS
from handbook.base.words import words as catalogue
from handbook.pages.schema import DERIVED, authored
from handbook.site.print.glyphs import printed

_KEPT = {"address", "code", "link", "src", "url"}


def words(language: str) -> dict[str, str]:
    """The words of "zh", "en" or "zh-Hans"; `language` is its name."""
    say = catalogue(authored(language))
    own = {"language": say(f"language.{TAGS[language]}")} | say.group("sign") | say.group("pdf")
    return {key: told(text, language) for key, text in own.items()}


_CURLED = (
    (re.compile(r"(?<=[\w.,!?)\]’”])'|'(?=(?:s|t|d|m|ll|re|ve)\b|\d0s\b)"), "’"),
    (re.compile(r"'"), "‘"),
    (re.compile(r'(?<![^\s(\[{“‘/–—])"(?=\S)'), "“"),
    (re.compile(r'"'), "”"),
)
"""Which apostrophe or quotation mark a straight one is in print, by what stands around it."""


def told(value: Any, language: str, *, same: bool = False) -> Any:
    """A book's tree with all its texts as `language` writes and prints them, but for addresses.

    Args:
        value: the tree.
        language: "zh", "en" or "zh-Hans".
        same: whether texts are left in the script they have: code, another language.
    """
    if isinstance(value, str):
        return printed(value if same else typographic(value, language))
    if isinstance(value, Mapping):
        same = same or value.get("t") in {"code", "pre", "lang"}
        return {
            key: each if key in _KEPT else told(each, language, same=same)
            for key, each in value.items()
        }
    return [told(each, language, same=same) for each in value] if isinstance(value, list) else value


def typographic(text: str, language: str) -> str:
    """`text` in the script of `language`, with real apostrophes and quotation marks."""
    text = simplified(text) if language in DERIVED else text
    if "'" in text or '"' in text:
        for straight, curled in _CURLED:
            text = straight.sub(curled, text)
    return text
