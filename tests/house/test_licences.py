"""What is installed may be used as it is used here: the licence of each locked package."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata

from conftest import ROOT

FREE = re.compile(r"Apache|BSD|MIT|ISC|PSF|Python Software Foundation|HPND|Unlicense|CC0|Zlib")
OF_FILES = {"certifi", "hypothesis", "pathspec"}
"""Under the Mozilla Public License: it binds who changes their files, and nobody does."""


def licence(package: str) -> str:
    """What a package says of itself; "" for one that is not here, but on another system."""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return ""
    classes = [each for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    own = [*(told.get_all("License-Expression") or ()), " ".join(classes)]
    own += [text.split("\n")[0] for text in told.get_all("License") or ()]
    return next(filter(None, own), "")


def test_every_locked_package_is_free_to_use() -> None:
    locked = [
        package
        for lock in ROOT.glob("requirements*.lock")
        for package in re.findall(r"^([\w.-]+)==", lock.read_text("utf-8"), re.MULTILINE)
    ]
    told = {package: text for package in locked if (text := licence(package))}
    assert len(told) > 50
    assert {of: text for of, text in told.items() if not FREE.search(text)}.keys() == OF_FILES
