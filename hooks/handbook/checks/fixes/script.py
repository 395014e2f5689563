"""Simplified characters in Traditional text, changed where there is no doubt which one is meant."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import opencc
from opencc import OpenCC

from handbook.checks.rules.language import is_simplified, traditional

_DICTIONARIES = ("STPhrases.ocd2", "STPhrases_GeneratedFromRegionalPhrases.ocd2")


def mended_script(text: str) -> str:
    """`text` in Traditional characters; those of which there are two to choose from stay.

    发 is 發 or 髮: it is changed within a word that OpenCC knows (发展, 头发), and nowhere else.
    """
    if not any(map(is_simplified, text)):
        return text
    right, by_word = traditional(text), _by_words().convert(text)
    if len(right) != len(text):
        return text
    known = len(by_word) == len(text)
    return "".join(
        old if old in _ambiguous() and not (known and by_word[index] != old) else new
        for index, (old, new) in enumerate(zip(text, right, strict=True))
    )


@cache
def _ambiguous() -> frozenset[str]:
    """The Simplified characters that stand for more than one everyday Traditional character."""
    converter = OpenCC("t2s")
    meant: dict[str, set[str]] = defaultdict(set)
    for first in range(0xA4, 0xC7):
        for second in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            char = bytes([first, second]).decode("big5", errors="ignore")
            if len(char) == 1:
                meant[converter.convert(char)].add(char)
    return frozenset(char for char, those in meant.items() if len(those) > 1)


@cache
def _by_words() -> OpenCC:
    """OpenCC with its dictionaries of words and without that of single characters."""
    folder = Path(opencc.__file__).parent / "clib/share/opencc"
    dictionaries = [{"type": "ocd2", "file": str(folder / name)} for name in _DICTIONARIES]
    words = {"type": "group", "match_policy": "union", "dicts": dictionaries}
    settings = {"name": "words", "conversion_chain": [{"dict": words}]}
    with TemporaryDirectory() as temporary:
        path = Path(temporary, "words.json")
        path.write_text(json.dumps(settings), encoding="utf-8")
        return OpenCC(str(path))
