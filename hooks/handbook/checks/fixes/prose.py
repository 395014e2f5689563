"""Which parts of a source line are prose: all others pass through every mend untouched."""

from __future__ import annotations

import re
from collections.abc import Callable

HIDDEN = "\ufffc"
"""Stands for one part that is no prose while the prose around it is mended."""

_CODE = re.compile(r"(?P<ticks>`+)(?!`).{0,2000}?(?<!`)(?P=ticks)(?!`)|<!--.*?-->")
_OTHERS = re.compile(
    _CODE.pattern
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


def mend_prose(source: str, typed: str, mend: Callable[[str], str]) -> str:
    """`source` with `mend` applied to its prose.

    Args:
        source: the line.
        typed: the line with code and comments blanked, as `places.typed_lines` gives it.
        mend: changes a line in which everything else is `HIDDEN`; it must leave those in place.
    """
    # Code or a comment that began on another line is not ours to tell from prose.
    if not typed.strip() or _blanked(source) != typed or _WHOLE_LINE.match(typed):
        return source
    hidden = [match[0] for match in _OTHERS.finditer(source)]
    mended = mend(_OTHERS.sub(HIDDEN, source))
    if mended.count(HIDDEN) != len(hidden):
        return source
    first, *rest = mended.split(HIDDEN)
    return first + "".join(kept + text for kept, text in zip(hidden, rest, strict=True))


def _blanked(source: str) -> str:
    return _CODE.sub(lambda match: " " * len(match[0]), source)
