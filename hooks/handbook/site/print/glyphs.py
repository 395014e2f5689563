"""Which characters can be printed: those of the fonts. Emoji are left out, others are missed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_CHARACTERS = Path(__file__).with_name("fonts") / "characters.txt"

_EMOJI = re.compile(
    "\u21a9|"  # the way back from a footnote
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|"  # signs, but for those the fonts have
    "[\u200d\u20e3\ufe0e\ufe0f\U000e0020-\U000e007f]"  # what joins them and chooses their form
)


def printed(text: str) -> str:
    """`text` as it is printed: without emoji, which the fonts lack, and without signs to click."""
    if text.isascii():
        return text
    return _EMOJI.sub(lambda match: match[0] if match[0] in _held() else "", text)


def without_glyph(text: str) -> str:
    """The first character of `text` that can be seen and has no glyph, or ""."""
    if text.isascii():
        return ""
    lacking = {char for char in set(text) - _held() if char > "~" and char.isprintable()}
    if not lacking:
        return ""
    return next((char for char in printed(text) if char in lacking), "")


@cache
def _held() -> frozenset[str]:
    return frozenset(_CHARACTERS.read_text(encoding="utf-8"))
