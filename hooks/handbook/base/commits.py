"""What git knows of the handbook: its commit, and the pages as they were at another one."""

from __future__ import annotations

import io
import tarfile
from datetime import date
from pathlib import Path

from handbook.base import days
from handbook.base.git import GitError, git

DOCS = "docs"


def head(root: Path) -> tuple[str, date] | None:
    """The commit that is checked out in `root` and its day (UTC); None if `root` is no repository.

    A folder within another repository, such as an unpacked copy, is none.
    """
    try:
        # Nothing leads up from the top of a repository.
        if git(root, "rev-parse", "--show-prefix").strip():
            return None
        commit, seconds = git(root, "log", "-1", "--format=%H %ct").decode().split()
        return commit, days.from_seconds(int(seconds))
    except (GitError, ValueError):
        return None


def last_to_add(root: Path, path: str) -> str:
    """The commit that brought the file `path`, the last if it was deleted and made again.

    Raises:
        GitError: if there is none in the history that is here.
    """
    found = git(root, "log", "--diff-filter=A", "--format=%H", "--", path).decode().split()
    if not found:
        raise GitError("git.not-added", path=path)
    return found[0]


def last_with(root: Path, path: str, line: str) -> str:
    """A name for the last commit whose file `path` has a line like `line`; "" where none is known.

    Args:
        root: the repository.
        path: the file's.
        line: a regular expression as git knows them.
    """
    try:
        changed = git(root, "log", "-1", "--format=%h", f"-G{line}", "--", path).decode().strip()
    except GitError:
        return ""
    names = ("HEAD", changed, f"{changed}~1") if changed else ()
    return next((name for name in names if _has(root, name, path, line)), "")


def _has(root: Path, commit: str, path: str, line: str) -> bool:
    try:
        return bool(git(root, "grep", "--name-only", "-e", line, commit, "--", path))
    except GitError:  # which is also what no such line is
        return False


def unpack(root: Path, commit: str, folder: Path) -> None:
    """Put the pages of `commit` into `folder`, with today's settings: the same reading for both.

    Raises:
        GitError: if `commit` is not known here, or has no pages.
    """
    name = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    archive = git(root, "archive", "--format=tar", name.decode().strip(), DOCS)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in members:
            # A link is no page, and could lead out of the folder.
            if member.isfile() and (opened := members.extractfile(member)):
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(opened.read())
    (folder / "mkdocs.yml").write_bytes((root / "mkdocs.yml").read_bytes())
