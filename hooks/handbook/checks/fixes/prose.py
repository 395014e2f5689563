"""Prose within a line: what may be mended, between code, addresses and attributes that may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from handbook.checks.rules.places import typed_lines
from handbook.pages.model import Page

_SPACES_ONLY = (
    '{"rules": {"space-word": 1, "space-punctuation": 0, "space-bracket": 0, "space-dash": 0, '
    '"space-backticks": 0, "space-dollar": 0, "fullwidth": 0, "halfwidth-word": 0, '
    '"halfwidth-punctuation": 0, "no-space-fullwidth": 0, "no-space-fullwidth-quote": 0, '
    '"spellcheck": 0}}'
)
"""AutoCorrect as it comes also changes what our own rules decide."""

_HIDDEN = "\ufffc"
"""Stands for one part that is no prose while the prose around it is mended."""

_CODE_OR_COMMENT = re.compile(r"(?P<ticks>`+)(?!`).{0,2000}?(?<!`)(?P=ticks)(?!`)|<!--.*?-->")
_OTHERS = re.compile(
    _CODE_OR_COMMENT.pattern
    + r"""
    | \\.                                           # an escaped sign
    | \]\((?:[^()\n]|\([^()\n]*\))*\)               # the target of a link or image
    | \]\[[^\]\n]*\]                                # the name of a link's target
    | \[\^[^\]\n]*\]                                # a footnote's number
    | (?P<marks>[*_]{1,3})[^*_{}\n]+(?P=marks)\{[^{}\n]*\blang\b[^{}\n]*\}  # another language
    | <(?P<tag>\w+)\b[^<>\n]*\blang\b[^<>\n]*>.*?</(?P=tag)>                # the same in HTML
    | <(?P<code>code|kbd|samp|pre)\b[^<>\n]*>.*?</(?P=code)>
    | \{[^{}\n]*\}                                  # attributes
    | <[^<>\n]*>                                    # HTML, addresses
    | &\#?\w+;                                      # entities
    | [a-z][a-z0-9+.-]*://[^\s，。；：！？、「」（）《》]+  # addresses as they stand
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \d{1,4}\u5e74(?:\d{1,2}\u6708)?(?:\d{1,2}\u65e5)? | \d{1,2}\u6708\d{1,2}\u65e5  # dates
    | \ufffc
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_WHOLE_LINE = re.compile(r"\s*(?:\[(?!\^)[^\]\n]+\]:|\*\[[^\]\n]+\]:|!!!|\?\?\?|===\s|:::)")
"""Definitions of links and abbreviations, and boxes with their quoted titles."""


def in_prose(page: Page, mend: Callable[[str], str]) -> tuple[str, ...]:
    """The page's lines with `mend` applied to their prose."""
    pairs = zip(page.lines, typed_lines(page), strict=True)
    # The spaces that a line ends in stay: two of them break it.
    return tuple(
        mend_prose(line, typed, mend).rstrip(" ") + line[len(line.rstrip(" ")) :]
        for line, typed in pairs
    )


def mend_prose(source: str, typed: str, mend: Callable[[str], str]) -> str:
    """`source` with `mend` applied to its prose: all else is `_HIDDEN`, and must stay in its place.

    `typed` is the line with code and comments blanked, as `typed_lines` gives it.
    """
    # Code or a comment that began on another line is not ours to tell from prose.
    blanked = _CODE_OR_COMMENT.sub(lambda match: " " * len(match[0]), source)
    if not typed.strip() or blanked != typed or _WHOLE_LINE.match(typed):
        return source
    hidden = [match[0] for match in _OTHERS.finditer(source)]
    mended = mend(_OTHERS.sub(_HIDDEN, source))
    if mended.count(_HIDDEN) != len(hidden):
        return source
    first, *rest = mended.split(_HIDDEN)
    return first + "".join(kept + text for kept, text in zip(hidden, rest, strict=True))


@cache
def _spacer() -> Callable[[str], str]:
    import autocorrect_py  # takes a while, and few pages need it

    autocorrect_py.load_config(_SPACES_ONLY)  # type: ignore[attr-defined]
    spacer: Callable[[str], str] = autocorrect_py.format
    return spacer


def spaced(prose: str) -> str:
    """Chinese prose with a space on each side of Latin words and numbers."""
    indent = prose[: len(prose) - len(prose.lstrip())]
    return indent + _spacer()(prose[len(indent) :])
