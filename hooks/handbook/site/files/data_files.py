"""The handbook as data: CSV, a workbook, JSON with its schema, JSON-LD, all from the same tables.

The same handbook and edition give the same bytes.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from handbook.base.table import TAGS, Cell, Column, in_both, in_language, three
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED
from handbook.site.downloads import CSV, JSON, LINKED, SCHEMA, WORKBOOK
from handbook.site.files.linked_data import as_linked_data
from handbook.site.files.workbook import FORMULA, About, as_workbook
from handbook.views.tables import Tables

LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
_TEXT = {"type": "string"}
_LIST = {"type": "array", "items": _TEXT}


def write(tables: Tables, said: About, folder: Path) -> None:
    """Write all files into `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / CSV).write_bytes(as_csv(tables, said))
    (folder / WORKBOOK).write_bytes(as_workbook(tables, said))
    for name, made in (
        (JSON, as_json(tables, said)),
        (SCHEMA, schema(tables)),
        (LINKED, as_linked_data(tables)),
    ):
        (folder / name).write_bytes(json.dumps(made, ensure_ascii=False).encode())


def about(handbook: Handbook, edition: str, date: datetime.date, address: str) -> About:
    """What a data file says of itself; what is not known is left out.

    Args:
        handbook: what the file is made from.
        edition: its name, "" if there is none.
        date: the day of what is built.
        address: the site's.
    """
    titles = {of: handbook.title(of) for of in AUTHORED}
    lines = [
        (in_both("handbook"), "\n".join(filter(None, titles.values()))),
        (in_both("edition"), edition),
        (in_both("date"), date.isoformat()),
        (in_both("address"), address),
        (in_both("licence"), LICENCE),
    ]
    return About(edition, date, [line for line in lines if line[1]], three(titles))


def harmless(text: str) -> str:
    """`text` for a CSV, with an apostrophe before it where a spreadsheet may see a formula."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if FORMULA.match(clean) else clean


def as_csv(tables: Tables, about: About) -> bytes:
    """Duties and abilities, with keys for column names and a byte order mark for Excel."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    table = tables.joined
    writer.writerow([*(key for column in table.columns for key in column.keys), "edition"])
    for row in table.rows:
        cells = (
            in_language(cell, tag)
            for column, cell in zip(table.columns, row, strict=True)
            for tag in (TAGS.values() if column.texts else ("",))
        )
        writer.writerow([*(harmless(_lines(cell)) for cell in cells), harmless(about.edition)])
    return made.getvalue().encode("utf-8-sig")


def _lines(content: Cell) -> str:
    return content if isinstance(content, str) else "\n".join(content)


def as_json(tables: Tables, about: About) -> dict[str, Any]:
    """What the tables hold, row by row, for programs; `schema` says of each value what it is."""
    return {
        "$schema": SCHEMA,
        "name": about.name,
        "edition": about.edition,
        "date": about.date.isoformat(),
        "address": tables.address,
        "licence": LICENCE,
    } | {each.key: each.objects() for each in tables.all}


def schema(tables: Tables) -> dict[str, Any]:
    """The JSON Schema of `as_json`."""
    properties: dict[str, Any] = {"$schema": _TEXT, "name": {"$ref": "#/$defs/texts"}}
    properties |= dict.fromkeys(("edition", "date", "address", "licence"), _TEXT)
    for each in tables.all:
        of_rows = _closed({column.key: _value(column) for column in each.columns})
        properties[each.key] = {"title": each.titles["en"], "type": "array", "items": of_rows}
    version = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    kinds = {"texts": _TEXT, "lists": _LIST}
    every = {name: _closed(dict.fromkeys(TAGS.values(), kind)) for name, kind in kinds.items()}
    return version | _closed(properties) | {"$defs": every}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    required = {"required": [*properties], "additionalProperties": False}
    return {"type": "object", "properties": properties} | required


def _value(column: Column) -> dict[str, Any]:
    """What the values of a column are: one text or several, in three languages or in none."""
    kind: dict[str, Any] = _LIST if column.several else _TEXT
    if column.texts:
        kind = {"$ref": f"#/$defs/{'lists' if column.several else 'texts'}"}
    return {"title": column.titles["en"], "description": column.what["en"]} | kind
