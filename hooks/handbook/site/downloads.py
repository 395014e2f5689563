"""The downloads: their names, and the marks in pages that say which file a link is about.

A template cannot know which files there will be, nor their sizes: they are made after the pages.
So it marks what it says of them, and `settle` settles the marks in the finished page:

- `data-downloads="handbook.csv handbook.xlsx"`: the element goes if none of these files is there;
- `data-size="handbook.csv"`: the file's size stands in the element's place.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

from lxml.html import HtmlElement

from handbook.base.html import parsed, replace_with_text, written
from handbook.base.table import TAGS
from handbook.base.zipped import zipped

COPY, START = "handbook/site/", "handbook/start-here.html"
"""In the archive: where the offline copy stands, and the page that leads to it."""

FOLDER = "downloads"
"""Where the files stand, from the site's root."""

CSV, WORKBOOK, OFFLINE = "handbook.csv", "handbook.xlsx", "handbook-offline.zip"
JSON, SCHEMA, LINKED = "handbook.json", "handbook.schema.json", "handbook.jsonld"
MOST_PRINTED = 12
"""Roles: of more, PDFs are made only when asked for: of so many one book takes 0.7 GB of memory."""

BOTH = "bilingual"
"""What the names of files in two languages end in."""
_FOR_TRAINING = re.compile("(role|trainer|slides|questions)-.")
TEXT = "index.md"
"""A role's page as plain text, beside the page."""


def handbook_pdf(tag: str) -> str:
    """The whole handbook in the language with this tag, or in both."""
    return f"handbook-{tag}.pdf"


def epub(tag: str) -> str:
    """The whole handbook for phones, in the language with this tag; "bilingual" is one too."""
    return f"handbook-{tag}.epub"


def role_pdf(slug: str, tag: str) -> str:
    """The trainee's copy of a role's training pack in the language with this tag, or in both."""
    return f"role-{slug}-{tag}.pdf"


def trainer_pdf(slug: str, tag: str) -> str:
    """The trainer's copy, with the answers."""
    return f"trainer-{slug}-{tag}.pdf"


def slides(slug: str, tag: str) -> str:
    """The slides on a role in the language with this tag."""
    return f"slides-{slug}-{tag}.pptx"


def questions(kind: str, tag: str) -> str:
    """The question bank as a file of a kind ("apkg") in the language with this tag."""
    return f"questions-{tag}.{kind}"


def training(tag: str) -> str:
    """All that is for training in the language with this tag, in one archive."""
    return f"training-{tag}.zip"


def write_training(site: Path, date: datetime.date) -> None:
    """Pack what is for training, as of `date`: an archive in each language, one in two."""
    for tag in (*TAGS.values(), BOTH):
        files = sorted((site / FOLDER).glob(f"*-{tag}.*"))
        packed = {
            f"training-{tag}/{path.name}": path.read_bytes()
            for path in files
            if _FOR_TRAINING.match(path.name)
        }
        if packed:
            (site / FOLDER / training(tag)).write_bytes(zipped(packed, date))


def is_apart(name: str) -> bool:
    """Whether the offline copy is without a download: packs, slides, questions, archives."""
    return bool(_FOR_TRAINING.match(name)) or name.endswith(".zip")


def sizes(site: Path) -> dict[str, int]:
    """The files in the downloads of the built site, by name, with their sizes in bytes."""
    files = sorted((site / FOLDER).glob("*.*"))
    return {path.name: path.stat().st_size for path in files if path.suffix != ".html"}


def settle(page: HtmlElement, files: Mapping[str, int | None]) -> None:
    """Settle the marks of a page for `files` (name to size in bytes; None if not known yet)."""
    for element in page.xpath("//*[@data-downloads]"):
        if files.keys().isdisjoint(element.get("data-downloads").split()):
            element.drop_tree()
    for element in page.xpath("//*[@data-size]"):
        size = files.get(element.get("data-size"))
        if size is not None:
            replace_with_text(element, in_words(size))


def settle_all(site: Path) -> None:
    """Settle the marks that are left in the pages of a built site, once all sizes are known."""
    files = sizes(site)
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "data-size=" in text:
            page = parsed(text)
            settle(page, files)
            path.write_text(written(page), encoding="utf-8")


def in_words(size: int) -> str:
    """A size for people, such as `340 KB` or `1.2 MB`."""
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{size / 1_000_000:.1f} MB"
