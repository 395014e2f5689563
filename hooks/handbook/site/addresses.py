"""The public addresses, and those that editions published: a promise to whoever links there.

`docs/editions/addresses.tsv` has them one a line, each with the edition that published it first.
It only grows; `handbook edition` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from handbook.base.limits import LARGEST_RECORD, start_of
from handbook.pages.model import Handbook, Page
from handbook.pages.redirects import ADDRESS, page_of
from handbook.pages.vocabulary import TERM_GROUPS
from handbook.versions import change_log
from handbook.versions.editions import FOLDER
from handbook.views.glossary import term_key
from handbook.views.topics import FOLDER as TOPICS

FILE = f"{FOLDER}/addresses.tsv"
_HEAD = '# Where links may lead, and the edition that had it first; written by "handbook edition"'
_PASSING = re.compile(r"duty-\d+-\d+-\d+|edition-.*|" + change_log.UNRELEASED + r"(?:-.*)?")
"""Anchors that come and go: of headings within a duty, by their place; of the change log."""


def addresses(handbook: Handbook) -> frozenset[str]:
    """Every page, heading, duty, ability, term and topic: `about`, `roles/marketing#duty-3-2`."""
    found = {f"{TOPICS}/{topic}" for topic in handbook.vocabulary.written_topics}
    for group in TERM_GROUPS:
        found |= {term_key(f"{group}-{each}") for each in handbook.vocabulary.group(group)}
    for page in handbook.pages.values():
        lasting = (each for each in public_anchors(page, handbook) if not _PASSING.fullmatch(each))
        found |= {page.key, *(f"{page.key}#{anchor}" for anchor in lasting)}
    return frozenset(found)


def public_anchors(page: Page, handbook: Handbook, deepest: int = 6) -> Iterator[str]:
    """The public anchors on a page: of headings down to the level `deepest`, and of abilities."""
    for heading in page.headings:
        if 1 < heading.level <= deepest and heading.anchor and not heading.container:
            yield heading.anchor
    role = handbook.role_pages.get((page.language, page.key))
    yield from (ability.anchor for ability in (role.abilities if role else ()) if ability.term.id)


def recorded(root: Path) -> Mapping[str, str]:
    """What editions published, and which of them first; {} without a record."""
    try:
        lines = start_of(root / FILE, LARGEST_RECORD).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {line[0]: line[1] for line in cells if len(line) == 2 and ADDRESS.fullmatch(line[0])}


def with_edition(root: Path, handbook: Handbook, edition: str) -> str:
    """The text of the record, with what `handbook` has as published by `edition`."""
    known = dict.fromkeys(addresses(handbook), edition) | dict(recorded(root))
    return "\n".join([_HEAD, *(f"{at}\t{first}" for at, first in sorted(known.items())), ""])


def vanished(handbook: Handbook, published: Mapping[str, str]) -> Iterator[str]:
    """What was published, is not there, and leads nowhere; of a page that is gone only itself."""
    there = addresses(handbook)
    for at in sorted(published):
        page = page_of(at)
        led = at in handbook.moved or page in handbook.moved
        if at not in there and not led and (at == page or page in there):
            yield at
