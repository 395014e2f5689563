"""Characters that cannot be seen or are not what they look like."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic, Place, Rule, Wording
from handbook.folding import LOOKALIKES
from handbook.model import Page

INVISIBLE = Rule(
    "invisible-character",
    zh=Wording("這裏不應有看不見的字元，實際有 {found}（{name}）", "{fix}"),
    en=Wording("expected no invisible character, found {found} ({name})", "{fix}"),
)
LOOKALIKE = Rule(
    "lookalike-character",
    zh=Wording("應為「{expected}」，實為樣子相同的另一個字元「{found}」（{name}）", "{fix}"),
    en=Wording(
        "expected `{expected}`, found another character that looks the same, `{found}` ({name})",
        "{fix}",
    ),
)

_HARMLESS = {"\t", "\u00a0", "\u3000"}
_DELETE = {"zh": "刪去它：把這一行換成：\n{line}", "en": "replace the line with:\n{line}"}


def check_characters(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line and kind, at the first such character."""
    for number, line in enumerate(page.lines, start=1):
        if line.isascii() and line.isprintable():
            continue
        yield from _line(page, number, line)


def _line(page: Page, number: int, line: str) -> Iterator[Diagnostic]:
    hidden = next((i for i, char in enumerate(line) if _is_invisible(line, i, char)), None)
    if hidden is not None:
        clean = "".join(c for i, c in enumerate(line) if not _is_invisible(line, i, c))
        place = Place(page.path, number, hidden + 1, page.language)
        fix = {language: text.format(line=clean) for language, text in _DELETE.items()}
        yield INVISIBLE.at(
            place, found=f"U+{ord(line[hidden]):04X}", name=_name(line[hidden]), fix=fix
        )
    false = next((i for i, char in enumerate(line) if plain(char) != char), None)
    if false is not None:
        place = Place(page.path, number, false + 1, page.language)
        char = line[false]
        fixed = "".join(plain(each) for each in line)
        yield LOOKALIKE.at(place, expected=plain(char), found=char, name=_name(char), fix=fixed)


def _is_invisible(line: str, index: int, char: str) -> bool:
    if char in _HARMLESS or char.isprintable():
        return False
    # Emoji join with U+200D and choose their form with U+FE0F; that is right.
    before = line[index - 1 : index]
    emoji = bool(before) and unicodedata.category(before) in {"So", "Sk", "Mn"}
    if char == "\u200d" and emoji:
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}


def plain(char: str) -> str:
    """The character that `char` only looks like, or `char` itself.

    Cyrillic and Greek letters, Kangxi radicals and compatibility ideographs, full-width letters and
    digits. Full-width punctuation is right in Chinese and stays.
    """
    if char.isascii():
        return char
    latin = char.translate(LOOKALIKES)
    if latin != char:
        return latin
    code = ord(char)
    radical = 0x2E80 <= code <= 0x2FDF
    compatible = 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F
    wide = 0xFF00 <= code <= 0xFF5E and unicodedata.normalize("NFKC", char).isalnum()
    mathematical = 0x1D400 <= code <= 0x1D7FF
    if radical or compatible or wide or mathematical:
        return unicodedata.normalize("NFKC", char)
    return char


def _name(char: str) -> str:
    return unicodedata.name(char, "no name").title()
