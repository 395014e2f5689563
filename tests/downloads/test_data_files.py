"""The data files, read back with what a reader's program would read them with."""

from __future__ import annotations

import csv
import io
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from test_cases import small_handbook

from handbook.base.script import simplified
from handbook.pages import loader
from handbook.pages.model import Handbook
from handbook.pages.schema import LABELS
from handbook.site.data_files import About, about, as_csv, as_workbook, harmless
from handbook.views.tables import Tables

if TYPE_CHECKING:
    from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
SITE = "https://handbook.example/base/"
DAY = date(2026, 11, 22)

Rows = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return loader.load(ROOT)


@pytest.fixture(scope="module")
def workbook(handbook: Handbook) -> Workbook:
    made = as_workbook(Tables(handbook, SITE), about(handbook, "2026.11", DAY, SITE))
    return load_workbook(io.BytesIO(made))


def read_csv(handbook: Handbook, address: str = "") -> Rows:
    text = as_csv(Tables(handbook, address), About("2026.11", DAY)).decode("utf-8")
    assert text.startswith("\ufeff")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text[1:], newline=""))}


def read_sheet(workbook: Workbook, name: str) -> Rows:
    """The rows by what stands in their first column; the keys are the titles of the columns."""
    sheet: Any = workbook[name]
    titles, *rows = sheet.iter_rows(values_only=True)
    return {row[0]: dict(zip(titles, row, strict=True)) for row in rows}


@pytest.fixture(scope="module")
def rows(handbook: Handbook) -> Rows:
    return read_csv(handbook, SITE)


def test_every_duty_and_ability_has_a_row_in_order(handbook: Handbook, rows: Rows) -> None:
    roles = handbook.roles("zh")
    assert [*rows] == [
        *(f"{role.slug}/{duty.anchor}" for role in roles for duty in role.duties),
        *(f"{role.slug}/{ability.anchor}" for role in roles for ability in role.abilities),
    ]
    kinds = ["duty"] * sum(len(role.duties) for role in roles)
    assert [row["kind"] for row in rows.values()][: len(kinds) + 1] == [*kinds, "ability"]


def test_a_duty_in_three_languages(rows: Rows) -> None:
    row = rows["marketing/duty-3-2"]
    assert (row["kind"], row["role"], row["number"]) == ("duty", "marketing", "3.2")
    assert row["role_name_zh-Hant"] == "市場推廣"
    assert row["name_zh-Hant"] == "廣告投放與渠道管理"
    assert row["name_zh-Hans"] == "广告投放与渠道管理"
    assert row["name_en"] == "Ad placement and channel management"
    assert row["tasks_en"].split("\n")[0] == (
        "Work with ad platforms and allocate the budget sensibly"
    )
    assert row["measures_zh-Hans"] == "点击率、转化率、ROI"
    assert row["measures_en"] == "click-through rate, conversion rate, ROI"
    assert row["partners_en"] == "ad platforms"
    assert row["address_zh-Hant"] == f"{SITE}roles/marketing/#duty-3-2"
    assert row["address_zh-Hans"] == f"{SITE}zh-Hans/roles/marketing/#duty-3-2"
    assert row["address_en"] == f"{SITE}en/roles/marketing/#duty-3-2"
    assert row["edition"] == "2026.11"


def test_an_ability_in_three_languages(rows: Rows) -> None:
    row = rows["after-sales/ability-adaptability"]
    assert (row["kind"], row["ability"], row["number"]) == ("ability", "adaptability", "")
    assert row["name_en"] == "Adaptability"
    assert row["requirement_zh-Hans"] == "具备应变能力"
    assert row["address_en"].endswith("en/roles/after-sales/#ability-adaptability")


def test_nothing_that_a_duty_says_is_lost(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    for language, extra in (("zh", "另有說明。"), ("en", "There is more.")):
        page = tmp_path / f"docs/{language}/roles/after-sales.md"
        text = page.read_text(encoding="utf-8")
        label = "**指標**" if language == "zh" else "**Measures**"
        page.write_text(
            text.replace(label, f"#### {extra}\n\n1. {extra}2\n\n| {extra}3 |\n|---|\n\n{label}"),
            encoding="utf-8",
        )
    row = read_csv(loader.load(tmp_path))["after-sales/duty-8-1"]
    assert row["purpose_en"] == "Finds the root of problems."
    assert row["tasks_en"] == "Track the return rate"
    assert row["more_en"].split("\n") == ["There is more.", "There is more.2", "There is more.3"]
    assert row["more_zh-Hans"].split("\n") == ["另有说明。", "另有说明。2", "另有说明。3"]


def test_all_words_of_the_pages_are_in_the_workbook(workbook: Workbook, handbook: Handbook) -> None:
    cells = {str(cell) for sheet in workbook for row in sheet.values for cell in row if cell}
    lines = {line.removeprefix("• ") for cell in cells for line in cell.split("\n")}
    for language, shown in (("zh", str), ("zh", simplified), ("en", str)):
        for role in handbook.roles(language):
            for duty in role.duties:
                assert duty.purpose
                texts = [role.title, duty.name, duty.purpose.text, *(t.text for t in duty.tasks)]
                texts += [
                    duty.labelled[label.key].passage.text
                    for label in LABELS
                    if label.key in duty.labelled and not label.group
                ]
                assert {*map(shown, texts)} <= lines


def test_the_sheets_can_be_used_at_once(workbook: Workbook) -> None:
    names = ["職責 Duties", "能力 Abilities", "矩陣 Matrix", "詞彙 Glossary", "說明 About"]
    assert workbook.sheetnames == names
    for name, frozen in zip(names, ["D2", "D2", "B2", "B2"], strict=False):
        sheet: Any = workbook[name]
        assert sheet.freeze_panes == frozen
        assert sheet.auto_filter.ref == sheet.dimensions
        assert {cell.alignment.wrap_text for row in sheet["A1:D3"] for cell in row} == {True}
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert min(widths) >= 8
        assert max(widths) <= 70
        assert None not in [cell.value for cell in sheet[1]]
    assert not [cell.value for cell in workbook[names[0]][1] if "其他" in str(cell.value)]


def test_every_row_is_high_enough_for_what_stands_in_it(workbook: Workbook) -> None:
    sheet: Any = workbook["職責 Duties"]
    for row in sheet.iter_rows():
        most = max(str(cell.value or "").count("\n") + 1 for cell in row)
        assert sheet.row_dimensions[row[0].row].height >= 15 * most
    heights = [sheet.row_dimensions[row].height for row in range(2, sheet.max_row)]
    assert len(set(heights)) > 3


def test_numbers_stay_as_they_are_written(workbook: Workbook) -> None:
    sheet: Any = workbook["職責 Duties"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert read_sheet(workbook, sheet.title)["marketing/duty-3-2"]["編號 No."] == "3.2"


def test_addresses_can_be_followed(workbook: Workbook) -> None:
    sheet: Any = workbook["職責 Duties"]
    links = {cell.value: cell.hyperlink.target for cell in sheet[2] if cell.hyperlink}
    assert [*links] == [*links.values()]
    assert len(links) == 3


def test_the_matrix_says_who_asks_for_what(workbook: Workbook, handbook: Handbook) -> None:
    sheet: Any = workbook["矩陣 Matrix"]
    titles = [cell.value for cell in sheet[1]]
    found = {
        (row[0], titles[at].split("\n")[0])
        for row in sheet.iter_rows(min_row=2, values_only=True)
        for at, mark in enumerate(row)
        if mark == "●"
    }
    assert found == {
        (ability.term.id, role.title) for role in handbook.roles("zh") for ability in role.abilities
    }
    assert titles[4] == "商品運營\n商品运营\nProduct operations"


def test_the_glossary_has_every_term(workbook: Workbook, handbook: Handbook) -> None:
    rows = read_sheet(workbook, "詞彙 Glossary")
    groups = ("abilities", "measures", "partners", "tools", "topics")
    vocabulary: Any = handbook.vocabulary
    terms = {f"{g}/{i}": term for g in groups for i, term in vocabulary.entries(g).items()}
    assert [*rows] == [*terms]
    whose = {"source": "The source", "editors": "The editors"}
    assert [row["Origin"] for row in rows.values()] == [whose[t.origin] for t in terms.values()]
    assert rows["topics/complaints"]["見於 Used in"] == "2.4, 4.3, 8.2"
    assert rows["topics/complaints"]["词条（简体）"] == "投诉"
    assert rows["measures/roi"]["Kind"] == "Measures"
    assert rows["measures/roi"]["Also"] == "return on spend"
    assert rows["measures/traffic"]["Kind"] == "Measures, Topics"
    assert rows["measures/traffic"]["見於 Used in"] == "3.4, 5.1"
    assert rows["measures/roi"]["Address"] == f"{SITE}en/glossary/#measures-roi"


def test_the_last_sheet_says_what_the_file_is(workbook: Workbook) -> None:
    sheet: Any = workbook["說明 About"]
    said = dict(sheet.iter_rows(values_only=True))
    assert said["版本 Edition"] == "2026.11"
    assert said["日期 Date"] == "2026-11-22"
    assert said["網址 Address"] == SITE
    assert "CC BY 4.0" in str(said["授權 Licence"])
    assert str(said["手冊 Handbook"]).split("\n")[0] == "京東電商運營中心崗位手冊"


def test_what_is_not_known_is_left_out(handbook: Handbook) -> None:
    names = [name for name, _ in about(handbook, "", DAY, "").lines]
    assert "版本 Edition" not in names
    assert "網址 Address" not in names


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'"]
)
def test_no_cell_can_become_a_formula(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert harmless(f"1{sign}1") == f"1{sign}1"


def test_a_formula_on_a_page_is_text_in_the_files(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    for language in ("zh", "en"):
        page = tmp_path / f"docs/{language}/roles/after-sales.md"
        text = page.read_text(encoding="utf-8")
        text = text.replace("- 統計退貨率", "- =1+1\n- +2").replace("- Track", "- =1+1\n- +2 ")
        page.write_text(text, encoding="utf-8")
    small = loader.load(tmp_path)
    row = read_csv(small)["after-sales/duty-8-1"]
    assert row["tasks_zh-Hant"] == "'=1+1\n+2"
    book = load_workbook(io.BytesIO(as_workbook(Tables(small), About("=1", DAY, [("a", "=1")]))))
    types = {
        (c.value, c.data_type, bool(c.quotePrefix))
        for s in book
        for line in s.iter_rows()
        for c in line
    }
    assert not [value for value, kind, _ in types if kind == "f"]
    assert ("=1", "s", True) in types


def test_the_same_day_gives_the_same_bytes(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> tuple[bytes, bytes]:
        tables, said = Tables(handbook, SITE), about(handbook, "2026.11", DAY, SITE)
        return as_workbook(tables, said), as_csv(tables, said)

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    time.tzset()
    first = made()
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("LC_ALL", "C")
    time.tzset()
    assert made() == first
    monkeypatch.undo()
    time.tzset()
    properties = load_workbook(io.BytesIO(first[0])).properties
    assert properties.created == properties.modified == datetime(2026, 11, 22)  # noqa: DTZ001
