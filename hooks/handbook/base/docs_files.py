"""The files under `docs/` as the disk tells of them, before any is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import Literal

from handbook.base.limits import LONGEST_PATH, MOST_BYTES, MOST_FILES

DOCS = "docs"
Kind = Literal["file", "folder", "link", "special", "unreadable"]
"""`special` is a pipe, a socket or a device, which may never end; `folder` one that is named as the
file that is read in its place."""
_READ = {".md", ".tsv", ".yml"}


@dataclass(frozen=True, slots=True)
class DocsFile:
    """A file under `docs/`, or a folder that must not be entered.

    `path` is from the repository's root, `size` in bytes.
    """

    path: str
    size: int
    kind: Kind = "file"

    @property
    def is_plain(self) -> bool:
        """Whether it can be opened without harm: no link, no device, and one may read it."""
        return self.kind == "file"


def are_too_many(files: Sequence[DocsFile]) -> bool:
    """Whether there is more than can be read in a reasonable time; then nothing is read."""
    return len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES


def docs_files(root: Path) -> tuple[DocsFile, ...]:
    """Every file under `docs/` of the repository `root`, one more than allowed at most.

    Nothing is opened and no link is followed. Hidden files are left out: MkDocs publishes none,
    and systems leave them behind, such as `.DS_Store`.
    """
    found = []
    with suppress(FileNotFoundError):
        for file in _entry(root / DOCS, DOCS):
            found.append(file)
            if len(found) > MOST_FILES:
                break
    return tuple(found)


def _entry(path: Path, shown: str) -> Iterator[DocsFile]:
    status = path.lstat()
    hidden = path.name.startswith(".")
    if S_ISLNK(status.st_mode):
        # MkDocs follows hidden links to folders too; those to nowhere are locks of editors.
        if not hidden or path.is_dir():
            yield DocsFile(shown, 0, "link")
    elif S_ISDIR(status.st_mode):
        if path.suffix in _READ and not hidden:
            yield DocsFile(shown, 0, "folder")
        else:
            yield from _folder(path, shown)
    elif hidden:
        return
    elif not S_ISREG(status.st_mode):
        yield DocsFile(shown, 0, "special")
    else:
        kind: Kind = "file" if os.access(path, os.R_OK) else "unreadable"
        yield DocsFile(shown, status.st_size, kind)


def _folder(path: Path, shown: str) -> Iterator[DocsFile]:
    if len(shown) > LONGEST_PATH:
        yield DocsFile(shown, 0, "unreadable")
        return
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except PermissionError:
        yield DocsFile(shown, 0, "unreadable")
        return
    for name in names:
        # While an editor saves, a file may be gone for a moment.
        with suppress(FileNotFoundError):
            yield from _entry(path / name, f"{shown}/{name}")
