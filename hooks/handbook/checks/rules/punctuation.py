"""Each language with its own punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from handbook.checks.rules.language import HAN
from handbook.checks.rules.places import place, seen_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page
from handbook.pages.schema import LABELS

PUNCTUATION = rule("punctuation")

_IN_CHINESE = re.compile(
    rf"""
    (?<=[{HAN}」』）》”])[,;:!?](?=$|[ {HAN}「『（《“])
    | (?<=[{HAN}])\.{{2,}}
    | (?<=[{HAN}])\.(?=$|[ {HAN}])
    | \((?=[{HAN}]) | (?<=[{HAN}])\)
    | (?<=[{HAN}])--+(?=[{HAN}])
    | "(?=[{HAN}]) | (?<=[{HAN}])"
    | (?<![ ])[ ]+(?P<spaced>[，。；：！？、])
    | (?P<twice>[，。；：、])(?P=twice)+
    """,
    re.VERBOSE,
)
_IN_ENGLISH = re.compile(
    "[\u3000-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0c\uff0e\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    "\uffe0-\uffe6]|……|——|(?<=.)\uff0d"
)
_FULL = str.maketrans(",;:!?.()", "，；：！？。（）")
_HALF = str.maketrans("、。「」『』《》〈〉【】〔〕〜", ",.“”‘’“”“”[][]~")
_LABELS = {name for label in LABELS for name in label.names.values()}
_NO_TEXT = re.compile(r"(\]\([^()]*\)|`[^`]*`|\{[^{}]*\}|<[^<>]*>)")
_BESIDE_MARKS = re.compile(rf"([{HAN}」』）》][*_]+)([,;:!?.])(?=[*_]*(?:$|[ {HAN}「『（《]))")


def check_punctuation(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line, at the first wrong sign."""
    chinese = page.language == "zh"
    pattern, right = (_IN_CHINESE, _chinese) if chinese else (_IN_ENGLISH, _english)
    for line, text in seen_lines(page).items():
        match = next((m for m in pattern.finditer(text) if not _is_after_label(m)), None)
        if match:
            around = text[max(match.start() - 1, 0) : match.end()] if chinese else match[0]
            yield PUNCTUATION.at(
                place(page, line, around),
                expected=right(match),
                found=match[0],
                fix=_mended(page.lines[line - 1], chinese=chinese),
            )


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
    """A line of prose with right signs; as it is if they are right already.

    Args:
        prose: the line without code, addresses and attributes.
        chinese: whether the page is Chinese.
    """
    pattern = _IN_CHINESE if chinese else _IN_ENGLISH
    wrong = any(not _is_after_label(match) for match in pattern.finditer(prose))
    if not wrong and not (chinese and _BESIDE_MARKS.search(prose)):
        return prose
    return _without_gaps(_with_right_signs(prose, chinese=chinese), chinese=chinese)


def _with_right_signs(prose: str, *, chinese: bool) -> str:
    if not chinese:
        return _IN_ENGLISH.sub(_spaced, prose)
    mended = _IN_CHINESE.sub(_chinese, prose)
    return _BESIDE_MARKS.sub(lambda match: match[1] + match[2].translate(_FULL), mended)


def _without_gaps(line: str, *, chinese: bool) -> str:
    """The line without the space that stood beside a sign of the other width."""
    if chinese:
        return re.sub("(?<=[，；：！？。]) +", "", line)
    return re.sub(r"(?<=\S) {2,}", " ", line).rstrip()


def _chinese(match: re.Match[str]) -> str:
    found = match[0]
    if found == '"':
        return "」" if match.string[: match.start()].count('"') % 2 else "「"
    if found.startswith(".") and len(found) > 1:
        return "……"
    if found.startswith("-"):
        return "——"
    return match["spaced"] or match["twice"] or found.translate(_FULL)


def _english(match: re.Match[str]) -> str:
    fixed = {"……": "…", "——": "—"}.get(match[0])
    return fixed or unicodedata.normalize("NFKC", match[0].translate(_HALF))


def _spaced(match: re.Match[str]) -> str:
    """The sign with the space that the full-width one held within itself."""
    half = _english(match)
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    if half in {"(", "[", "“", "‘"} and before.isalnum():
        return f" {half}"
    if half in {")", "]", "”", "’"} and after.isalnum():
        return f"{half} "
    return f"{half} " if half in ".,:;!?" else half
