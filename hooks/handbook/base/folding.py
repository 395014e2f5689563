"""Folds names so that what looks alike, or is meant alike, compares equal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

LOOKALIKES = str.maketrans(
    "аВЕеКМНОоРрСсТуХхіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟοΡΤΥΧνα",
    "aBEeKMHOoPpCcTyXxijsdqwABEZHIKMNOoPTYXva",
)
"""Cyrillic and Greek letters that look like Latin ones (Unicode TR 39, `confusables.txt`)."""

_ALIKE = 75.0


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
