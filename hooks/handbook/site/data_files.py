"""The handbook as data: one CSV, and one workbook with a sheet for each table.

No cell can become a formula, and the same handbook and edition give the same bytes.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handbook.base.table import Cell as Content
from handbook.base.table import Column, Table, in_both
from handbook.base.words import both
from handbook.base.zipped import zipped
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED
from handbook.site.downloads import CSV, WORKBOOK
from handbook.versions.editions import Edition
from handbook.views.tables import Tables

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠']")
"""What a spreadsheet may take for a formula at the beginning of a cell, in East Asia wide too; and
the apostrophe itself, so that whoever takes one away has the text as it was typed."""
_MODIFIED = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*")
_AUTHOR = "handbook"

_LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"

_HIGHEST = 409
"""In points: no program shows a row that is higher."""
_LINE_HEIGHT = 15
_USED = 0.85
"""How much of a column lines fill, as words are not broken and fonts differ."""
_WIDEST_ON_PAPER = 260
"""In characters: a table that is not wider can still be read when it fits the width of a sheet."""

_HEADER = Font(bold=True, color="FFFFFF")
_HEADER_GROUND = PatternFill("solid", fgColor="8C0F16")
_HEADER_PLACE = Alignment(wrap_text=True, vertical="center")
_PLACE = Alignment(wrap_text=True, vertical="top")
_CENTRE = Alignment(horizontal="center", vertical="top")
_LINE = Border(bottom=Side("thin", color="E0DCD6"))
_LINK = Font(color="2A55A5", underline="single")


@dataclass(frozen=True, slots=True)
class About:
    """What a data file says of itself: its edition and day, and lines for the last sheet."""

    edition: str
    date: datetime.date
    lines: Sequence[tuple[str, str]] = ()


def write(handbook: Handbook, edition: Edition, address: str, folder: Path) -> None:
    """Write both files into `folder`; the arguments are those of `about`."""
    tables, said = Tables(handbook, address), about(handbook, edition.label, edition.date, address)
    folder.mkdir(exist_ok=True)
    (folder / CSV).write_bytes(as_csv(tables, said))
    (folder / WORKBOOK).write_bytes(as_workbook(tables, said))


def about(handbook: Handbook, edition: str, date: datetime.date, address: str) -> About:
    """What a data file says of itself; what is not known is left out.

    Args:
        handbook: what the file is made from.
        edition: its name, "" if there is none.
        date: the day of what is built.
        address: the site's.
    """
    titles = (page.title for of in AUTHORED if (page := handbook.page(of, "index")))
    lines = [
        (in_both("handbook"), "\n".join(titles)),
        (in_both("edition"), edition),
        (in_both("date"), date.isoformat()),
        (in_both("address"), address),
        (in_both("licence"), _LICENCE),
        *zip(("ID", ""), both("table.id").values(), strict=True),
    ]
    return About(edition, date, [line for line in lines if line[1]])


def harmless(text: str) -> str:
    """`text` for a CSV, with an apostrophe before it where a spreadsheet may see a formula."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean


def _written(sheet: Worksheet, line: int, number: int, text: str) -> Cell:
    """The cell of a workbook with `text` in it, as text, whatever it looks like.

    3.10 keeps its nought, and =1+1 is no formula, not even when its cell is edited.
    """
    cell = sheet.cell(line, number, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(text))
    return cell


def as_csv(tables: Tables, about: About) -> bytes:
    """Duties and abilities, with keys for column names and a byte order mark for Excel."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    table = tables.joined
    writer.writerow([*(column.key for column in table.columns), "edition"])
    for row in table.rows:
        writer.writerow([*(harmless(_lines(cell)) for cell in row), harmless(about.edition)])
    return made.getvalue().encode("utf-8-sig")


def as_workbook(tables: Tables, about: About) -> bytes:
    """A workbook of all tables, with what it says of itself on the last sheet."""
    every = (tables.duties, tables.abilities, tables.matrix, tables.glossary)
    return workbook(map(_without_empty, every), about)


def workbook(tables: Iterable[Table], about: About) -> bytes:
    """A workbook of `tables`, a sheet each, with what it says of itself on the last sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(book.create_sheet(table.title), table)
    last = book.create_sheet(in_both("about"))
    for line, row in enumerate(about.lines, start=1):
        for number, text in enumerate(row, start=1):
            _written(last, line, number, text)
        last.cell(line, 1).font = Font(bold=True)
        last.row_dimensions[line].height = _height([(row[1], 90)])
        last.cell(line, 2).alignment = _PLACE
    last.column_dimensions["A"].width, last.column_dimensions["B"].width = 28, 90
    book.properties.creator = _AUTHOR
    book.properties.created = datetime.datetime.combine(about.date, datetime.time())
    return _settled(book, about.date)


def _fill(sheet: Worksheet, table: Table) -> None:
    for number, column in enumerate(table.columns, start=1):
        head = _written(sheet, 1, number, column.title)
        head.font, head.fill, head.alignment = _HEADER, _HEADER_GROUND, _HEADER_PLACE
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(table.rows, start=2):
        for number, (column, content) in enumerate(zip(table.columns, row, strict=True), start=1):
            cell = _written(sheet, line, number, _lines(content, "• "))
            cell.alignment, cell.border = _CENTRE if content == "●" else _PLACE, _LINE
            if column.key.startswith("address_") and str(content).startswith(("https:", "http:")):
                cell.hyperlink, cell.font = str(content), _LINK
    widths = [column.width for column in table.columns]
    for line, shown in enumerate(sheet.iter_rows(values_only=True), start=1):
        height = _height(zip((str(text or "") for text in shown), widths, strict=True))
        sheet.row_dimensions[line].height = height
    sheet.freeze_panes = f"{get_column_letter(1 + _fixed(table.columns))}2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    if sum(column.width for column in table.columns) < _WIDEST_ON_PAPER:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """How high a row must be for its cells (text, width): not every program works it out itself."""
    lines = (
        sum(max(1, -(-_breadth(line) // int(width * _USED))) for line in text.split("\n"))
        for text, width in cells
    )
    return min(_HIGHEST, _LINE_HEIGHT * max(lines) + 4)


def _breadth(line: str) -> int:
    """What a line takes up, in Latin characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _fixed(columns: Sequence[Column]) -> int:
    """How many columns stay in sight: those before the first text in a language."""
    return next(i for i, column in enumerate(columns) if "_" in column.key)


def _without_empty(table: Table) -> Table:
    """The table without the columns in which nothing stands."""
    kept = [i for i in range(len(table.columns)) if any(row[i] for row in table.rows)]
    columns = tuple(table.columns[i] for i in kept)
    return Table(
        table.key, table.title, columns, tuple(tuple(row[i] for i in kept) for row in table.rows)
    )


def _lines(content: Content, bullet: str = "") -> str:
    return content if isinstance(content, str) else "\n".join(f"{bullet}{t}" for t in content)


def _settled(book: Workbook, date: datetime.date) -> bytes:
    """The workbook's file without the time at which it was saved."""
    saved = io.BytesIO()
    book.save(saved)
    with ZipFile(saved) as archive:
        files = {name: archive.read(name) for name in _in_order(archive.namelist())}
    moment = f"{date.isoformat()}T00:00:00Z".encode()
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + moment, files[core])
    return zipped(files, date)


def _in_order(names: Iterable[str]) -> list[str]:
    """What the file's content is listed in comes first, as office programs expect it."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
