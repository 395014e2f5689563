"""The commands of editions: `changes` drafts the log's entry, `edition` keeps the pages' state."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from handbook.base import days
from handbook.base.git import last_to_add, unpack
from handbook.base.job_log import inert
from handbook.base.words import Told, Words
from handbook.checks.rules.shared.editions import unsaid
from handbook.commands.options import CLEAN, root_option
from handbook.pages.diagnostics import visible
from handbook.pages.loader import DOCS, Project, load, read
from handbook.pages.parsing.structure import roles_out_of_shape
from handbook.pages.schema import AUTHORED
from handbook.site import addresses
from handbook.versions import change_log, edition_digests, editions
from handbook.versions.changes import UNRELEASED, compare, draft
from handbook.versions.editions import FOLDER, NAME
from handbook.versions.parts import roles_of, titles

if TYPE_CHECKING:
    from handbook.pages.model import Handbook


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@root_option
@click.pass_obj
def changes(say: Words, old: str | None, new: str | None, root: Path) -> int:
    """Print a draft of the entry for what changed from `old` to `new`, commits or editions.

    Raises:
        Told: if nothing was named to compare with, and there is no edition.
        GitError: if a commit is not known here.
    """
    newest = next((each.edition.name for each in editions.snapshots(root)), None)
    if old is None and newest is None:
        raise Told("changes.no-edition")
    before = at(old or str(newest), root)
    after = at(new, root) if new else load(root)
    unclear = roles_out_of_shape(after)
    found = [change for change in compare(before, after) if change.role not in unclear]
    if unclear:
        print(say("changes.unclear", roles=", ".join(sorted(unclear))), end="\n\n")
    if not found:
        print(say("changes.none"), file=sys.stderr)
        return CLEAN
    named = titles(before) | titles(after)
    drafts = (
        f"<!-- {DOCS}/{language}/{change_log.KEY}.md -->\n\n{draft(found, named, language)}"
        for language in AUTHORED
    )
    print(inert(visible("\n".join(drafts))), end="")
    print(say("changes.draft"), file=sys.stderr)
    return CLEAN


def at(name: str, root: Path) -> Handbook:
    """The handbook as it was at a commit, or when an edition was made."""
    commit = name
    if NAME.fullmatch(name) and (root / FOLDER / f"{name}.tsv").exists():
        commit = last_to_add(root, f"{FOLDER}/{name}.tsv")
    with TemporaryDirectory() as folder:
        unpack(root, commit, Path(folder))
        return load(Path(folder))


@click.command()
@click.argument("name")
@root_option
@click.pass_obj
def edition(say: Words, name: str, root: Path) -> int:
    """Keep the state of the pages as the edition `name`.

    Raises:
        Told: if there cannot be such an edition; then nothing is written.
    """
    project = read(root)
    handbook = project.handbook
    kept = editions.taken(handbook)
    _refuse(name, project, kept)
    path = root / FOLDER / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(editions.written(name, days.today(), kept), "utf-8", newline="\n")
    edition_digests.record(root, name)
    print(say("edition.sections", path=f"{FOLDER}/{name}.tsv", n=len(kept)))
    for language in AUTHORED:
        path = root / DOCS / language / f"{change_log.KEY}.md"
        if _name_entry(name, path):
            print(say("edition.named", path=path.relative_to(root).as_posix(), name=name))
    listed = addresses.with_edition(root, handbook, name)
    (root / addresses.FILE).write_text(listed, "utf-8", newline="\n")
    print(say("edition.next"), file=sys.stderr)
    return CLEAN


COMMANDS = (changes, edition)


def _refuse(name: str, project: Project, kept: editions.Sections) -> None:
    root = project.root
    snapshots = editions.snapshots(root)
    newest = snapshots[0].edition.name if snapshots else ""
    if not NAME.fullmatch(name):
        raise Told("edition.name", found=name)
    if (root / FOLDER / f"{name}.tsv").exists():
        raise Told("edition.exists", path=f"{FOLDER}/{name}.tsv")
    if newest and editions.order(name) <= editions.order(newest):
        raise Told("edition.order", newest=newest, found=name)
    if not roles_of(kept):
        raise Told("edition.no-roles", folder=root / DOCS)
    # Afterwards `changes` would compare with the edition itself.
    if silent := unsaid(project, kept):
        first = [each for each in silent if each.path == silent[0].path]
        raise Told("edition.silent", page=first[0].path, newest=newest, n=len(first))


def _name_entry(name: str, path: Path) -> bool:
    """What the log has under `#unreleased` is from now on the edition's; whether it had any."""
    if not path.is_file():
        return False
    text = path.read_bytes().decode()
    headings = "|".join(map(re.escape, UNRELEASED.values()))
    renamed = re.sub(rf"(?m)^## +(?:{headings})(?= *\{{ *#unreleased\b)", f"## {name}", text)
    renamed = re.sub(r"(\{ *#)unreleased\b", rf"\1{change_log.anchor(name)}", renamed)
    if renamed != text:
        path.write_bytes(renamed.encode())
    return renamed != text
