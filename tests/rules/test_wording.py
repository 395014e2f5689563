"""What English wording looks for is written so that it can be looked for in small letters."""

from __future__ import annotations

import re
from re import _parser  # type: ignore[attr-defined]

import pytest

from handbook.checks.rules import wording


@pytest.mark.parametrize("where", ["instead", "link"])
def test_small_letters_mean_the_same_in_every_pattern(where: str) -> None:
    every, words = wording._words("en", where)
    assert words
    assert not [word.find for word in words if re.search(r"\\[A-Z]", word.find)]  # \S is not \s
    assert not re.search("[A-Z]", every.pattern)


@pytest.mark.parametrize("where", ["instead", "link"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_of_a_pattern_begins_a_word_if_its_first_letter_says_so(
    language: str, where: str
) -> None:
    """What all ways of a pattern have in common stands in front of them when it is taken apart."""
    _, words = wording._words(language, where)
    begin = [_parser.parse(word.find)[0] for word in words if word.find.startswith(r"\b")]
    assert bool(begin) is ((language, where) == ("en", "instead"))
    assert {str(each) for each in begin} <= {"(AT, AT_BOUNDARY)"}
