"""What stands in the address of a print: a number for each part, the same for the same words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handbook.pages.schema import AUTHORED
from handbook.versions.editions import Kept
from handbook.versions.prints import fragment, numbers


def kept(*parts: tuple[str, str], **changed: str) -> Mapping[tuple[str, str], Kept]:
    """An edition with these parts; `changed` has other fingerprints, by part."""
    return {
        at: Kept(
            dict.fromkeys(AUTHORED, at[1]),
            dict.fromkeys(AUTHORED, changed.get(at[1].replace("-", "_"), "0123456789ab")),
        )
        for at in parts
    }


PARTS = (
    ("marketing", "intro"), ("marketing", "duty-3-1"), ("marketing", "exercise-holiday"),
    ("overview", "page"), ("overview", "section-areas"), ("glossary", "term-tools-sql"),
)  # fmt: skip


def test_the_numbers_that_are_on_paper_stay_as_they_are() -> None:
    """Another result here would call every print that was ever made out of date."""
    assert fragment(kept(*PARTS), ["en"], "marketing") == PACK
    assert fragment(kept(*PARTS), ["en"]) == BOOK


PACK = "1324519903649590296"
BOOK = "1324519903649932565814437"


def split(text: str) -> list[str]:
    assert (len(text) - 1) % 6 == 0
    return [text[start : start + 6] for start in range(1, len(text), 6)]


def test_a_pack_has_a_number_a_part_and_the_book_one_a_page_that_is_no_role() -> None:
    assert len(split(fragment(kept(*PARTS), ["zh"], "marketing"))) == 3
    assert len(split(fragment(kept(*PARTS), ["zh"]))) == 4


@pytest.mark.parametrize(
    ("part", "pack", "book"),
    [
        ("intro", 1, 1), ("duty_3_1", 1, 1), ("exercise_holiday", 1, 0),
        ("page", 0, 1), ("section_areas", 0, 1), ("term_tools_sql", 0, 1),
    ],
)  # fmt: skip
def test_what_changed_has_another_number(part: str, pack: int, book: int) -> None:
    before, after = kept(*PARTS), kept(*PARTS, **{part: "ba9876543210"})
    for role, different in (("marketing", pack), (None, book)):
        old, new = (split(fragment(each, ["en"], role)) for each in (before, after))
        assert sum(a != b for a, b in zip(old, new, strict=True)) == different


def test_a_bilingual_print_changes_with_either_language() -> None:
    before, after = kept(*PARTS), dict(kept(*PARTS))
    at = "marketing", "intro"
    after[at] = Kept(after[at].names, {"zh": "0123456789ab", "en": "ba9876543210"})
    assert fragment(before, ["zh"]) == fragment(after, ["zh"])
    assert fragment(before, ["en"]) != fragment(after, ["en"])
    assert fragment(before, AUTHORED) != fragment(after, AUTHORED)
    assert numbers(before, at, "zh")[0] == numbers(after, at, "zh")[0]
    assert numbers(before, at, "zh")[1] != numbers(after, at, "zh")[1]


@pytest.mark.parametrize(("roles", "level", "count"), [(7, "1", 77), (70, "2", 70), (700, "3", 1)])
def test_a_large_handbook_is_told_more_coarsely(roles: int, level: str, count: int) -> None:
    """The code on paper stays one that a phone can read."""
    parts = ["intro", *(f"duty-{n}-1" for n in range(1, 10)), "abilities"]
    found = fragment(kept(*((f"role-{n}", part) for n in range(roles) for part in parts)), ["zh"])
    assert (found[0], len(split(found))) == (level, count)


def test_what_a_language_lacks_has_no_number() -> None:
    lacking = dict(kept(*PARTS))
    at = "marketing", "duty-3-1"
    lacking[at] = Kept({"zh": "x", "en": ""}, {"zh": "0123456789ab", "en": "-"})
    assert numbers(lacking, at, "en") == ()
    assert len(numbers(lacking, at, "zh")) == 1
    assert numbers({}, at, "zh") == ()
