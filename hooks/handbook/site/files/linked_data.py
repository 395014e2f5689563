"""The handbook as linked data: roles, duties and terms as schema.org and SKOS know them.

Each has its address on the site as its name, which never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base.table import TAGS, Cell, Texts, in_language, three
from handbook.pages.schema import GROUPS
from handbook.views.tables import Row, Tables

_REFERENCES = "hasDefinedTerm", "inDefinedTermSet", "skills", "skos:inScheme"
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    **{key: {"@type": "@id"} for key in _REFERENCES},
}
_AS_TERMS = {
    "name": "name",
    "skos:prefLabel": "name",
    "skos:altLabel": "also",
    "description": "definition",
    "skos:definition": "definition",
}
"""What is said of a term, and the column that says it."""

Node = dict[str, Any]


def as_linked_data(tables: Tables) -> Node:
    """All of them as JSON-LD, which needs nothing from the network to be read.

    Where the site's address is not known, they are named as seen from the file.
    """
    linked = Tables(tables.handbook, tables.address or "../")
    return {"@context": _CONTEXT, "@graph": [*_roles(linked), *_vocabulary(linked)]}


def _roles(tables: Tables) -> Iterator[Node]:
    for role in tables.roles.objects():
        own, asked = (
            [row for row in each.objects() if row["role"] == role["role"]]
            for each in (tables.duties, tables.abilities)
        )
        duties = f"{_place(role)}#duties"
        yield _node(_place(role), "Occupation") | {
            "name": _said(role["name"]),
            "description": _said(role["introduction"]),
            "responsibilities": [text for row in own for text in _said(row["name"])],
            "skills": [f"{tables.address}glossary/#abilities-{row['ability']}" for row in asked],
        }
        yield _node(duties, "DefinedTermSet") | {
            "name": _said(role["name"]),
            "hasDefinedTerm": [_place(row) for row in own],
        }
        for row in own:
            yield _node(_place(row), "DefinedTerm") | {
                "termCode": row["number"],
                "name": _said(row["name"]),
                "description": _said(row["purpose"]),
                "inDefinedTermSet": duties,
            }


def _vocabulary(tables: Tables) -> Iterator[Node]:
    for group, names in GROUPS.items():
        scheme = f"{tables.address}glossary/#{group}"
        own = [row for row in tables.glossary.objects() if str(row["id"]).startswith(f"{group}/")]
        yield _node(scheme, "DefinedTermSet", "skos:ConceptScheme") | {
            "name": _said(three(names)),
            "hasDefinedTerm": [_place(row) for row in own],
        }
        for row in own:
            said = {key: _said(row[column]) for key, column in _AS_TERMS.items()}
            among = dict.fromkeys(("inDefinedTermSet", "skos:inScheme"), scheme)
            node = _node(_place(row), "DefinedTerm", "skos:Concept")
            yield node | {"termCode": row["id"]} | said | among


def _node(address: str, *kinds: str) -> Node:
    return {"@id": address, "@type": [*kinds]}


def _place(row: Row) -> str:
    return str(in_language(row["address"], "zh-Hant"))


def _said(texts: Cell | Texts) -> list[dict[str, str]]:
    """A text in each language, as JSON-LD has it."""
    by_tag = {tag: in_language(texts, tag) for tag in TAGS.values()}
    return [
        {"@value": text, "@language": tag}
        for tag, cell in by_tag.items()
        for text in ([cell] if isinstance(cell, str) else cell)
    ]
