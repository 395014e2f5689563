"""MiniSearch is what its lock says, and says whose it is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "docs/assets/javascripts/vendor/minisearch"
# Renew both after `npm ci && npm run build` in that folder.
SCRIPT = "939430eb144b085b37a8daa7306e62ad0f8c67f058c018edf80198b4aa33157c"
PACKAGE = (
    "sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89"
    "Ms8Jp+cG4AlE+QZ/QnDglg=="
)


def test_the_script_is_the_one_that_was_made_from_the_locked_package() -> None:
    lock = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))
    package = lock["packages"]["node_modules/minisearch"]
    assert (package["version"], package["integrity"]) == ("7.2.0", PACKAGE)
    assert hashlib.sha256((VENDOR / "minisearch.min.js").read_bytes()).hexdigest() == SCRIPT


def test_every_package_of_the_lock_has_a_hash() -> None:
    lock = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))
    assert [
        name for name, entry in lock["packages"].items() if name and "integrity" not in entry
    ] == []


def test_the_licence_stands_beside_it_and_is_named_in_it() -> None:
    licence = (VENDOR / "LICENSE.txt").read_text(encoding="utf-8")
    assert "Luca Ongaro" in licence
    assert "Permission is hereby granted" in licence
    assert "LICENSE.txt" in (VENDOR / "minisearch.min.js").read_text(encoding="utf-8")[:150]
