"""Script conversion: Traditional Chinese HTML to Simplified, in what readers see and nowhere else.

The conversion is OpenCC's `t2s`; where it errs, `simplified.tsv` beside this module has the last
word. Tags, ids, addresses, code, scripts and passages in another language stay as they are.
"""

from __future__ import annotations

import json
import re
import warnings
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from opencc import OpenCC

from handbook.base.html import parsed, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

SIMPLIFIED = "zh-Hans"

_READ_ALOUD = {"alt", "aria-description", "aria-label", "content", "placeholder", "title"}
"""The attributes whose values readers meet, beside `data-*`: what scripts say stands there."""

_AS_WRITTEN = {"code", "kbd", "pre", "samp", "script", "style"}


_QUOTES = str.maketrans("「」『』", "“”‘’")


@lru_cache(maxsize=65_536)
def simplified(text: str) -> str:
    """`text` as the mainland writes it: by the list of exceptions, OpenCC, and in “ ” for 「」."""
    wrong, right = _exceptions()
    # What the list decides is set aside, so that OpenCC does not see it.
    parts = wrong.split(text) if wrong else [text]
    converted = (right.get(part) or converter("t2s").convert(part) for part in parts)
    return "".join(converted).translate(_QUOTES)


@cache
def pinyin() -> Callable[[str], list[str]]:
    """What reads Chinese aloud; its dictionary takes a while, so it is loaded when it is needed."""
    with warnings.catch_warnings():  # pypinyin 0.55 opens files in a way that 3.14 advises against
        warnings.simplefilter("ignore", DeprecationWarning)
        from pypinyin import lazy_pinyin
    return lazy_pinyin


def simplified_html(page: str) -> str:
    """A whole HTML page with what is in Simplified Chinese converted, as `simplify` does it."""
    tree = parsed(page)
    simplify(tree)
    return written(tree)


def simplify(page: HtmlElement) -> None:
    """Convert what is in Simplified Chinese in a page.

    That is all of a page whose `<html lang>` is `zh-Hans`, and on other pages what stands in an
    element with `lang="zh-Hans"`. The theme's settings (`<script id="__config">`) hold words of the
    interface and are converted with the page.
    """
    for element in page.xpath("descendant-or-self::*[@lang=$tag]", tag=SIMPLIFIED):
        around = (element, *element.iterancestors())
        _convert(element, within_code=any(each.tag in _AS_WRITTEN for each in around))


def _convert(element: HtmlElement, *, within_code: bool) -> None:
    for name, value in element.items():
        if not value.isascii() and (name in _READ_ALOUD or name.startswith("data-")):
            element.set(name, simplified(value))
    if element.tag == "script" and element.get("id") == "__config":
        element.text = _settings(element.text)
    elif element.text and not within_code:
        element.text = simplified(element.text)
    for child in element:
        if isinstance(child.tag, str) and "lang" not in child.attrib:
            _convert(child, within_code=within_code or child.tag in _AS_WRITTEN)
        if child.tail and not within_code:
            child.tail = simplified(child.tail)


def _settings(data: str) -> str:
    """The theme's settings with the words of its interface converted; JSON writes them escaped."""
    settings = json.loads(data)
    words = settings.get("translations", {})
    settings["translations"] = {key: simplified(text) for key, text in words.items()}
    return json.dumps(settings)


@cache
def converter(how: str) -> OpenCC:
    """OpenCC's converter of that name; its dictionaries take a while to load."""
    return OpenCC(how)


@cache
def _exceptions() -> tuple[re.Pattern[str] | None, dict[str, str]]:
    lines = files(__package__).joinpath("simplified.tsv").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    longest_first = sorted(pairs, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return (re.compile(f"({pattern})") if pattern else None), pairs
