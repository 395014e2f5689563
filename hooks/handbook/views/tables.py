"""The handbook as tables: duties, abilities, the matrix of both, and the glossary.

Every text stands three times, in Traditional Chinese, Simplified Chinese and English, in columns
whose keys end in the language's tag; ids and addresses are those of the site and never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from handbook.base.script import simplified
from handbook.base.table import TAGS, Cell, Column, Table, in_both, in_three, table, three
from handbook.base.words import both, words
from handbook.pages.model import Duty, Handbook, Role
from handbook.pages.schema import AUTHORED, GROUPS, LABELS, Group, LabelSchema
from handbook.views.abilities import ability_rows
from handbook.views.glossary import GlossaryEntry, Use, glossary

_PROSE, _TERMS = 44, 22
"""How wide a labelled column is, in characters."""
MARK = "●"
"""What stands in the matrix where a role asks for an ability."""


class _Anchored(Protocol):
    @property
    def anchor(self) -> str: ...


_Part = TypeVar("_Part", bound=_Anchored)


@dataclass(frozen=True)
class Tables:
    """The tables of `handbook`; `address` is the site's, "" if it is not known."""

    handbook: Handbook
    address: str = ""

    @cached_property
    def duties(self) -> Table:
        """Every duty in the handbook's order."""
        columns = (
            Column("id", "ID", 30),
            Column("role", in_both("role"), 22),
            Column("number", in_both("number"), 8),
            *_three("role_name", 18),
            *_three("name", 26, "duty"),
            *_three("purpose", 36),
            *_three("tasks", 48),
            *(column for label in LABELS for column in _columns(label)),
            *_three("topics", 28),
            *_three("more", 30),
            *_three("address", 30),
        )
        rows = [
            {"id": f"{role['zh'].slug}/{duty['zh'].anchor}", "number": duty["zh"].number}
            | self._of_role(role, duty["zh"].anchor)
            | self._duty(duty)
            for role in self._roles
            for duty in _twins({of: each.duties for of, each in role.items()})
        ]
        return table("duties", in_both("duties"), columns, rows)

    @cached_property
    def abilities(self) -> Table:
        """Every ability that a role asks for, role by role."""
        columns = (
            Column("id", "ID", 36),
            Column("role", in_both("role"), 22),
            Column("ability", in_both("ability-id"), 22),
            *_three("role_name", 18),
            *_three("name", 20, "ability"),
            *_three("requirement", 32),
            *_three("address", 30),
        )
        rows = [
            {
                "id": f"{role['zh'].slug}/{ability['zh'].anchor}",
                "ability": ability["zh"].term.id,
            }
            | self._of_role(role, ability["zh"].anchor)
            | three("name", {of: each.term.words for of, each in ability.items()})
            | three("requirement", {of: each.qualification.text for of, each in ability.items()})
            for role in self._roles
            for ability in _twins({of: each.abilities for of, each in role.items()})
        ]
        return table("abilities", in_both("abilities"), columns, rows)

    @cached_property
    def matrix(self) -> Table:
        """Which role asks for which ability: those that most roles ask for first."""
        columns = (
            Column("ability", in_both("ability-id"), 22),
            *_three("name", 20, "ability"),
            *(Column(role["zh"].slug, _matrix_title(role), 22) for role in self._roles),
        )
        rows = []
        for row in ability_rows(self.handbook, "zh"):
            term = self.handbook.vocabulary.abilities[row.id]
            cells = three("name", {of: term.text(of).name for of in AUTHORED})
            cells |= {"ability": row.id}
            rows.append(cells | {each.role.slug: MARK for each in row.asked})
        return table("matrix", in_both("matrix"), columns, rows)

    @cached_property
    def glossary(self) -> Table:
        """Every term and topic of the vocabulary, and where the pages use it."""
        columns = (
            Column("id", "ID", 30),
            *_three("group", 12, "kind"),
            *_three("name", 22, "term"),
            *_three("also", 18),
            *_three("definition", 44),
            *_three("origin", 12),
            Column("used", in_both("used"), 30),
            *_three("address", 30),
        )
        rows = []
        for group in glossary(self.handbook, "zh"):
            for entry in group.entries:
                term = self.handbook.vocabulary.group(group.key)[entry.id]
                texts = {of: term.text(of) for of in AUTHORED}
                rows.append(
                    {"id": f"{group.key}/{entry.id}", "used": ", ".join(_used(entry.uses))}
                    | three("group", _kinds(group.key, entry))
                    | three("origin", both(f"table.origin.{entry.origin}"))
                    | three("name", {of: text.name for of, text in texts.items()})
                    | three("also", {of: _comma(of).join(t.also) for of, t in texts.items()})
                    | three("definition", {of: text.definition for of, text in texts.items()})
                    | self._addresses("glossary", entry.anchor)
                )
        return table("glossary", in_both("glossary"), columns, rows)

    @cached_property
    def joined(self) -> Table:
        """Duties and abilities in one table, `kind` telling them apart, for a file of one table."""
        keys = dict.fromkeys(column.key for column in self.duties.columns)
        keys = dict.fromkeys(["id", "kind", *keys, *(c.key for c in self.abilities.columns)])
        rows = [
            dict(zip((column.key for column in each.columns), row, strict=True)) | {"kind": kind}
            for kind, each in (("duty", self.duties), ("ability", self.abilities))
            for row in each.rows
        ]
        return table("joined", "", [Column(key, key, 0) for key in keys], rows)

    @cached_property
    def _roles(self) -> list[dict[str, Role]]:
        """Each role in both languages, in the handbook's order."""
        english = {role.slug: role for role in self.handbook.roles("en")}
        chinese = self.handbook.roles("zh")
        return [{"zh": r, "en": english[r.slug]} for r in chinese if r.slug in english]

    def _of_role(self, role: Mapping[str, Role], anchor: str) -> dict[str, Cell]:
        slug = role["zh"].slug
        names = three("role_name", {of: each.title for of, each in role.items()})
        return {"role": slug} | names | self._addresses(f"roles/{slug}", anchor)

    def _addresses(self, page: str, anchor: str) -> dict[str, Cell]:
        folders = {tag: "" if of == AUTHORED[0] else f"{of}/" for of, tag in TAGS.items()}
        return {
            f"address_{tag}": f"{self.address}{folder}{page}/#{anchor}"
            for tag, folder in folders.items()
        }

    def _duty(self, duty: Mapping[str, Duty]) -> dict[str, Cell]:
        number = duty["zh"].number
        topics = [t for t in self.handbook.vocabulary.topics.values() if number in t.duties]
        cells = three("name", {of: each.name for of, each in duty.items()})
        cells |= three(
            "purpose", {of: d.purpose.text if d.purpose else "" for of, d in duty.items()}
        )
        cells |= three("tasks", {of: tuple(t.text for t in d.tasks) for of, d in duty.items()})
        for label in LABELS:
            cells |= three(label.key, {of: _says(d, label, of) for of, d in duty.items()})
        cells |= three(
            "topics", {of: _comma(of).join(t.text(of).name for t in topics) for of in AUTHORED}
        )
        return cells | three("more", {of: tuple(_more(d)) for of, d in duty.items()})


def _twins(of: Mapping[str, Sequence[_Part]]) -> list[dict[str, _Part]]:
    """The pairs of the same duty or ability in both languages."""
    english = {each.anchor: each for each in of["en"]}
    return [{"zh": e, "en": english[e.anchor]} for e in of["zh"] if e.anchor in english]


def _matrix_title(role: Mapping[str, Role]) -> str:
    chinese = role["zh"].title
    names = dict.fromkeys((chinese, simplified(chinese), role["en"].title))
    return "\n".join(names)


def _three(key: str, width: int, title: str = "") -> Iterator[Column]:
    """The columns of a text whose title the catalogue has, under `title` or the key itself."""
    return in_three(key, both(f"table.{title or key}"), width)


def _comma(language: str) -> str:
    return words(language)("sign.comma")


def _columns(label: LabelSchema) -> Iterator[Column]:
    width = _TERMS if label.group else _PROSE
    return in_three(label.key, label.names, width)


def _says(duty: Duty, label: LabelSchema, language: str) -> str:
    """What stands behind a label: the terms, or the text."""
    if label.group:
        return _comma(language).join(term.words for term in duty.terms(label.key))
    return duty.labelled[label.key].passage.text if label.key in duty.labelled else ""


def _more(duty: Duty) -> Iterator[str]:
    """What a duty says beside what the other columns hold."""
    for block in duty.body:
        if not block.kind:
            yield from (p.text for p in block.items or (block.passage,) if p.text)


def _kinds(group: Group, entry: GlossaryEntry) -> dict[str, str]:
    """The names of all kinds that a term is of: 流量 is a measure and a topic."""
    kinds = dict.fromkeys([group, "topics"] if entry.topic else [group])
    return {of: _comma(of).join(GROUPS[kind][of] for kind in kinds) for of in AUTHORED}


def _used(uses: Iterable[Use]) -> list[str]:
    """The numbers of duties, and the pages of roles."""
    places = (use.duty.number if use.duty else use.role.slug for use in uses)
    return [*dict.fromkeys(places)]
