"""The handbook as tables, from which its data files are made: roles, duties and what they name.

Every text stands in Traditional Chinese, Simplified Chinese and English; ids and addresses are
those of the site and never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from handbook.base.html import fragment
from handbook.base.table import (
    TAGS,
    Cell,
    Column,
    Table,
    Texts,
    column,
    plain,
    several,
    table,
    three,
    titles,
)
from handbook.base.words import words
from handbook.pages.model import Duty, Handbook, Passage, Role
from handbook.pages.schema import AUTHORED, GROUPS, LABELS, Group, LabelSchema
from handbook.versions.parts import number_of
from handbook.views.abilities import ability_rows
from handbook.views.glossary import GlossaryEntry, Use, glossary
from handbook.views.twins import twins_of

_PROSE, _TERMS = 44, 18
"""How wide a labelled column is, in characters."""
MARK = "●"
"""What stands in the matrix where a role asks for an ability."""
_ID, _ROLE, _NUMBER = plain("id", 30), plain("role", 20), plain("number", 8)
_ROLE_NAME, _ADDRESS = column("role_name", 18), column("address", 30)

Row = dict[str, Cell | Texts]


@dataclass(frozen=True)
class Tables:
    """The tables of `handbook`; `address` is the site's, "" if it is not known.

    `retired` has the notes on retired numbers, by language, page and part.
    """

    handbook: Handbook
    address: str = ""
    retired: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Table, ...]:
        """All but those that are the same in another form."""
        return self.roles, self.duties, self.items, self.abilities, self.glossary, self.gone

    @cached_property
    def roles(self) -> Table:
        """Every role in the handbook's order."""
        columns = (
            _ROLE,
            plain("number", 8, what="section"),
            column("name", 24, "role_name"),
            several(column("introduction", 60)),
            _ADDRESS,
        )
        rows = [
            {"role": role["zh"].slug, "number": str(role["zh"].section)}
            | {"name": _names(role)}
            | {"introduction": three({of: _texts(each.intro) for of, each in role.items()})}
            | {"address": self._address(f"roles/{role['zh'].slug}", "")}
            for role in self.handbook.in_both
        ]
        return table("roles", columns, rows)

    @cached_property
    def duties(self) -> Table:
        """Every duty in the handbook's order."""
        columns = (
            _ID,
            _ROLE,
            _NUMBER,
            _ROLE_NAME,
            column("name", 24, "duty"),
            column("purpose", 34),
            several(column("tasks", 44)),
            *map(_label, LABELS),
            column("topics", 22),
            several(column("more", 30)),
            _ADDRESS,
        )
        rows = [self._of(role, duty) | self._duty(duty) for role, duty in self._duties]
        return table("duties", columns, rows)

    @cached_property
    def items(self) -> Table:
        """Each task, and each term and topic, of each duty: a row for every one."""
        columns = (
            plain("id", 42),
            plain("duty", 28, "duty-id"),
            _ROLE,
            _NUMBER,
            plain("kind", 12, "kind-id", "item-kind"),
            plain("term", 30, "term-id"),
            _ROLE_NAME,
            column("duty_name", 24, "duty", "name"),
            column("kind_name", 12, "kind"),
            column("text", 50),
            _ADDRESS,
        )
        rows = []
        for role, duty in self._duties:
            of = self._of(role, duty)
            same = of | {"duty": of["id"], "duty_name": of["name"]}
            for at, item in enumerate(self._items(duty), start=1):
                rows.append(same | item | {"id": f"{of['id']}/{item['kind']}-{at}"})
        return table("items", columns, rows)

    @cached_property
    def abilities(self) -> Table:
        """Every ability that a role asks for, role by role."""
        columns = (
            plain("id", 36),
            _ROLE,
            plain("ability", 22, "ability-id"),
            _ROLE_NAME,
            column("name", 20, "ability"),
            column("requirement", 32),
            _ADDRESS,
        )
        rows = [
            self._place(role, ability["zh"].anchor)
            | {"ability": ability["zh"].term.id}
            | {"name": three({of: each.term.words for of, each in ability.items()})}
            | {"requirement": three({k: each.qualification.text for k, each in ability.items()})}
            for role in self.handbook.in_both
            for ability in twins_of({of: each.abilities for of, each in role.items()})
        ]
        return table("abilities", columns, rows)

    @cached_property
    def matrix(self) -> Table:
        """Which role asks for which ability: those that most roles ask for first."""
        asked = titles("table.what.asked")
        columns = (
            plain("ability", 22, "ability-id"),
            column("name", 20, "ability"),
            *(Column(r["zh"].slug, _names(r), asked, 18) for r in self.handbook.in_both),
        )
        rows: list[Row] = []
        for row in ability_rows(self.handbook, "zh"):
            term = self.handbook.vocabulary.abilities[row.id]
            cells: Row = {"ability": row.id}
            cells["name"] = three({of: term.text(of).name for of in AUTHORED})
            rows.append(cells | {each.role.slug: MARK for each in row.asked})
        return table("matrix", columns, rows)

    @cached_property
    def glossary(self) -> Table:
        """Every term and topic of the vocabulary, and where the pages use it."""
        columns = (
            _ID,
            column("group", 12, "kind"),
            column("name", 22, "term"),
            several(column("also", 22)),
            column("definition", 44),
            column("origin", 12),
            several(plain("used", 30)),
            _ADDRESS,
        )
        rows: list[Row] = []
        for group in glossary(self.handbook, "zh"):
            for entry in group.entries:
                term = self.handbook.vocabulary.group(group.key)[entry.id]
                texts = {of: term.text(of) for of in AUTHORED}
                rows.append(
                    {
                        "id": f"{group.key}/{entry.id}",
                        "group": three(_kinds(group.key, entry)),
                        "name": three({of: text.name for of, text in texts.items()}),
                        "also": three({of: tuple(text.also) for of, text in texts.items()}),
                        "definition": three({of: text.definition for of, text in texts.items()}),
                        "origin": titles(f"table.origin.{entry.origin}"),
                        "used": tuple(_used(entry.uses)),
                        "address": self._address("glossary", f"#{entry.anchor}"),
                    }
                )
        return table("glossary", columns, rows)

    @cached_property
    def gone(self) -> Table:
        """The numbers of duties that are used no more, and the note on each."""
        columns = _ID, _ROLE, _NUMBER, _ROLE_NAME, column("note", 60), _ADDRESS
        rows = [
            self._place(role, part)
            | {"number": number_of(part)}
            | {"note": three({of: _plain(self.retired[of, key, part]) for of in AUTHORED})}
            for role in self.handbook.in_both
            for of, key, part in self.retired
            if (of, key) == ("zh", f"roles/{role['zh'].slug}") and ("en", key, part) in self.retired
        ]
        return table("retired", columns, rows)

    @cached_property
    def joined(self) -> Table:
        """Duties and abilities in one table, `kind` telling them apart, for a file of one table."""
        every = (_ID, plain("kind", 0), *self.duties.columns, *self.abilities.columns)
        rows = [
            row | {"kind": key}
            for key, each in (("duty", self.duties), ("ability", self.abilities))
            for row in each.objects()
        ]
        return table("duties", {column.key: column for column in every}.values(), rows)

    @cached_property
    def _duties(self) -> list[tuple[dict[str, Role], dict[str, Duty]]]:
        return [
            (role, duty)
            for role in self.handbook.in_both
            for duty in twins_of({of: each.duties for of, each in role.items()})
        ]

    def _place(self, role: Mapping[str, Role], anchor: str) -> Row:
        slug = role["zh"].slug
        address = self._address(f"roles/{slug}", f"#{anchor}")
        place: Row = {"id": f"{slug}/{anchor}", "role": slug, "address": address}
        return place | {"role_name": _names(role)}

    def _of(self, role: Mapping[str, Role], duty: Mapping[str, Duty]) -> Row:
        name = three({of: each.name for of, each in duty.items()})
        return self._place(role, duty["zh"].anchor) | {"number": duty["zh"].number, "name": name}

    def _address(self, page: str, anchor: str) -> Texts:
        folders = {tag: "" if of == AUTHORED[0] else f"{of}/" for of, tag in TAGS.items()}
        return {tag: f"{self.address}{at}{page}/{anchor}" for tag, at in folders.items()}

    def _duty(self, duty: Mapping[str, Duty]) -> Row:
        vocabulary = self.handbook.vocabulary
        topics = [vocabulary.topics[at] for at in vocabulary.topics_of(duty["zh"].number)]
        said = {label.key: {of: _says(d, label, of) for of, d in duty.items()} for label in LABELS}
        said["purpose"] = {of: d.purpose.text if d.purpose else "" for of, d in duty.items()}
        said["topics"] = {of: _comma(of).join(t.text(of).name for t in topics) for of in AUTHORED}
        lists = {"tasks": {of: _texts(d.tasks) for of, d in duty.items()}}
        lists["more"] = {of: tuple(_more(d)) for of, d in duty.items()}
        row: Row = {key: three(texts) for key, texts in said.items()}
        return row | {key: three(texts) for key, texts in lists.items()}

    def _items(self, duty: Mapping[str, Duty]) -> Iterator[Row]:
        """A duty's tasks; its terms by label, then its topics, as the vocabulary names them."""
        kind = titles("table.tasks")
        for pair in zip_longest(duty["zh"].tasks, duty["en"].tasks):
            texts = {of: task.text if task else "" for of, task in zip(AUTHORED, pair, strict=True)}
            yield {"kind": "tasks", "kind_name": kind, "text": three(texts)}
        named = [
            (label.key, three(label.names), label.group, use.id)
            for label in LABELS
            if label.group
            for use in duty["zh"].terms(label.key)
        ]
        topics = self.handbook.vocabulary.topics_of(duty["zh"].number)
        named += [("topics", titles("table.topics"), "topics", topic) for topic in topics]
        for key, title, group, term_id in named:
            term = self.handbook.vocabulary.group(group)[term_id]
            text = three({of: term.text(of).name for of in AUTHORED})
            yield {"kind": key, "kind_name": title, "term": f"{group}/{term_id}", "text": text}


def _names(role: Mapping[str, Role]) -> dict[str, str]:
    return three({of: each.title for of, each in role.items()})


def _comma(language: str) -> str:
    return words(language)("sign.comma")


def _label(label: LabelSchema) -> Column:
    width = _TERMS if label.group else _PROSE
    return Column(label.key, three(label.names), titles("table.what.label"), width, texts=True)


def _texts(passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(passage.text for passage in passages)


def _plain(html: str) -> str:
    return str(fragment(html).text_content())


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
