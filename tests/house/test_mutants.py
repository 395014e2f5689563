"""The list of mutants follows the library: what it breaks is there, and so are the tests."""

from __future__ import annotations

import pytest
from mutants import Mutant, listed, nodes, place


@pytest.mark.parametrize("mutant", listed(), ids=lambda mutant: mutant.name)
def test_a_mutant_breaks_a_line_that_is_there(mutant: Mutant) -> None:
    assert place(mutant).is_file()
    assert nodes(mutant)
