"""The handbook as a workbook: a sheet for each table in each language, to filter, sort and print.

No cell can become a formula, and the same handbook and edition give the same bytes.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from handbook.base.script import simplified
from handbook.base.table import TAGS, Column, Table, Texts, in_both, in_language
from handbook.base.table import Cell as Content
from handbook.base.words import words
from handbook.base.zipped import unzipped, zipped
from handbook.pages.schema import DERIVED
from handbook.views.tables import Tables

FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠']")
"""What a spreadsheet may take for a formula at the beginning of a cell, in East Asia wide too; and
the apostrophe itself, so that whoever takes one away has the text as it was typed."""
_MODIFIED = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*")
AUTHOR = "handbook"

_HIGHEST = 409
"""In points: no program shows a row that is higher."""
_LINE_HEIGHT = 15
_USED = 0.85
"""How much of a column lines fill, as words are not broken and fonts differ."""
_BROADER = 1.3
"""How much more room English takes than Chinese."""
_WIDEST_ON_PAPER = 260
"""In characters: a wider table is printed on A3."""

_HEADER = Font(bold=True, color="FFFFFF")
_HEADER_GROUND = PatternFill("solid", fgColor="8C0F16")
_HEADER_PLACE = Alignment(wrap_text=True, vertical="center")
_PLACE = Alignment(wrap_text=True, vertical="top")
_CENTRE = Alignment(horizontal="center", vertical="top")
_LINE = Border(bottom=Side("thin", color="E0DCD6"))
_LINK = Font(color="2A55A5", underline="single")
_TABLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
_TAB = {"zh-Hant": "8C0F16", "zh-Hans": "C9A227", "en": "2A55A5"}
"""The colours of the sheets' tabs, by language."""


@dataclass(frozen=True, slots=True)
class About:
    """What a data file says of itself: edition, day, lines for the last sheet, its name."""

    edition: str
    date: datetime.date
    lines: Sequence[tuple[str, str]] = ()
    name: Texts = field(default_factory=dict)


def as_workbook(tables: Tables, about: About) -> bytes:
    """A workbook of all tables, with what their columns hold, and what it says of itself."""
    every = [tables.roles, tables.duties, tables.items, tables.abilities, tables.matrix]
    every += [tables.glossary, tables.gone]
    shown = [each for each in every if each.rows]
    sheets = [(_title(each, tag), each, tag) for tag in TAGS.values() for each in shown]
    return workbook(sheets, about, [*_columns(shown)])


def workbook(
    sheets: Iterable[tuple[str, Table, str]],
    about: About,
    columns: Sequence[Sequence[str]] = (),
) -> bytes:
    """A workbook of `sheets`: what each is called, its table, the tag of its language.

    What the `columns` hold and what it says of itself stand on the last sheets. Where that is told
    of columns, those in which nothing stands are left out; else programs expect them all.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, each, tag in sheets:
        _fill(book.create_sheet(title), each, tag, whole=not columns)
    if columns:
        _plain(book.create_sheet(in_both("columns")), columns, (18, 22, 60, 60))
    _plain(book.create_sheet(in_both("about")), about.lines, (28, 90))
    book.properties.creator = AUTHOR
    book.properties.created = datetime.datetime.combine(about.date, datetime.time())
    return _settled(book, about.date)


def _title(table: Table, tag: str) -> str:
    """What a sheet is called: some words are the same in both scripts."""
    script = {"zh-Hant": "traditional", "zh-Hans": "simplified"}.get(tag)
    if not script:
        return table.titles[tag]
    title = words("zh")(f"table.{script}", title=table.titles["zh-Hant"])
    return simplified(title) if tag in DERIVED else title


def _columns(tables: Iterable[Table]) -> Iterable[tuple[str, ...]]:
    """What each column of each table holds, in both authored languages."""
    for each in tables:
        for column in each.columns:
            names = "\n".join(dict.fromkeys((column.titles["zh-Hant"], column.titles["en"])))
            yield in_both(each.key), names, column.what["zh-Hant"], column.what["en"]


def _plain(sheet: Worksheet, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """A sheet that is read, not sorted."""
    for line, row in enumerate(rows, start=1):
        for number, text in enumerate(row, start=1):
            _written(sheet, line, number, text).alignment = _PLACE
        sheet.cell(line, 1).font = Font(bold=True)
        sheet.row_dimensions[line].height = _height(zip(row, widths, strict=True))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    _set_up(sheet, sum(widths))


def _written(sheet: Worksheet, line: int, number: int, text: str) -> Cell:
    """The cell of a workbook with `text` in it, as text, whatever it looks like.

    3.10 keeps its nought, and =1+1 is no formula, not even when its cell is edited.
    """
    cell = sheet.cell(line, number, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.quotePrefix = bool(FORMULA.match(text))
    return cell


def _fill(sheet: Worksheet, table: Table, tag: str, *, whole: bool) -> None:
    """A table in one language; unless it is `whole`, without columns in which nothing stands."""
    rows = [[in_language(cell, tag) for cell in row] for row in table.rows]
    kept = [i for i in range(len(table.columns)) if whole or any(row[i] for row in rows)]
    columns = [table.columns[i] for i in kept]
    widths = [round(c.width * _BROADER) if c.texts and tag == "en" else c.width for c in columns]
    for number, column in enumerate(columns, start=1):
        head = _written(sheet, 1, number, column.titles[tag])
        head.font, head.fill, head.alignment = _HEADER, _HEADER_GROUND, _HEADER_PLACE
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    for line, row in enumerate(rows, start=2):
        for number, (column, at) in enumerate(zip(columns, kept, strict=True), start=1):
            content = row[at]
            cell = _written(sheet, line, number, _text(content, column))
            cell.alignment, cell.border = _CENTRE if content == "●" else _PLACE, _LINE
            if column.key == "address" and str(content).startswith(("https:", "http:")):
                cell.hyperlink, cell.font = str(content), _LINK
    for line, shown in enumerate(sheet.iter_rows(values_only=True), start=1):
        height = _height(zip((str(text or "") for text in shown), widths, strict=True))
        sheet.row_dimensions[line].height = height
    sheet.freeze_panes = f"{get_column_letter(1 + _fixed(columns))}2"
    made = ExcelTable(displayName=f"{table.key}_{tag.replace('-', '_')}", ref=sheet.dimensions)
    made.tableStyleInfo = _TABLE
    sheet.add_table(made)
    sheet.sheet_properties.tabColor = _TAB[tag]
    sheet.print_title_rows = "1:1"
    _set_up(sheet, sum(widths))


def _set_up(sheet: Worksheet, width: int) -> None:
    """Print it as broad as a sheet of paper, with its name and the number of each page."""
    sheet.page_setup.orientation = "landscape"
    broad = width > _WIDEST_ON_PAPER
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if broad else sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    if (footer := sheet.oddFooter) is not None:
        footer.left.text, footer.right.text = "&A", "&P / &N"


def _text(content: Content, column: Column) -> str:
    """What a cell says: prose of several lines has a bullet before each, names have commas."""
    if isinstance(content, str):
        return content
    if column.texts:
        return content[0] if len(content) == 1 else "\n".join(f"• {line}" for line in content)
    return words("en")("sign.comma").join(content)


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """How high a row must be for its cells (text, width): not every program works it out itself."""
    lines = (
        sum(max(1, -(-breadth(line) // int(width * _USED))) for line in text.split("\n"))
        for text, width in cells
    )
    return min(_HIGHEST, _LINE_HEIGHT * max(lines) + 4)


def breadth(line: str) -> int:
    """What a line takes up, in Latin characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def _fixed(columns: Sequence[Column]) -> int:
    """How many columns stay in sight: those before the first text in a language."""
    return next(i for i, column in enumerate(columns) if column.texts)


def _settled(book: Workbook, date: datetime.date) -> bytes:
    """The workbook's file without the time at which it was saved."""
    files = unzipped(book.save)
    moment = f"{date.isoformat()}T00:00:00Z".encode()
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + moment, files[core])
    return zipped(files, date)
