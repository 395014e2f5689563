"""While pages are served: what an edit makes out of date, and what is built at once.

A language takes a third of a build. After an edit of pages the language that was read last is built
at once, each of the others when one of its pages is read. After any other change all of them are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from handbook.pages.schema import AUTHORED, DERIVED

LOCALES = (*AUTHORED, *DERIVED)
"""Every language of the site; the first one's pages stand in no folder of their own."""

_IN_PASSING = re.compile(r"[.#].*|.*~|4913")
"""What editors' programs put beside a file while they have it open."""

Snapshot = Mapping[str, tuple[int, int]]
"""Files by path: when each was changed (nanoseconds) and its size (bytes)."""


class Reloads:
    """Decides, change by change and request by request, which language to build.

    Args:
        root: the repository.
        watched: the files and folders in it that the site is made from.
    """

    def __init__(self, root: Path, watched: Sequence[str]) -> None:
        self._root, self._watched = root, watched
        self._seen = snapshot(root, watched)
        self._stale: set[str] = set()
        self._read = LOCALES[0]

    def after_change(self) -> str | None:
        """The language to build at once, now that something has changed; None for all of them."""
        before, self._seen = self._seen, snapshot(self._root, self._watched)
        edited = only_pages_edited(before, self._seen)
        self._stale = set(LOCALES) if edited else set()
        return self._read if edited else None

    def before_reading(self, path: str) -> str | None:
        """The language to build before what is at `path`, from the site's root, is read."""
        language = language_at(path)
        if not path or path.endswith(("/", ".html")):
            self._read = language
        return language if language in self._stale else None

    def built(self, language: str) -> None:
        """Note that `language` has been built."""
        self._stale.discard(language)


def snapshot(root: Path, watched: Iterable[str]) -> Snapshot:
    """What the site is made from, as it is now."""
    found = {}
    for path in _files(root, watched):
        try:
            status = path.stat()
        except OSError:  # gone while an editor saves
            continue
        found[path.relative_to(root).as_posix()] = status.st_mtime_ns, status.st_size
    return found


def only_pages_edited(before: Snapshot, after: Snapshot) -> bool:
    """Whether all that has changed is the text of pages that were there and are there still."""
    if before.keys() != after.keys():
        return False
    return all(_is_page(path) for path, state in after.items() if before[path] != state)


def language_at(path: str) -> str:
    """The language of the page, or of the search, at `path`; "" for what all languages share."""
    folder, slash, _ = path.partition("/")
    if slash and folder == "assets":
        return ""
    return folder if folder in LOCALES[1:] else LOCALES[0]


def _is_page(path: str) -> bool:
    return path.endswith(".md") and path.startswith(tuple(f"docs/{of}/" for of in AUTHORED))


def _files(root: Path, watched: Iterable[str]) -> Iterator[Path]:
    for name in watched:
        if (root / name).is_file():
            yield root / name
        for folder, folders, names in os.walk(root / name):
            folders[:] = [each for each in folders if each != "__pycache__"]
            yield from (Path(folder, each) for each in names if not _IN_PASSING.fullmatch(each))
