"""A table whose texts stand in three languages: each such cell has them by the language's tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from handbook.base.script import simplified
from handbook.base.words import both

TAGS = {"zh": "zh-Hant", "zh-Hans": "zh-Hans", "en": "en"}
"""The languages of the site and their tags."""

Cell = str | tuple[str, ...]
"""A text, or several of which each stands on a line of its own."""
_Cell = TypeVar("_Cell", bound=Cell)
Texts = Mapping[str, str] | Mapping[str, tuple[str, ...]]
"""The same in each language, by tag."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` for programs; its title, and what it holds, by tag; `width` in characters.

    `texts`: its cells are in three languages; `several`: they hold several texts.
    """

    key: str
    titles: Mapping[str, str]
    what: Mapping[str, str]
    width: int
    texts: bool = False
    several: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the columns that it takes where each language has its own."""
        return tuple(f"{self.key}_{tag}" for tag in TAGS.values()) if self.texts else (self.key,)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows have a cell for each column; `titles` by tag."""

    key: str
    titles: Mapping[str, str]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Texts, ...], ...]

    def objects(self) -> list[dict[str, Cell | Texts]]:
        """The rows as programs have them: by the columns' keys."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def table(key: str, columns: Iterable[Column], rows: Iterable[Mapping[str, Cell | Texts]]) -> Table:
    """The table of `rows`, which give their cells by the column's key; what they lack is empty."""
    columns = tuple(columns)
    cells = tuple(tuple(row.get(column.key, "") for column in columns) for row in rows)
    return Table(key, titles(f"table.{key}"), columns, cells)


def column(key: str, width: int, title: str = "", what: str = "") -> Column:
    """A column of texts, with what the catalogue has under its key, or under `title` and `what`."""
    return Column(
        key, titles(f"table.{title or key}"), titles(f"table.what.{what or key}"), width, texts=True
    )


def plain(key: str, width: int, title: str = "", what: str = "") -> Column:
    """A column of what is the same in every language, such as ids."""
    return replace(column(key, width, title, what), texts=False)


def several(column: Column) -> Column:
    """The column, if its cells hold several texts."""
    return replace(column, several=True)


def titles(key: str) -> dict[str, str]:
    """A text of the catalogue, by tag."""
    return three(both(key))


def in_both(key: str) -> str:
    """The same in both languages at once."""
    return " ".join(both(f"table.{key}").values())


def three(texts: Mapping[str, _Cell]) -> dict[str, _Cell]:
    """`texts` (by authored language) in all languages."""
    converted = cast("_Cell", _simplified(texts["zh"]))
    return dict(zip(TAGS.values(), (texts["zh"], converted, texts["en"]), strict=True))


def _simplified(cell: Cell) -> Cell:
    return simplified(cell) if isinstance(cell, str) else tuple(map(simplified, cell))


def in_language(cell: Cell | Texts, tag: str) -> Cell:
    """What of a cell is said in the language with this tag."""
    return cell[tag] if isinstance(cell, Mapping) else cell
