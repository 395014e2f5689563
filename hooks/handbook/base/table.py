"""A table whose texts stand in three languages: in columns whose keys end in the language's tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.base.script import simplified
from handbook.base.words import both, words

TAGS = {"zh": "zh-Hant", "zh-Hans": "zh-Hans", "en": "en"}
"""The languages of the site and the tags of their columns."""

Cell = str | tuple[str, ...]
"""A text, or several of which each stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` for programs, `title` for people, `width` in characters."""

    key: str
    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows have a cell for each column."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(
    key: str, title: str, columns: Iterable[Column], rows: Iterable[Mapping[str, Cell]]
) -> Table:
    """The table of `rows`, which give their cells by the column's key; what they lack is empty."""
    columns = tuple(columns)
    cells = tuple(tuple(row.get(column.key, "") for column in columns) for row in rows)
    return Table(key, title, columns, cells)


def in_both(key: str) -> str:
    """A title in both languages, from the catalogue's texts of tables."""
    return " ".join(both(f"table.{key}").values())


def in_three(key: str, titles: Mapping[str, str], width: int) -> Iterator[Column]:
    """The columns of a text in all languages, each named in its own."""
    say, chinese = words("zh"), titles["zh"]
    yield Column(f"{key}_{TAGS['zh']}", say("table.traditional", title=chinese), width)
    simple = simplified(say("table.simplified", title=chinese))
    yield Column(f"{key}_{TAGS['zh-Hans']}", simple, width)
    yield Column(f"{key}_{TAGS['en']}", titles["en"], round(width * 1.3))


def three(key: str, texts: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of `texts` (by authored language) in all languages."""
    chinese = texts["zh"]
    converted = simplified(chinese) if isinstance(chinese, str) else (*map(simplified, chinese),)
    every = {"zh": chinese, "zh-Hans": converted, "en": texts["en"]}
    return {f"{key}_{tag}": every[of] for of, tag in TAGS.items()}
