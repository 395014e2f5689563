"""What is made of a built site at the end: its prints, its finished pages, its offline copy."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handbook.base import site_config
from handbook.base.script import simplified
from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.pages.schema import DERIVED, authored
from handbook.site import downloads
from handbook.site.feed import FEED, feed
from handbook.site.finished.offline import ICON, OfflineCopy
from handbook.site.finished.policy import inline_scripts
from handbook.site.finished.published import Site
from handbook.site.host import at_root
from handbook.site.in_templates import first_paragraph, first_sentence
from handbook.site.page import retired
from handbook.versions.editions import Edition, current, snapshots
from handbook.versions.translation_status import notices

if TYPE_CHECKING:
    from handbook.site.files.ebook import Built
    from handbook.site.page.language_switch import Language
    from handbook.site.print.formats import Format
    from handbook.site.print.printing import Printing

_CACHE = ".cache/print"
"""Where prints are kept between builds, in the repository; PRINT_CACHE names another folder."""


def print_handbook(
    handbook: Handbook, edition: Edition, built: Built, root: Path, begun: Callable[[str], object]
) -> list[str]:
    """Write everything that is printed.

    Args:
        handbook: what the pages say.
        edition: which edition that is.
        built: the site, in whose downloads they go.
        root: the repository.
        begun: is told the name of each book that is to be made anew.

    Returns:
        The names of the files that were made anew.

    Raises:
        TypesettingError: if one cannot be printed; names it.
    """
    # Read when they are needed: a build without downloads, or that serves, does without.
    from handbook.site.print.downloads import write

    cache = Path(os.environ.get("PRINT_CACHE") or root / _CACHE)
    printing = printing_of(handbook, edition, built.address, root)
    return write(printing, root, built.folder / downloads.FOLDER, cache, begun)


def print_one(tag: str, form: Format, root: Path, folder: Path) -> Path:
    """Write one book of the pages as they are.

    Args:
        tag: what the book is called: `en`, `bilingual`.
        form: its paper and how large its type is.
        root: the repository.
        folder: where the file goes.

    Returns:
        The file.

    Raises:
        TypesettingError: if it cannot be printed.
    """
    from handbook.site.print.downloads import made_at, whole
    from handbook.site.print.typesetting import Typesetter

    printing = printing_of(load(root), current(root), site_config.read(root).site_url, root)
    book = whole(printing, tag, form)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / book.name
    path.write_bytes(book.made(Typesetter(root, made_at(printing))))
    return path


def printing_of(handbook: Handbook, edition: Edition, address: str, root: Path) -> Printing:
    """What is printed, with what readers are told of it; the same as `print_handbook` is given."""
    from handbook.site.print.printing import Printing

    told = notices(root, handbook) | dict(retired.notes(handbook, snapshots(root)))
    return Printing(handbook, edition, address, told)


def write_data(handbook: Handbook, edition: Edition, gone: retired.Notes, built: Built) -> None:
    """Write data, questions, slides, e-books and roles' texts; `gone` has the retired numbers."""
    # Read when they are needed, too.
    from handbook.site.files import data_files, question_bank, slides, taken_along
    from handbook.site.print.printing import Printing
    from handbook.views.tables import Tables

    tables = Tables(handbook, built.address, gone)
    about = data_files.about(handbook, edition.label, edition.date, built.address)
    data_files.write(tables, about, built.folder / downloads.FOLDER)
    question_bank.write(handbook, edition, built.folder / downloads.FOLDER)
    slides.write(Printing(handbook, edition, built.address), built.folder / downloads.FOLDER)
    downloads.write_training(built.folder, edition.date)
    taken_along.write(built, tables, about)


def announce(
    handbook: Handbook,
    languages: Sequence[Language],
    editions: Sequence[Edition],
    built: Built,
    root: Path,
) -> None:
    """Write what robots, feed readers and chats look for; most of it needs the site's address.

    Args:
        handbook: what the pages say.
        languages: those of the site.
        editions: that which is built, then those that were kept.
        built: the site.
        root: the repository.
    """
    at_root.write(root, built.folder, built.address)
    if not built.address:
        return
    from handbook.site.share import SHARE, share_image  # Typst takes a while to read

    days = {each.name: each.date for each in editions[1:]} | {"": editions[0].date}
    icon = (root / "docs" / ICON).read_text(encoding="utf-8")
    for each in languages:
        home = each.home.removeprefix("./")
        made = feed(handbook, each.locale, each.tag, f"{built.address}{home}", days)
        if made:
            (built.folder / home / FEED).write_bytes(made)
        if index := handbook.page(authored(each.locale), "index"):
            shown = simplified if each.locale in DERIVED else str
            about = shown(first_sentence(first_paragraph(index)))
            picture = share_image(shown(index.title), about, each.tag, icon)
            (built.folder / SHARE.format(each.tag)).write_bytes(picture)


def finish(
    folder: Path,
    address: str,
    scope: str,
    template: Callable[[str], str],
    root: Path,
    sources: Mapping[str, Path],
    packed: date | None,
) -> None:
    """Make the pages of a built site light and safe.

    Args:
        folder: where it is.
        address: where it is published; "" if that is not known.
        scope: its `extra.scope`, as its scripts have it.
        template: the source of a template of the theme, by name.
        root: the repository.
        sources: the files in `root` that pages are written in, by page.
        packed: the day of the offline copy; None for none.

    Raises:
        PublishingError: if a page must not be published, or a link of it leads nowhere.
    """
    copy = OfflineCopy(folder, address, scope) if packed else None
    sizes: dict[str, int | None] = {**downloads.sizes(folder)}
    if copy:
        sizes[downloads.OFFLINE] = None
    base = urlsplit(address or "/").path or "/"
    scripts = inline_scripts(template, scope)
    Site(folder, scripts, base, root, sources, sizes).publish(copy)
    if copy and packed:
        copy.pack(packed)
