"""What a print holds, as numbers in its address, by which the site tells what has changed since.

    https://handbook.example/e/2026.12/marketing/#1482906117350…

A part is a number of six digits, made of its address and its fingerprint: two prints that say the
same of it have the same number. What is no section of a role is one number a page; all that a
training pack quotes from other pages is one too. A page of the site compares the numbers with those
of today and of every edition (see `views.currency`): no print need be known anywhere, and none is
sent, as browsers keep what stands behind `#` to themselves. A part that changed is taken for the
same once in some ten thousand times. Printed: fixed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from handbook.pages.schema import AUTHORED
from handbook.versions.editions import MISSING, Sections
from handbook.versions.parts import family, roles_of

_DIGITS = 6
_MOST = 90
"""Numbers in one address: more make a code of squares too small for the camera of a phone."""

_PARTS, _PAGES, _WHOLE = "1", "2", "3"
"""What the numbers of an address are of: the digit before them that says so."""
_AND_QUOTED = "4"
"""The same for the parts of a pack with what it quotes, which older packs have no number of."""

Address = tuple[str, str]
"""`role` and `part` of a part; ("marketing", "") of all a page holds, ("", "") of everything."""


def fragment(
    kept: Sections,
    languages: Sequence[str],
    role: str | None = None,
    quoted: Sequence[Mapping[str, str]] = (),
) -> str:
    """What stands behind `#` in the address of a print.

    Args:
        kept: the parts as they are printed.
        languages: those of the print.
        role: whose training pack it is; None for the whole handbook.
        quoted: what the pack has from other pages, in each language.
    """
    beside = number_of_quoted(quoted, languages)
    roles = {*roles_of(kept)}
    pages = [*dict.fromkeys(of for of, part in kept if family(part) != "exercise")]
    if role:
        own = [at for at in kept if at[0] == role and at[0] in roles]
        levels = {_PARTS: own, _WHOLE: [(role, "*")]}
    else:
        fine = [at for at in kept if at[0] in roles and family(at[1]) == "role"]
        levels = {
            _PARTS: [*fine, *((page, "") for page in pages if page not in roles)],
            _PAGES: [(page, "") for page in pages],
            _WHOLE: [("", "")],
        }
    for digit, held in levels.items():
        found = [each for at in held if (each := number(kept, at, languages))]
        if held and (len(found) <= _MOST or digit == _WHOLE):
            return "".join((_AND_QUOTED if beside and digit == _PARTS else digit, *found, beside))
    return ""


def number_of_quoted(quoted: Sequence[Mapping[str, str]], languages: Sequence[str]) -> str:
    """The number of what a pack has from other pages; "" if there is nothing."""
    return _digits(repr([[each[of] for of in languages] for each in quoted])) if quoted else ""


def numbers(kept: Sections, at: Address, language: str) -> tuple[str, ...]:
    """The numbers of a part in prints of `language` and in bilingual ones; () if it has none."""
    found = (number(kept, at, languages) for languages in ((language,), AUTHORED))
    return tuple(filter(None, found))


def number(kept: Sections, at: Address, languages: Sequence[str]) -> str:
    """The number of a part, or of all parts of a page; "" if there are none in these languages."""
    said = [
        " ".join((*each, *(kept[each].fingerprints[of] for of in languages)))
        for each in sorted(_within(kept, at))
        if all(kept[each].fingerprints[of] != MISSING for of in languages)
    ]
    if not said:
        return ""
    return _digits("\n".join(("/".join(at), *said)))


def _digits(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"{int.from_bytes(digest) % 10**_DIGITS:0{_DIGITS}}"


def _within(kept: Sections, at: Address) -> Iterable[Address]:
    """The parts that a number is of. A book has no exercises, a pack ("*") has."""
    role, part = at
    if part not in {"", "*"}:
        return [at] if at in kept else []
    found = kept if not role else [each for each in kept if each[0] == role]
    return [each for each in found if part or family(each[1]) != "exercise"]
