"""What git knows of the handbook: its commit, and the pages as they were at another one."""

from __future__ import annotations

import datetime
import io
import os
import subprocess
import tarfile
from pathlib import Path

DOCS = "docs"


class CommitError(Exception):
    """What was asked of git cannot be had; says why."""


def head(root: Path) -> tuple[str, datetime.date] | None:
    """The commit that is checked out in `root` and its day (UTC); None if `root` is no repository.

    A folder within another repository, such as an unpacked copy, is none.
    """
    try:
        # Nothing leads up from the top of a repository.
        if _git(root, "rev-parse", "--show-prefix").strip():
            return None
        commit, seconds = _git(root, "log", "-1", "--format=%H %ct").decode().split()
    except (CommitError, ValueError):
        return None
    return commit, datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date()


def last_to_add(root: Path, path: str) -> str:
    """The commit that brought the file `path`, the last if it was deleted and made again.

    Raises:
        CommitError: if there is none in the history that is here.
    """
    found = _git(root, "log", "--diff-filter=A", "--format=%H", "--", path).decode().split()
    if not found:
        raise CommitError(f"no commit here has brought {path}")
    return found[0]


def unpack(root: Path, commit: str, folder: Path) -> None:
    """Put the pages of `commit` into `folder`, with today's settings: the same reading for both.

    Raises:
        CommitError: if `commit` is not known here, or has no pages.
    """
    name = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"
    )
    archive = _git(root, "archive", "--format=tar", name.decode().strip(), DOCS)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in members:
            # A link is no page, and could lead out of the folder.
            if member.isfile() and (opened := members.extractfile(member)):
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(opened.read())
    (folder / "mkdocs.yml").write_bytes((root / "mkdocs.yml").read_bytes())


def _git(root: Path, *arguments: str) -> bytes:
    # Within a git hook, these variables would lead to the repository that the hook runs for.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *arguments],  # noqa: S607
            env=environment,
            capture_output=True,
            check=True,
        ).stdout
    except OSError as error:
        raise CommitError("git cannot be run") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        wanted = arguments[-1].removesuffix("^{commit}")
        raise CommitError(said[-1] if said else f"no commit {wanted} is known here") from error
