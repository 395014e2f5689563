"""The commands of editions: `changes` drafts the log's entry, `edition` keeps the pages' state."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from handbook import change_log, editions
from handbook.changes import UNRELEASED, compare, draft
from handbook.commits import last_to_add, unpack
from handbook.editions import FOLDER, NAME
from handbook.git import GitError
from handbook.loader import DOCS, load
from handbook.rules.structure import roles_out_of_shape
from handbook.schema import AUTHORED

if TYPE_CHECKING:
    from handbook.model import Handbook

_DONE, _FAILED = 0, 2
_UNCLEAR = (
    "標題未改好，暫不能比較 · cannot be compared until the headings of its sections are right: "
)


def changes(old: str | None, new: str | None, root: Path) -> int:
    """Print a draft of the entry for what changed from `old` to `new`, commits or editions."""
    newest = next((edition.name for edition in editions.editions(root)), None)
    if old is None and newest is None:
        raise GitError("there is no edition yet to compare with: name a commit")
    before = _at(old or str(newest), root)
    after = _at(new, root) if new else load(root)
    unclear = roles_out_of_shape(after)
    found = [change for change in compare(before, after) if change.role not in unclear]
    if unclear:
        print(f"{_UNCLEAR}{', '.join(sorted(unclear))}\n")
    if not found:
        print("no section of a role changed", file=sys.stderr)
        return _DONE
    titles = _titles(before) | _titles(after)
    drafts = (
        f"<!-- {DOCS}/{language}/{change_log.KEY}.md -->\n\n{draft(found, titles, language)}"
        for language in AUTHORED
    )
    print("\n".join(drafts), end="")
    print("A draft: read the classes over, say in words what changed", file=sys.stderr)
    return _DONE


def _at(name: str, root: Path) -> Handbook:
    """The handbook as it was at a commit, or when an edition was made."""
    commit = name
    if NAME.fullmatch(name) and (root / FOLDER / f"{name}.tsv").exists():
        commit = last_to_add(root, f"{FOLDER}/{name}.tsv")
    with TemporaryDirectory() as folder:
        unpack(root, commit, Path(folder))
        return load(Path(folder))


def _titles(handbook: Handbook) -> dict[tuple[str, str], str]:
    return {
        (role.slug, language): role.title
        for language in AUTHORED
        for role in handbook.roles(language)
    }


def edition(name: str, root: Path) -> int:
    """Keep the state of the pages as the edition `name`."""
    path = root / FOLDER / f"{name}.tsv"
    snapshots = editions.snapshots(root)
    newest = snapshots[0].edition.name if snapshots else ""
    if not NAME.fullmatch(name):
        return _refused(f"expected a year and a month, such as 2026.12, found `{name}`")
    if path.exists():
        return _refused(f"{FOLDER}/{name}.tsv exists: delete it first, unless it was handed out")
    if newest and editions.order(name) <= editions.order(newest):
        return _refused(f"expected a name after the newest edition, {newest}, found `{name}`")
    handbook = load(root)
    kept = editions.taken(handbook)
    if not kept:
        return _refused(f"no roles found under {root / DOCS}")
    if snapshots and kept != snapshots[0].kept and (silent := _silent(name, handbook)):
        return _refused(
            f"expected {silent} to say what changed since {newest}, found nothing; "
            "for a draft: .venv/bin/python -m handbook changes"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(editions.written(name, editions.today(), kept), "utf-8", newline="\n")
    print(f"{FOLDER}/{name}.tsv: {len(kept)} sections")
    for language in AUTHORED:
        _name_entry(name, root / DOCS / language / f"{change_log.KEY}.md", root)
    print("Next: .venv/bin/python -m handbook check", file=sys.stderr)
    return _DONE


def _silent(name: str, handbook: Handbook) -> str:
    """A change log that says nothing of what the edition will bring, or ""."""
    for language in AUTHORED:
        page = handbook.page(language, change_log.KEY)
        if page and not {"", name} & {entry.name for entry in change_log.entries(page)}:
            return page.path
    return ""


def _refused(why: str) -> int:
    print(f"handbook: {why}", file=sys.stderr)
    return _FAILED


def _name_entry(name: str, path: Path, root: Path) -> None:
    """What the log has under `#unreleased` is from now on the edition's."""
    if not path.is_file():
        return
    text = path.read_bytes().decode()
    headings = "|".join(map(re.escape, UNRELEASED.values()))
    renamed = re.sub(rf"(?m)^## +(?:{headings})(?= *\{{ *#unreleased\b)", f"## {name}", text)
    renamed = re.sub(r"(\{ *#)unreleased\b", rf"\1{change_log.anchor(name)}", renamed)
    if renamed != text:
        path.write_bytes(renamed.encode())
        print(f"{path.relative_to(root).as_posix()}: what was in no edition yet is {name}")
