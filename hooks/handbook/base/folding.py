"""Compares names: what looks alike, or is meant alike, is equal; of others, the nearest."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

LOOKALIKES = str.maketrans(
    "аВЕеКМНОоРрСсТуХхіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟοΡΤΥΧνα",
    "aBEeKMHOoPpCcTyXxijsdqwABEZHIKMNOoPTYXva",
)
"""Cyrillic and Greek letters that look like Latin ones (Unicode TR 39, `confusables.txt`)."""

_ALIKE = 75.0
_NEAR = 60.0


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` without case, width, space, punctuation, invisible characters or look-alikes."""
    plain = unicodedata.normalize("NFKC", text).translate(LOOKALIKES).casefold()
    return "".join(char for char in plain if char.isalnum())


def alike(text: str, name: str, near: tuple[str, ...] = ()) -> bool:
    """Whether `text` is most likely meant to be `name`: the same folded, misspelt, or in `near`."""
    folded, wanted = fold(text), fold(name)
    if not folded:
        return False
    return folded == wanted or folded in near or fuzz.ratio(folded, wanted) >= _ALIKE


def slipped(text: str, name: str) -> bool:
    """Whether a slip or two of the keys make `name` of `text`: one in three letters at most.

    A slip is a letter too many, too few, wrong, or changed places with the next (the distance of
    Damerau and Levenshtein).
    """
    return OSA.distance(fold(text), fold(name)) <= max(1, min(3, len(fold(name)) // 3))


def nearest(text: str, names: Sequence[str], read: Callable[[str], str] | None = None) -> str:
    """The name most like `text`, or "" if none is near; `read` is what counts of them."""
    near: Any = process.extractOne(
        text, names, scorer=fuzz.ratio, processor=read, score_cutoff=_NEAR
    )
    return str(near[0]) if near else ""


def misspelt(text: str, names: Sequence[str], read: Callable[[str], str] = str) -> str:
    """The name that `text` is a slip of the keys away from, or ""; another number is another name.

    `read` is what counts of them, such as the last part of a path.
    """
    near = nearest(text, names, read)
    if not near or not slipped(read(text), read(near)):
        return ""
    return near if _digits(read(text)) == _digits(read(near)) else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
