"""The files of the editions: readable, and never changed once they were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import Reading
from handbook.versions import edition_digests, editions
from handbook.versions.edition_digests import DIGESTS

EDITION_FILE = rule("edition-file")
EDITION_CHANGED = rule("edition-changed")
EDITION_DIGEST = rule("edition-digest")


def edition_names(reading: Reading) -> Iterator[str]:
    """The names of the files of editions, whether they are right or not."""
    for file in reading.files:
        folder, _, name = file.path.rpartition("/")
        if folder != editions.FOLDER or file.path == DIGESTS:
            continue
        if name.endswith(".tsv") and file.is_plain:
            yield name.removesuffix(".tsv")


def check_edition_files(reading: Reading) -> Iterator[Diagnostic]:
    """Every edition: readable, and as it was made."""
    recorded, brought = edition_digests.read(reading.root), edition_digests.as_brought(reading.root)
    names = [*edition_names(reading)]
    for name in names:
        path = f"{editions.FOLDER}/{name}.tsv"
        try:
            editions.read(reading.root / path)
        except editions.SnapshotError as error:
            yield EDITION_FILE.at(Place(path, error.line), found=error.found, name=name)
        else:
            digest = edition_digests.digest((reading.root / path).read_bytes())
            yield from _as_made(name, digest, recorded, brought)
    for name, (_, line) in recorded.items():
        if name not in names:
            found = {"zh": f"沒有 {name} 版", "en": f"no edition {name}"}
            fix = _restored(name, brought.get(name, ("",))[0])
            yield EDITION_DIGEST.at(Place(DIGESTS, line), found=found, fix=fix)


def _as_made(
    name: str,
    digest: str,
    recorded: Mapping[str, tuple[str, int]],
    brought: Mapping[str, tuple[str, str]],
) -> Iterator[Diagnostic]:
    """Whether the edition `name`, of this digest, is the one that was made."""
    commit, then = brought.get(name, ("", digest))
    place = Place(f"{editions.FOLDER}/{name}.tsv")
    if then != digest:
        yield EDITION_CHANGED.at(place, witness=commit, fix=_restored(name, commit))
    elif name not in recorded:
        found = {"zh": f"沒有 {name} 版的摘要", "en": f"none for {name}"}
        yield EDITION_DIGEST.at(Place(DIGESTS), found=found, fix=f"{name} {digest}")
    elif recorded[name][0] != digest:
        yield EDITION_CHANGED.at(place, witness=DIGESTS, fix=_restored(name, commit))


def _restored(name: str, commit: str) -> dict[str, str]:
    """How to bring an edition back as it was, from the history if that has it."""
    command = f"git checkout {commit} -- {editions.FOLDER}/{name}.tsv" if commit else ""
    return {
        "zh": f"{command or '從備份還原此檔'}\n還沒有印發的版本，可刪去此檔，以及它在 {DIGESTS} "
        "的一行，提交後重新製作",
        "en": f"{command or 'restore the file from a backup'}\nan edition that was not handed out "
        f"yet may be deleted, with its line in {DIGESTS}; commit that, then make it again",
    }
