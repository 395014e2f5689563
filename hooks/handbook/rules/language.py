"""Each page in its own language and script, with that language's punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

from handbook.diagnostics import Diagnostic, Rule, Wording
from handbook.model import Page
from handbook.rules.places import place, seen_lines

SIMPLIFIED = Rule(
    "simplified-character",
    zh=Wording("應為繁體字，實為簡體字「{found}」", "{fix}"),
    en=Wording("expected Traditional characters, found the Simplified `{found}`", "{fix}"),
)
WRONG_LANGUAGE = Rule(
    "wrong-language",
    zh=Wording("中文頁應用中文，實為英文「{found}」", "譯成中文，或把頁面移到 docs/en/"),
    en=Wording(
        "expected English on an English page, found Chinese `{found}`",
        "translate it; a Chinese word quoted on purpose is written *{found}*{{ lang=zh-Hant }}",
    ),
)
PUNCTUATION = Rule(
    "punctuation",
    zh=Wording("中文裏應用全形標點「{expected}」，實為「{found}」", "{fix}"),
    en=Wording("expected `{expected}` in English text, found the full-width `{found}`", "{fix}"),
)

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_HALF_WIDTH = re.compile(
    f"(?<=[{HAN}」』）》”])[,;:!?](?=$|[ {HAN}「『（《“])|(?<=[{HAN}])\\.(?=$|[ {HAN}])"
    f"|\\((?=[{HAN}])|(?<=[{HAN}])\\)"
)
_FULL_WIDTH = re.compile("[，。；：！？（）、「」『』《》]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_FULL = str.maketrans(",;:!?.()", "，；：！？。（）")
_HALF = str.maketrans("，。；：！？（）、「」『』《》", ",.;:!?(),“”‘’“”")
_FEWEST_ENGLISH_WORDS = 4
_TRADITIONAL_TOO = {"着"}
"""Right in Hong Kong's Traditional, though Big5 lacks it (it has 著)."""
_ESCAPES = re.compile(r"[.,:;!?]")


def check_language(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line and rule."""
    check = _chinese if page.language == "zh" else _english
    for line, text in seen_lines(page).items():
        yield from check(page, line, text)


def _chinese(page: Page, line: int, text: str) -> Iterator[Diagnostic]:
    simplified = "".join(dict.fromkeys(char for char in text if is_simplified(char)))
    if simplified:
        yield SIMPLIFIED.at(
            place(page, line, simplified[0]),
            found=simplified,
            fix=traditional(page.lines[line - 1]),
        )
    if not _HAN_RUN.search(text) and len(_WORD.findall(text)) >= _FEWEST_ENGLISH_WORDS:
        yield WRONG_LANGUAGE.at(place(page, line, text.strip()), found=text.strip())
    match = _HALF_WIDTH.search(text)
    if match:
        start = max(match.start() - 1, 0)
        words = text[start : match.end()]
        yield PUNCTUATION.at(
            place(page, line, words),
            expected=match[0].translate(_FULL),
            found=match[0],
            fix=_HALF_WIDTH.sub(lambda found: found[0].translate(_FULL), page.lines[line - 1]),
        )


def _english(page: Page, line: int, text: str) -> Iterator[Diagnostic]:
    chinese = _HAN_RUN.search(text)
    if chinese:
        yield WRONG_LANGUAGE.at(place(page, line, chinese[0]), found=chinese[0])
        return
    match = _FULL_WIDTH.search(text)
    if match:
        yield PUNCTUATION.at(
            place(page, line, match[0]),
            expected=match[0].translate(_HALF),
            found=match[0],
            fix=re.sub(" +", " ", _FULL_WIDTH.sub(_spaced, page.lines[line - 1])).strip(),
        )


def _spaced(match: re.Match[str]) -> str:
    half = match[0].translate(_HALF)
    return f"{half} " if _ESCAPES.fullmatch(half) else half


@cache
def is_simplified(char: str) -> bool:
    """Whether `char` exists in Simplified Chinese only: GB 2312 can encode it and Big5 cannot."""
    if char.isascii() or char in _TRADITIONAL_TOO or not _HAN_RUN.fullmatch(char):
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


def traditional(text: str) -> str:
    """`text` with its Simplified characters replaced, and nothing else."""
    converted: str = _converter().convert(text)
    if len(converted) != len(text):
        return "".join(_converter().convert(c) if is_simplified(c) else c for c in text)
    return "".join(
        new if is_simplified(old) else old for old, new in zip(text, converted, strict=True)
    )


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")
