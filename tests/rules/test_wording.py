"""What English wording looks for is written so that it can be looked for in small letters."""

from __future__ import annotations

import re

import pytest

from handbook.checks.rules import wording


@pytest.mark.parametrize("where", ["instead", "link"])
def test_small_letters_mean_the_same_in_every_pattern(where: str) -> None:
    every, words = wording._words("en", where)
    assert words
    assert not [word.find for word in words if re.search(r"\\[A-Z]", word.find)]  # \S is not \s
    assert not re.search("[A-Z]", every.pattern)
