"""What is vendored is what its README says it is."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[1] / "vendor"


@pytest.mark.parametrize("readme", [*VENDOR.glob("*/README.md")], ids=lambda path: path.parent.name)
def test_a_vendored_file_has_the_hash_that_is_noted(readme: Path) -> None:
    noted = re.findall(r"`(\S+)` \| `sha256-(\S+)`", readme.read_text(encoding="utf-8"))
    assert noted
    for name, expected in noted:
        digest = sha256((readme.parent / name).read_bytes()).digest()
        assert base64.b64encode(digest).decode() == expected, name
