"""That editions stay as they were made: two witnesses, a record beside them and the history.

What an edition says of itself cannot show that it was changed. `docs/editions/digests.tsv` has the
SHA-256 of each, written by the command that makes it; where there is a repository, the commit that
brought the edition has its text too, so that changing both files is seen as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from handbook.base.git import GitError, git
from handbook.base.limits import LARGEST_RECORD, start_of
from handbook.versions.editions import FOLDER, NAME

DIGESTS = f"{FOLDER}/digests.tsv"


def digest(raw: bytes) -> str:
    """The SHA-256 of an edition, the same with the line ends of any system."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()


def read(root: Path) -> dict[str, tuple[str, int]]:
    """The recorded digest of each edition, with the number of its line; {} without the file.

    What is no such line is left out: its edition then has no digest.
    """
    try:
        text = start_of(root / DIGESTS, LARGEST_RECORD).decode(errors="replace")
    except OSError:
        return {}
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, _, recorded = " ".join(line.split()).partition(" ")
        if NAME.fullmatch(name):
            found[name] = recorded, number
    return found


def written(recorded: Mapping[str, str]) -> str:
    """The text of the record, from each edition's name to its digest."""
    return "".join(f"{name}\t{each}\n" for name, each in sorted(recorded.items()))


def record(root: Path, name: str) -> None:
    """Note the digest of the edition `name`, which was just made; the others stay as they are."""
    known = {each: recorded for each, (recorded, _) in read(root).items()}
    known[name] = digest((root / FOLDER / f"{name}.tsv").read_bytes())
    (root / DIGESTS).write_text(written(known), "utf-8", newline="\n")


def as_brought(root: Path) -> dict[str, tuple[str, str]]:
    """The commit that brought each edition, and the digest it had there, by the edition's name.

    {} where no history is known; of what was deleted and made again, the last commit counts.
    """
    found: dict[str, tuple[str, str]] = {}
    try:
        log = git(
            root, "-c", "log.showSignature=false", "log", "-z", "--format=%x01%h", "--name-only",
            "--no-renames", "--diff-filter=A", "--relative", "--", FOLDER,
        ).decode(errors="replace")  # fmt: skip
        commit = ""
        for entry in log.split("\0"):
            if entry.startswith("\1"):
                commit = entry[1:]
                continue
            path = Path(entry.lstrip("\n"))
            if NAME.fullmatch(path.stem) and path.suffix == ".tsv" and path.stem not in found:
                text = git(root, "show", f"{commit}:./{path.as_posix()}")
                found[path.stem] = commit, digest(text)
    except GitError:
        return {}
    return found
