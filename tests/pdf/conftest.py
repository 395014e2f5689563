"""The real handbook, printed once a session with a fixed edition and address."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import once
from pdf.prints import Print

from handbook.pages.loader import load
from handbook.pages.model import Exercise, Handbook
from handbook.site.print.downloads import Download, downloads, write
from handbook.site.print.printing import Printing
from handbook.versions.editions import Edition

ROOT = Path(__file__).parent.parent.parent
SITE = "https://handbook.example/base/"

DAY = datetime.date(2026, 11, 22)
EDITION = Edition("2026.11", DAY, "0123456789abcdef0123456789abcdef01234567")

EXERCISES = (
    Exercise(
        "sales-fall", "product-operations", "2.3",
        {
            "zh": "某款商品的銷量下降，你會看甚麼？",
            "en": "A product's sales fall. What do you look at?",
        },
        {"zh": "看價格和描述。", "en": "Look at its price and its description."},
    ),
    Exercise(
        "falling-sales", "data-analysis", "5.2",
        {"zh": "銷售下降，你會怎樣做？", "en": "Sales are falling. What do you do?"},
        {"zh": "追查銷售下降的原因。", "en": "Trace the causes of falling sales."},
    ),
)  # fmt: skip


def printing(handbook: Handbook, site_url: str = SITE, edition: Edition = EDITION) -> Printing:
    """What is printed, with its edition and address."""
    return Printing(handbook, edition, site_url)


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    return replace(load(ROOT), exercises=EXERCISES)


@pytest.fixture(scope="session")
def books(handbook: Handbook) -> dict[str, Download]:
    """Every file's content before it is set, by its name."""
    return {each.name: each for each in downloads(printing(handbook))}


@pytest.fixture(scope="session")
def folder(handbook: Handbook, shared_tmp: Path) -> Path:
    """The folder of all files; beside it their cache."""

    def make(base: Path) -> None:
        write(printing(handbook), ROOT, base / "downloads", base / "cache")

    return once(shared_tmp / "prints", make) / "downloads"


@pytest.fixture(scope="session")
def prints(folder: Path) -> dict[str, Print]:
    """Every file, by its name without the ending."""
    return {path.stem: Print(path.stem, path.read_bytes()) for path in sorted(folder.iterdir())}
