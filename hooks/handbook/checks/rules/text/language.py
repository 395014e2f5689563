"""Each page in its own language and script, with its own punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from handbook.base.words import both
from handbook.checks.rules.places import CODE, hidden_texts, seen_lines
from handbook.pages.diagnostics import Diagnostic, Place, Rule, rule
from handbook.pages.model import Page
from handbook.pages.schema import LABELS

PAGE_LANGUAGE = rule("page-language")
SIMPLIFIED = rule("simplified-character")
WRONG_LANGUAGE = rule("wrong-language")
PUNCTUATION = rule("punctuation")
PUNCTUATION_OF_ENTRY = rule("punctuation/entry")


HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_EAST_ASIAN = re.compile(f"[{HAN}\u3005\u3007\u3040-\u30ff\u3105-\u312f\uac00-\ud7a3]+")
_HAN = re.compile(f"[{HAN}]")
_WORD = r"[A-Za-z][A-Za-z'’-]*+"
_ENGLISH = re.compile(rf"(?<![A-Za-z'’-]){_WORD}(?:[,;:.]?[ ]{{1,2}}{_WORD})++")
"""English words in a row. Possessive, so that long lines stay cheap."""
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_FEWEST_LINES = 5


def check_page_language(page: Page) -> Iterator[Diagnostic]:
    """A page that is in the other language as a whole."""
    texts = [text for text in seen_lines(page).values() if text.replace(CODE, "").strip()]
    if len(texts) < _FEWEST_LINES:
        return
    chinese = sum(bool(_HAN.search(text)) for text in texts) / len(texts)
    if (page.language == "zh" and chinese < 0.2) or (page.language == "en" and chinese > 0.7):
        yield PAGE_LANGUAGE.at(page.place(page.first_line))


def check_language(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line and rule."""
    chinese = page.language == "zh"
    for line, text in (*seen_lines(page).items(), *hidden_texts(page)):
        if chinese and (found := _simplified(text)):
            fix = traditional(page.lines[line - 1])
            yield SIMPLIFIED.at(page.place(line, found[0]), found=found, fix=fix)
        if foreign := _english_in_chinese(text) if chinese else _chinese_in_english(text):
            yield WRONG_LANGUAGE.at(page.place(line, foreign), found=foreign)


def _english_in_chinese(text: str) -> str:
    """English words in a row that are more than a name: "" if there are none.

    Names are spelt with capitals; what stands in brackets explains a Chinese term.
    """
    alone = not _HAN.search(text)
    for match in _ENGLISH.finditer(_IN_BRACKETS.sub(CODE, text)):
        words = re.findall(_WORD, match[0])
        plain = sum(word.islower() and len(word) > 1 for word in words)
        if (alone and (plain or len(words) > 3)) or plain > 2 or (len(words) > 3 and plain > 1):
            return match[0]
    return ""


def foreign(text: str, language: str, *, name: bool) -> str:
    """What of a text on no page is in the other language; abbreviations are words of neither."""
    if language == "en":
        return _chinese_in_english(text if name else _IN_BRACKETS.sub("", text))
    alone = text.islower() and not _HAN.search(text)
    return text if alone else _english_in_chinese(text)


def _chinese_in_english(text: str) -> str:
    match = _EAST_ASIAN.search(text)
    return match[0] if match else ""


def check_simplified(line: str, at: Place) -> Iterator[Diagnostic]:
    """Simplified characters of one line of a file that is no page."""
    if found := _simplified(line):
        place = replace(at, column=line.index(found[0]) + 1)
        yield SIMPLIFIED.at(place, found=found, fix=traditional(line).strip())


def _simplified(text: str) -> str:
    """The Simplified characters of a text, each once; in some words both scripts have them."""
    found = dict.fromkeys(filter(is_simplified, text))
    right: str = _converter().convert(text) if found else ""
    if len(right) == len(text):
        same = {old for old, new in zip(text, right, strict=True) if old == new}
        found = {c: None for c in found if c not in same or c not in SIMPLIFIED.words["rare"]}
    return "".join(found)


@cache
def is_simplified(char: str) -> bool:
    """Whether `char` is written in Simplified Chinese only.

    GB 2312 can encode it; Big5 cannot, or has it among its rare characters, as another word.
    """
    if char.isascii() or char in SIMPLIFIED.words["traditional-too"] or not _HAN.fullmatch(char):
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return True
    return char in SIMPLIFIED.words["rare"]


def traditional(text: str) -> str:
    """`text` in Traditional characters, if it has one that is Simplified only.

    Then those that both scripts have, such as the character of `after` and of `queen`, are what the
    words around them make of them.
    """
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        return "".join(_converter().convert(c) if is_simplified(c) else c for c in text)
    if not any(map(is_simplified, text)):
        return text
    stay, ours = SIMPLIFIED.words["stay"], str.maketrans(*SIMPLIFIED.words["ours"])
    return "".join(
        old if old in stay else new.translate(ours)
        for old, new in zip(text, converted, strict=True)
    )


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")  # the forms that these pages use: 為 and 眾, not 爲 and 衆


_IN_CHINESE = re.compile(
    rf"""
    (?<=[{HAN}」』）》”])[,;:!?](?=$|[ {HAN}「『（《“])
    | (?<=[{HAN}])\.{{2,}}
    | (?<=[{HAN}])\.(?=$|[ {HAN}])
    | \((?=[{HAN}]) | (?<=[{HAN}])\)
    | (?<=[{HAN}])--+(?=[{HAN}])
    | "(?=[{HAN}]) | (?<=[{HAN}])"
    | [\uff61-\uff65]
    | (?<![ ])[ ]+(?P<spaced>[，。；：！？、])
    | (?P<twice>[，。；：、])(?P=twice)+
    """,
    re.VERBOSE,
)
_IN_ENGLISH = re.compile(
    "[\u3000-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0c\uff0e\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    "\uffe0-\uffe6]|……|——|(?<=.)\uff0d"
)
_FULL = str.maketrans(",;:!?.()｡｢｣､･", "，；：！？。（）。「」、·")
_HALF = str.maketrans("、。「」『』《》〈〉【】〔〕〜｡｢｣､･", ",.“”‘’“”“”[][]~.“”,·")
_LABELS = {name for label in LABELS for name in label.names.values()}
_TERMS = re.compile(
    rf"(\*\*(?:{'|'.join(label.names['zh'] for label in LABELS if label.group)})\*\*[:\uff1a])(.*)"
)
"""A label, and the names of terms behind it."""
_NO_TEXT = re.compile(r"(\]\([^()]*\)|`[^`]*`|\{[^{}]*\}|<[^<>]*>)")
_BESIDE_MARKS = re.compile(rf"([{HAN}」』）》][*_]+)([,;:!?.])(?=[*_]*(?:$|[ {HAN}「『（《]))")


def check_punctuation(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line, at the first wrong sign."""
    chinese = page.language == "zh"
    pattern, right = (_IN_CHINESE, _chinese_sign) if chinese else (_IN_ENGLISH, _english_sign)
    for line, text in seen_lines(page).items():
        match = next((m for m in pattern.finditer(text) if not _is_after_label(m)), None)
        if match:
            around = text[max(match.start() - 1, 0) : match.end()] if chinese else match[0]
            source = page.lines[line - 1]
            mended = _mended(source, chinese=chinese)
            between = chinese and match[0] == "," and _TERMS.fullmatch(source)
            known = mended != source  # a tag may stand between the sign and what it belongs to
            yield PUNCTUATION.at(
                page.place(line, around),
                expected="\u3001" if between else right(match),
                found=match[0],
                fix=mended if known else both("rule.this-sign"),
                mended=mended if known else None,
            )


def wrong_signs(text: str, of: str) -> Iterator[tuple[Rule, str, dict[str, object]]]:
    """The rule, the text as it should be and what is told, of a text that is on no page."""
    pattern, right = (_IN_CHINESE, _chinese_sign) if of == "zh" else (_IN_ENGLISH, _english_sign)
    if match := pattern.search(text):
        told: dict[str, object] = {"expected": right(match), "found": match[0]}
        yield PUNCTUATION_OF_ENTRY, mended_punctuation(text, chinese=of == "zh"), told


def _is_after_label(match: re.Match[str]) -> bool:
    """A label takes either colon: `**指標**: …`."""
    return match[0].strip() in {":", "："} and match.string[: match.start()].strip() in _LABELS


def _mended(source: str, *, chinese: bool) -> str:
    """The source line with right signs; addresses, code and attributes stay as they are."""
    parts = _NO_TEXT.split(source)
    for index in range(0, len(parts), 2):
        parts[index] = _with_right_signs(parts[index], chinese=chinese)
    return _without_gaps("".join(parts), chinese=chinese)


def mended_punctuation(prose: str, *, chinese: bool) -> str:
    """A line of prose (no code, address or attribute) with right signs; the same if they are."""
    pattern = _IN_CHINESE if chinese else _IN_ENGLISH
    wrong = any(not _is_after_label(match) for match in pattern.finditer(prose))
    if not wrong and not (chinese and _BESIDE_MARKS.search(prose)):
        return prose
    return _without_gaps(_with_right_signs(prose, chinese=chinese), chinese=chinese)


def _with_right_signs(prose: str, *, chinese: bool) -> str:
    if not chinese:
        return _IN_ENGLISH.sub(_spaced, prose)
    if terms := _TERMS.fullmatch(prose):
        prose = terms[1] + re.sub(r"\s*[,\uff0c]\s*", "\u3001", terms[2])
    mended = _IN_CHINESE.sub(_chinese_sign, prose)
    return _BESIDE_MARKS.sub(lambda match: match[1] + match[2].translate(_FULL), mended)


def _without_gaps(line: str, *, chinese: bool) -> str:
    """The line without the space that stood beside a sign of the other width."""
    if chinese:
        return re.sub("(?<=[，；：！？。]) +", "", line)
    return re.sub(r"(?<=\S) {2,}", " ", line).rstrip()


def _chinese_sign(match: re.Match[str]) -> str:
    found = match[0]
    if found == '"':
        return "」" if match.string[: match.start()].count('"') % 2 else "「"
    if found.startswith(".") and len(found) > 1:
        return "……"
    if found.startswith("-"):
        return "——"
    return match["spaced"] or match["twice"] or found.translate(_FULL)


def _english_sign(match: re.Match[str]) -> str:
    fixed = {"……": "…", "——": "—"}.get(match[0])
    return fixed or unicodedata.normalize("NFKC", match[0].translate(_HALF))


def _spaced(match: re.Match[str]) -> str:
    """The sign with the space that the full-width one held within itself."""
    half = _english_sign(match)
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if half in {"(", "[", "“", "‘"} and before.isalnum():
        return f" {half}"
    if half in {")", "]", "”", "’"} and after.isalnum():
        return f"{half} "
    return f"{half} " if half in ".,:;!?" else half
