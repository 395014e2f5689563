"""Asks git about the repository, the one way that works within git's own hooks too.

Its commits, the pages as they were at one of them, and when each page last changed.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from datetime import date
from pathlib import Path

from handbook.base import days
from handbook.base.docs_files import DOCS
from handbook.base.words import Told

_SECONDS = 30
_BEGINS = "\1"
"""Begins the line of a commit; no path begins with it."""


class GitError(Told):
    """What was asked of git cannot be had; says why."""


def is_kept(root: Path) -> bool:
    """Whether `root` is in a repository of git's, so far as can be seen without git."""
    above = (root.resolve(), *root.resolve().parents)
    return any((folder / ".git").exists() for folder in above)


def git(root: Path, *arguments: str) -> bytes:
    """What git prints in the folder `root`.

    Raises:
        GitError: where there is no git, no repository, none that may be read, or no answer.
    """
    if not is_kept(root):
        raise GitError("git.no-repository")  # without a process that finds out
    # Within a git hook, these variables would lead to the repository that the hook runs for.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment["LC_ALL"] = "C"
    try:
        return subprocess.run(  # noqa: S603 - no shell, and paths of the repository
            ["git", "-C", str(root), *arguments],  # noqa: S607 - wherever git is
            env=environment,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        ).stdout
    except OSError as error:
        raise GitError("git.not-there") from error
    except subprocess.TimeoutExpired as error:
        raise GitError("git.no-answer") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        if not said:
            wanted = arguments[-1].removesuffix("^{commit}")
            raise GitError("git.no-commit", commit=wanted) from error
        if "not a git repository" in said[-1]:
            raise GitError("git.no-repository") from error
        raise GitError("git.said", said=said[-1]) from error


def last_in(root: Path, folder: str) -> tuple[str, date] | None:
    """The last commit that changed `folder` in `root`, and its day (UTC); None if there is none.

    Nor is there one if `root` is no repository: a folder within another, such as an unpacked copy.
    """
    try:
        # Nothing leads up from the top of a repository.
        if git(root, "rev-parse", "--show-prefix").strip():
            return None
        commit, seconds = git(root, "log", "-1", "--format=%H %ct", "--", folder).decode().split()
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

    `line` is a regular expression as git knows them.
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


def last_changes(root: Path, folder: str) -> dict[str, date]:
    """The day each file last changed, by its path from `root`; one pass over the history.

    Files whose last change the history does not hold are left out: those of a tarball, those not
    committed yet, and in a shallow clone those that changed before its first commit.

    `root` is the repository, or a folder of a larger one; `folder` one in it, such as `docs`.
    """
    log = _said(
        root, "-c", "log.showSignature=false", "log", "-z", "--format=%x01%H %cs", "--name-only",
        "--no-renames", "--relative", "--", folder,
    )  # fmt: skip
    cut = _cut_off(root)
    changes: dict[str, date] = {}
    commit, day = "", date.min
    for entry in log.split("\0"):
        if entry.startswith(_BEGINS):
            commit, _, written = entry.removeprefix(_BEGINS).partition(" ")
            day = days.from_text(written) or date.min
        elif path := entry.lstrip("\n"):
            # What a shallow clone begins with seems to have been added all at once.
            changes.setdefault(path, date.min if commit in cut else day)
    return {path: day for path, day in changes.items() if day != date.min}


def gone_since(root: Path, commit: str, folder: str) -> dict[str, str]:
    """Files of `folder` that were there at `commit`, and what each was renamed to ("" for none).

    Raises:
        GitError: if the history does not hold it.
    """
    known = _said(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"
    )
    if not known:
        raise GitError("git.no-commit", commit=commit)
    entries = _said(
        root, "diff", "-z", "--name-status", "--find-renames", "--diff-filter=DR", "--relative",
        "--no-ext-diff", known.strip(), "--", folder,
    ).split("\0")  # fmt: skip
    gone: dict[str, str] = {}
    fields = iter(entries)
    for status in fields:
        if status:
            path = next(fields)
            gone[path] = next(fields) if status.startswith("R") else ""
    # A file that git has not been told of is there all the same.
    return {path: new for path, new in gone.items() if not (root / path).exists()}


def _cut_off(root: Path) -> set[str]:
    """The commits of a shallow clone whose parents are not there."""
    name = _said(root, "rev-parse", "--git-path", "shallow").strip()
    path = root / name
    return set(path.read_text(encoding="utf-8").split()) if name and path.is_file() else set()


def _said(root: Path, *arguments: str) -> str:
    """What git prints; "" where it has no answer: a tarball shows no dates."""
    try:
        return git(root, *arguments).decode("utf-8", "surrogateescape")
    except GitError:
        return ""
