"""The baseline of translation, `docs/translation.tsv`: which parts agree in both languages.

One line a section, sorted, with an empty line between two, so that changes of different sections
merge without a conflict. Besides the fingerprints the words are kept as they last agreed: what
changed since can then be shown in a shallow clone and in an unpacked archive, where there is no
history to ask. The file is written by `handbook fix`; a line more than there should be (from a
merge that kept both) is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handbook.base.file_models import PART
from handbook.base.git import git, last_with
from handbook.base.limits import LARGEST_RECORD, start_of
from handbook.base.source import CONFLICT
from handbook.base.words import Told
from handbook.pages.diagnostics import quote
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED
from handbook.versions.parts import Section, family

FILE = "docs/translation.tsv"
_HEADER = """\
# The parts of the handbook as both languages last agreed. Made by `make fix`: do not edit.
# Page, part, fingerprints (zh, en), "=" or who is ahead since when, words (zh, en).
"""
_AGREED = "="
_LINE = re.compile(
    rf"(?P<role>[a-z0-9-]+)\t(?P<part>{PART})"
    r"\t(?P<zh>[0-9a-f]{6,64})\t(?P<en>[0-9a-f]{6,64})"
    r"\t(?:=|(?P<ahead>zh|en) (?P<since>\d{4}-\d\d-\d\d))"
    r"\t(?P<zh_texts>[^\t]*)\t(?P<en_texts>[^\t]*)"
)
UNSEEN = re.compile(
    "[\0-\x08\n-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd-\uffff]"
)
"""Characters that no page may have, so that no record of its words has any."""
_NEWLINE = "\\n"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A section as both languages last agreed.

    `ahead` is the language that has changed since and waits for the other, "" for none; `since`
    the day on which that was declared. `texts` may be empty where only fingerprints are known.
    """

    role: str
    part: str
    fingerprints: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ahead: str = ""
    since: str = ""

    def fits(self, section: Section) -> bool:
        """Whether the section says now what it said then."""
        if self.texts.get(section.language) == section.said:
            return True  # the same words have the same fingerprint: spares the sum
        return section.fingerprint.startswith(self.fingerprints[section.language])


class Unreadable(Told):
    """The file cannot be read from `line` on, where it says `found`."""

    def __init__(self, line: int, found: str) -> None:
        super().__init__("record.unreadable", path=FILE, line=line, found=quote(found))
        self.line, self.found = line, found


def agreement(role: str, part: str, sections: Mapping[str, Section]) -> Agreement:
    """That the sections say the same as they stand."""
    return Agreement(
        role,
        part,
        {language: section.fingerprint for language, section in sections.items()},
        {language: section.said for language, section in sections.items()},
    )


def taken_back(root: Path, handbook: Handbook) -> tuple[str, tuple[Agreement, ...]]:
    """The last commit with an agreement on file, and those that it had; "" and () without one.

    One that speaks of roles, but of none that there is, is of the handbook that this one was begun
    from.

    Raises:
        Unreadable: if a line of it is not what `write` writes.
    """
    commit = last_with(root, FILE, "^[a-z0-9]")
    text = git(root, "show", f"{commit}:./{FILE}").decode(errors="replace") if commit else ""
    found = tuple(_parse(enumerate(text.split("\n"), start=1)))
    roles = {each.role for each in found if family(each.part) == "role"}
    now = {role.slug for language in AUTHORED for role in handbook.roles(language)}
    return ("", ()) if roles and roles.isdisjoint(now) else (commit, found)


def read(root: Path, *, unmerged: bool = False) -> tuple[Agreement, ...] | None:
    """The agreements on file, in its order; None without a file.

    With `unmerged`, lines with which git marks a conflict are passed over: both sides count.

    Raises:
        Unreadable: if a line is not what `write` writes.
    """
    path = root / FILE
    try:
        # A file that is not text has no readable line either.
        raw = start_of(path, LARGEST_RECORD)
    except FileNotFoundError:
        return None
    if len(raw) > LARGEST_RECORD:
        raise Unreadable(1, f"> {LARGEST_RECORD:,} bytes")
    text = raw.decode(errors="replace")
    lines = enumerate(text.split("\n"), start=1)
    return tuple(_parse(line for line in lines if not (unmerged and CONFLICT.match(line[1]))))


def _parse(lines: Iterable[tuple[int, str]]) -> Iterator[Agreement]:
    for number, line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.rstrip("\r"))
        if not match or UNSEEN.search(match[0]):
            raise Unreadable(number, line)
        yield Agreement(
            match["role"],
            match["part"],
            {language: match[language] for language in AUTHORED},
            {language: _lines(match[f"{language}_texts"]) for language in AUTHORED},
            match["ahead"] or "",
            match["since"] or "",
        )


def write(agreements: Iterable[Agreement]) -> str:
    """The file's text; `read` gives the same agreements back."""
    lines = sorted(map(_line, agreements), key=_place)
    return "\n".join([_HEADER, "\n\n".join(lines), ""]) if lines else _HEADER


def _place(line: str) -> list[int | str]:
    """By role, then part, 3.10 after 3.9."""
    key = "\t".join(line.split("\t")[:2])
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)]


def _line(agreed: Agreement) -> str:
    state = f"{agreed.ahead} {agreed.since}" if agreed.ahead else _AGREED
    return "\t".join(
        [
            agreed.role,
            agreed.part,
            *(agreed.fingerprints[language] for language in AUTHORED),
            state,
            *(_escaped(agreed.texts.get(language, ())) for language in AUTHORED),
        ]
    )


def _escaped(texts: Iterable[str]) -> str:
    whole = (" ".join(text.replace("\\", "\\\\").split()) for text in texts)
    return _NEWLINE.join(whole)


def _lines(field: str) -> tuple[str, ...]:
    parts = re.split(r"(?<!\\)((?:\\\\)*)\\n", field)
    texts = [a + b for a, b in zip(parts[::2], [*parts[1::2], ""], strict=True)]
    return tuple(text.replace("\\\\", "\\") for text in texts) if field else ()


def stated(section: Section, pair: str, known: Iterable[Agreement]) -> Agreement:
    """What an editor stated of a section: `3f2a91-77ab01`.

    The words are those of `known`, the agreements on file.
    """
    prints = dict(zip(AUTHORED, pair.split("-"), strict=True))
    texts = {
        language: each.texts[language]
        for each in known
        for language in AUTHORED
        if each.texts.get(language) and each.fingerprints[language].startswith(prints[language])
    }
    return Agreement(section.role, section.part, prints, texts)


def statement(sections: Mapping[str, Section]) -> str:
    """What an editor pastes to state that the sections agree as they stand: `3f2a91-77ab01`."""
    return "-".join(sections[language].fingerprint[:6] for language in AUTHORED)
