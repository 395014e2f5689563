"""The printed files of the site: what there is, and how each is made or taken from the cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from handbook.pages.handbook_file import OWN
from handbook.pages.schema import AUTHORED, authored
from handbook.site.downloads import BOTH, handbook_pdf, role_pdf, trainer_pdf
from handbook.site.print import presses
from handbook.site.print.book import book
from handbook.site.print.finished import finished
from handbook.site.print.form_fields import Field
from handbook.site.print.formats import BOOKS, Format
from handbook.site.print.printing import Printing
from handbook.site.print.role_pack import Copy, fields, role_pack
from handbook.site.print.typesetting import FONTS, TEMPLATES, Typesetter, TypesettingError

_HERE = Path(__file__).parent
_MADE_BY = (
    *dict.fromkeys(path for paths in TEMPLATES.values() for path in paths),
    *(_HERE / name for name in ("finished.py", "form_fields.py", "typesetting.py")),
)
_KEPT_IN_CACHE = 4
"""Printings of which the files are kept: those before go when a new one is made."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to print: its name, the book, and its form fields."""

    name: str
    book: Mapping[str, Any]
    fields: Mapping[str, Field] = field(default_factory=dict)

    def made(self, typesetter: Typesetter) -> bytes:
        """The file.

        Raises:
            TypesettingError: if it cannot be printed; names it.
        """
        try:
            pdf = typesetter.pdf(self.book)
        except TypesettingError as error:
            raise TypesettingError("print.refused", name=self.name, reason=error) from error
        return finished(pdf, self.fields, row_heads=self.book["kind"] == "book")


def downloads(printing: Printing) -> Iterator[Download]:
    """Every file: the handbook in each language and in two, and so each role's training packs."""
    # The long files stand apart: what Typst keeps of one is given up while short ones are made.
    for tag, languages in BOOKS.items():
        roles = printing.handbook.roles(authored(languages[0]))
        if roles:
            yield whole(printing, tag)
        for role in roles if len(languages) == 1 else ():
            yield _pack(role_pdf(role.slug, tag), printing, languages, role.slug)
            yield _pack(trainer_pdf(role.slug, tag), printing, languages, role.slug, "trainer")
    first, second = ({role.slug: role for role in printing.handbook.roles(of)} for of in AUTHORED)
    for slug in [slug for slug in first if slug in second]:
        yield _pack(role_pdf(slug, BOTH), printing, AUTHORED, slug)


def whole(printing: Printing, tag: str, form: Format | None = None) -> Download:
    """The whole handbook as the book that is called `tag`."""
    suffix = form.suffix if form else ""
    return Download(handbook_pdf(f"{tag}{suffix}"), book(printing, *BOOKS[tag], form=form))


def _pack(
    name: str, printing: Printing, languages: Sequence[str], slug: str, copy: Copy = "trainee"
) -> Download:
    pack = role_pack(printing, languages, slug, copy)
    return Download(name, pack, fields(pack))


def write(
    printing: Printing,
    root: Path,
    folder: Path,
    cache: Path,
    begun: Callable[[str], object] = lambda _: None,
) -> list[str]:
    """Write every file into `folder`; those whose content did not change come from `cache`.

    Args:
        printing: what is printed.
        root: the repository, where pictures are.
        folder: where the files go.
        cache: where they are kept between builds.
        begun: is told the name of each book that is to be made anew.

    Returns:
        The names of the files that were made anew.

    Raises:
        TypesettingError: if one cannot be printed; names it.
    """
    common = _common(made_at(printing))
    cache.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Path] = {}
    fresh = []

    def missing() -> Iterator[tuple[Download, Path]]:
        for each in downloads(printing):
            key = f"{each.name.removesuffix('.pdf')}-{_digest(each, root, common)}.pdf"
            found[each.name] = cache / key
            if found[each.name].is_file():
                found[each.name].touch()  # those that are used stay longest
                continue
            fresh.append(each.name)
            if not each.fields:
                begun(each.name)
            yield each, found[each.name]

    presses.make(missing(), root, made_at(printing))
    for name, path in found.items():
        (folder / name).write_bytes(path.read_bytes())
    if fresh:
        _sweep(cache, len(found))
    return fresh


def made_at(printing: Printing) -> datetime:
    """What the files give as the time at which they were made: the day of their edition."""
    return datetime.combine(printing.edition.date, time(), UTC)


def _sweep(cache: Path, printed: int) -> None:
    """Leave the newest files in the cache, as many as some printings have."""
    files = sorted(cache.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT_IN_CACHE * printed :]:
        path.unlink(missing_ok=True)


def _common(made: datetime) -> bytes:
    """What every file depends on beside its book: template, colour, fonts, and what sets them."""
    on = version("typst"), version("pypdf"), made, OWN.accent.light.text
    digest = hashlib.sha256(" ".join(map(str, on)).encode())
    for path in (*_MADE_BY, *sorted(FONTS.iterdir())):
        digest.update(path.read_bytes())
    return digest.digest()


def _digest(download: Download, root: Path, common: bytes) -> str:
    digest = hashlib.sha256(common)
    digest.update(json.dumps(download.book, ensure_ascii=False, sort_keys=True).encode())
    for picture in _pictures(download.book):
        file = root / picture.removeprefix("/")
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:16]


def _pictures(value: object) -> Iterator[str]:
    """The pictures in a book, in its order."""
    if isinstance(value, Mapping):
        if value.get("t") == "img":
            yield str(value["src"])
        for each in value.values():
            yield from _pictures(each)
    elif isinstance(value, list):
        for each in value:
            yield from _pictures(each)
