"""The downloads: their names, and the marks in pages that say which file a link is about.

A template cannot know which files there will be, nor their sizes: they are made after the pages.
So it marks what it says of them, and `settled` settles the marks in the finished page:

- `data-downloads="handbook.csv handbook.xlsx"`: the element goes if none of these files is there;
- `data-size="handbook.csv"`: the file's size stands in the element's place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from handbook.rewriting import DROP, Attributes, Decision, Instead, rewritten

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "downloads"
"""Where the files stand, from the site's root."""

CSV, WORKBOOK, OFFLINE = "handbook.csv", "handbook.xlsx", "handbook-offline.zip"
BILINGUAL = "handbook-bilingual.pdf"

MARKS = ("data-downloads", "data-size")


def handbook_pdf(tag: str) -> str:
    """The whole handbook in the language with this tag."""
    return f"handbook-{tag}.pdf"


def role_pdf(slug: str, tag: str) -> str:
    """The training pack of a role in the language with this tag."""
    return f"role-{slug}-{tag}.pdf"


def sizes(site: Path) -> dict[str, int]:
    """The files in the downloads of the built site, by name, with their sizes in bytes."""
    files = sorted((site / FOLDER).glob("*.*"))
    return {path.name: path.stat().st_size for path in files if path.suffix != ".html"}


def settled(page: str, files: Mapping[str, int]) -> str:
    """The page, its marks settled for `files` (name to size in bytes)."""
    if not any(f"{mark}=" in page for mark in MARKS):
        return page

    def decide(tag: str, attributes: Attributes, around: Sequence[str]) -> Decision:
        return decision(attributes, files)

    return rewritten(page, decide)


def decision(attributes: Attributes, files: Mapping[str, int]) -> Decision:
    """What becomes of an element with these attributes, as far as downloads are concerned."""
    about = attributes.get("data-downloads")
    if about is not None and files.keys().isdisjoint(about.split()):
        return DROP
    size = files.get(attributes.get("data-size") or "")
    return "keep" if size is None else Instead(in_words(size))


def in_words(size: int) -> str:
    """A size for people, such as `340 KB` or `1.2 MB`."""
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{size / 1_000_000:.1f} MB"
