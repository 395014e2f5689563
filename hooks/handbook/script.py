"""Script conversion: Traditional Chinese HTML to Simplified, in what readers see and nowhere else.

The conversion is OpenCC's `t2s`; where it errs, `simplified.tsv` beside this module has the last
word. Tags, ids, addresses, code, scripts and passages in another language stay byte for byte.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from opencc import OpenCC

from handbook.rewriting import VOID, Verbatim

TRADITIONAL, SIMPLIFIED = "zh-Hant", "zh-Hans"

_READ_ALOUD = {"alt", "aria-description", "aria-label", "content", "placeholder", "title"}
"""The attributes whose values readers meet."""

_AS_WRITTEN = {"code", "kbd", "pre", "samp", "script", "style"}
_ATTRIBUTE = re.compile(
    r"""(?P<before>\s(?P<name>[\w:-]+)\s*=\s*)(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL
)


def simplified(text: str) -> str:
    """`text` in Simplified characters, by OpenCC and the list of exceptions."""
    wrong, right = _exceptions()
    # What the list decides is set aside, so that OpenCC does not see it.
    parts = wrong.split(text) if wrong else [text]
    return "".join(right.get(part) or _converter().convert(part) for part in parts)


def simplified_html(html: str) -> str:
    """An HTML page with what is in Simplified Chinese converted.

    That is all of a page whose `<html lang>` is `zh-Hans`, and on other pages what stands in an
    element with `lang="zh-Hans"`. The theme's settings (`<script id="__config">`) hold words of the
    interface and are converted with the page.
    """
    return _Page().passed(html) if SIMPLIFIED in html else html


class _Page(Verbatim):
    def __init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool, bool]] = [("", False, False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        _, chinese, code = self._open[-1]
        if "lang" in values:
            chinese = values["lang"] == SIMPLIFIED
        settings = tag == "script" and values.get("id") == "__config"
        code = code or (tag in _AS_WRITTEN and not settings)
        source = self.get_starttag_text() or ""
        self.out.append(_ATTRIBUTE.sub(_convert_value, source) if chinese else source)
        if tag not in VOID and not source.endswith("/>"):
            self._open.append((tag, chinese, code))

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                break

    def handle_data(self, data: str) -> None:
        _, chinese, code = self._open[-1]
        if not chinese or code:
            self.out.append(data)
        elif self._open[-1][0] == "script":
            self.out.append(_settings(data))
        else:
            self.out.append(simplified(data))


def _settings(data: str) -> str:
    """The theme's settings with the words of its interface converted; JSON writes them escaped."""
    settings = json.loads(data)
    words = settings.get("translations", {})
    settings["translations"] = {key: simplified(text) for key, text in words.items()}
    return json.dumps(settings)


def _convert_value(match: re.Match[str]) -> str:
    if match["name"].lower() not in _READ_ALOUD:
        return match[0]
    return f"{match['before']}{match['quote']}{simplified(match['value'])}{match['quote']}"


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _exceptions() -> tuple[re.Pattern[str] | None, dict[str, str]]:
    lines = files(__package__).joinpath("simplified.tsv").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    longest_first = sorted(pairs, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return (re.compile(f"({pattern})") if pattern else None), pairs
