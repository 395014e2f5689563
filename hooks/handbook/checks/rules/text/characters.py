"""Characters that cannot be seen, are not what they seem, or that cannot be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape

from handbook.base.folding import LOOKALIKES
from handbook.base.words import both
from handbook.checks.rules.places import typed_lines
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Page
from handbook.site.print.glyphs import without_glyph

INVISIBLE = rule("invisible-character")
LOOKALIKE = rule("lookalike-character")
PRINT_CHARACTER = rule("print-character")


_HARMLESS = {"\t", "\u00a0", "\u3000"}
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd"
    "\U000e0100-\U000e01ef]"
)
"""Not seen either, though Unicode counts them as letters, marks or signs."""
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|\w+);?", re.IGNORECASE | re.ASCII)
_POINT = re.compile(r"^([\s>]*)[\ue000-\uf8ff]\s*(?=\S)")
"""What a word processor puts before a list's item; it has a sign of its own for it."""
_LOST = "\ufffd"
_NO_CHARACTER = "\0"
"""What `&#1;` and `&#xffff;` stand for: HTML may not have them, and browsers do not agree."""
_SELECTORS = {"\ufe0e", "\ufe0f"}

_ODD_LATIN = re.compile("[\u0131\u0237\u0250-\u02af\u1d00-\u1dbf\u2160-\u2188\ua720-\ua7ff]")
_SPACED_SCRIPTS = (
    "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "CHEROKEE", "COPTIC", "LISU", "HEBREW", "ARABIC",
    "CANADIAN SYLLABICS", "TIFINAGH", "OLD ITALIC", "GOTHIC", "RUNIC", "DESERET",
)  # fmt: skip
_WORD = re.compile(
    "[^\\W\\d_\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
    "\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uac00-\ud7a3]+"
)
"""Letters of scripts that write with spaces; not the small digits of m² and CO₂."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_AMONG_HAN = re.compile(
    f"(?<=[{_HAN}])[カニロエトハタチーㄧㄌㄠ](?=[{_HAN}])|(?<=[{_HAN}])[カニロエトハタチㄧㄌㄠ]"
    f"(?![\u3040-\u312f])|(?<![\u3040-\u312f])[カニロエトハタチㄧㄌㄠ](?=[{_HAN}])"
)
_WIDE = re.compile("[\uff00-\uff5e]")
_DISGUISED = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\U0001d400-\U0001d7ff]|" + _WIDE.pattern
)
"""Kangxi radicals, compatibility ideographs, mathematical letters, full-width signs."""
_EVERYDAY = re.compile(f"[\\x00-\\x7f{_HAN}，。、；：（）「」！？]*")
"""What nothing else looks like: most lines, in which there is no word to take apart."""
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)", re.ASCII)
"""Typed with full-width digits, and as wrong."""
_HAN_LOOKALIKES = dict(zip("カニロエトハタチーㄧㄌㄠ", LOOKALIKE.words["han"], strict=True))


def check_characters(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line and kind, at the first such character."""
    for number, line in enumerate(page.lines, start=1):
        if line.isascii() and line.isprintable():
            continue
        yield from check_line(line, page.place(number))
    if any("&" in line for line in page.lines):
        yield from _entities(page)


def _entities(page: Page) -> Iterator[Diagnostic]:
    """The same characters written as `&#x202e;` or `&rlm;`: editors see those, readers do not."""
    read = _read(page)
    for number, line in enumerate(typed_lines(page), start=1):
        if "&" not in line:
            continue
        shown = unescape(line)
        hidden = {c for i, c in enumerate(shown) if c not in line and _is_invisible(shown, i, c)}
        hidden = {char for char in hidden & read if unicodedata.category(char) != "Zs"}
        signs = [
            sign
            for sign in _ENTITY.finditer(line)
            if not unescape(sign[0]) or hidden & {*unescape(sign[0])}
        ]
        if signs:
            clean = page.lines[number - 1]
            for sign in reversed(signs):
                clean = clean[: sign.start()] + clean[sign.end() :]
            yield INVISIBLE.at(
                Place(page.path, number, signs[0].start() + 1, page.language),
                found=signs[0][0],
                name=_name((unescape(signs[0][0]) or _NO_CHARACTER)[0]),
                fix=both("rule.characters.replace", line=clean),
                mended=clean,
            )


def _read(page: Page) -> set[str]:
    """The characters that become part of the page; not what is code over several lines."""
    attributes = (value for tag in page.tags for _, value in tag.attributes)
    return set().union(*(run.text for run in page.runs), *attributes)


def check_line(line: str, at: Place) -> Iterator[Diagnostic]:
    """The invisible and look-alike characters of one line."""
    hidden = None
    if not line.isprintable() or _BLANK.search(line):
        hidden = next((i for i, char in enumerate(line) if _is_invisible(line, i, char)), None)
    if hidden is not None:
        listed = _POINT.sub(r"\1- ", line)
        clean = "".join(c for i, c in enumerate(listed) if not _is_invisible(listed, i, c))
        fix = both("rule.characters.replace", line=clean)
        char = line[hidden]
        yield INVISIBLE.at(
            replace(at, column=hidden + 1),
            found=f"U+{ord(char):04X}",
            name=_name(char),
            fix=both("rule.characters.lost-fix") if char == _LOST else fix,
            mended=None if char == _LOST else clean,
        )
    wrong = _lookalikes(line)
    if wrong:
        index = min(wrong)
        right = wrong[index]
        typed = "".join(wrong.get(i) or c for i, c in enumerate(line))
        mended = _WIDE_POINT.sub(".", typed) if all(wrong.values()) else None
        yield LOOKALIKE.at(
            replace(at, column=index + 1),
            expected=both("rule.quoted", text=right) if right else both("rule.characters.ordinary"),
            found=line[index],
            name=_name(line[index]),
            fix=both("rule.characters.retype") if mended is None else mended,
            mended=mended,
        )


def _is_invisible(line: str, index: int, char: str) -> bool:
    if char in _HARMLESS or (char.isprintable() and not _BLANK.match(char)):
        return False
    # Emoji join with U+200D and choose their form with U+FE0F; that is right.
    before = line[index - 1 : index]
    sign = bool(before) and unicodedata.category(before) in {"So", "Sk", "Sm", "Mn", "Po"}
    keycap = before.isascii() and line[index + 1 : index + 2] == "\u20e3"
    if char in _SELECTORS and ((sign and not before.isascii()) or keycap):
        return False
    return char != "\u200d" or not sign


def _lookalikes(line: str) -> dict[int, str]:
    """The places of characters that are not what they look like, and what they look like."""
    wrong: dict[int, str] = {}
    if _EVERYDAY.fullmatch(line):
        return wrong
    for match in _WORD.finditer(line):
        wrong.update(_in_word(match))
    for match in _AMONG_HAN.finditer(line):
        wrong[match.start()] = _HAN_LOOKALIKES[match[0]]
    for match in _DISGUISED.finditer(line):
        if plain(match[0]) != match[0]:
            wrong[match.start()] = plain(match[0])
    return wrong


def _in_word(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Letters of another script within a Latin word, or a whole word that looks Latin."""
    word = match[0]
    if word.isascii():
        return
    mixed = any(char.isascii() for char in word)
    disguised = all(char.translate(LOOKALIKES).isascii() for char in word)
    # A lone Greek letter is a symbol (α, μ); a lone Cyrillic one never stands for itself here.
    symbol = len(word) == 1 and unicodedata.name(word, "").startswith("GREEK")
    for offset, char in enumerate(word):
        if char.isascii() or not (mixed or (disguised and not symbol)):
            continue
        latin = unicodedata.normalize("NFKC", char.translate(LOOKALIKES))
        if latin.isascii():
            yield match.start() + offset, latin
        elif _ODD_LATIN.match(char) or unicodedata.name(char, "").startswith(_SPACED_SCRIPTS):
            yield match.start() + offset, ""


@lru_cache(maxsize=8192)
def plain(char: str) -> str:
    """The character that `char` only looks like wherever it stands, or `char` itself.

    Kangxi radicals and compatibility ideographs, full-width letters and digits, mathematical
    letters. Full-width punctuation is right in Chinese and stays.
    """
    read = unicodedata.normalize("NFKC", char)
    if _DISGUISED.fullmatch(char) and (read.isalnum() or not _WIDE.fullmatch(char)):
        return read
    return char


def _name(char: str) -> str:
    return unicodedata.name(char, "no name").title()


_PRINTED = {"index", "overview", "about"}
"""The pages that are printed, beside those of the roles."""
_YAML_ESCAPE = re.compile(r"\\(?:u([\da-fA-F]{4})|U000([\da-fA-F]{5}))")


def check_print_characters(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line, at the first such character."""
    words = "".join(run.text for run in page.runs)
    if not (page.is_role or page.key in _PRINTED) or not without_glyph(words):
        return
    first: dict[int, str] = {}
    for run in page.runs:
        if found := without_glyph(run.text):
            first.setdefault(run.line, found)
    for line, found in first.items():
        yield _missing(found, page.lines[line - 1], page.place(line))


def check_printed_line(line: str, at: Place) -> Iterator[Diagnostic]:
    """The same for a line of the vocabulary or the exercises, which are printed too."""
    read = _YAML_ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), line)
    if not line.lstrip().startswith("#") and (found := without_glyph(read)):
        yield _missing(found, line, at)


def _missing(found: str, line: str, at: Place) -> Diagnostic:
    place = replace(at, column=max(line.find(found), 0) + 1)
    name = unicodedata.name(found, "").title()
    code = f"U+{ord(found):04X}" + (f" {name}" if name and "Ideograph" not in name else "")
    return PRINT_CHARACTER.at(place, found=found, code=code)
