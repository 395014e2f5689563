"""Characters that are passed over, lest each line be taken apart, look like nothing else."""

from __future__ import annotations

import re
import sys

import pytest

from handbook.checks.rules.text import characters


def test_everyday_characters_are_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    everyday = [c for c in map(chr, range(sys.maxunicode)) if characters._EVERYDAY.fullmatch(c)]
    monkeypatch.setattr(characters, "_EVERYDAY", re.compile("(?!)"))
    assert len(everyday) > 27_000
    for start in range(0, len(everyday), 500):
        some = everyday[start : start + 500]
        assert not characters._lookalikes("".join(f"中{char}文 a{char}b {char} " for char in some))
        assert not characters._lookalikes("".join(some))
