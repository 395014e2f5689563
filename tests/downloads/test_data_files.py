"""The data files, read back with what a reader's program would read them with."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from openpyxl import load_workbook
from test_cases import small_handbook

from handbook.base.script import simplified
from handbook.pages import loader
from handbook.pages.model import Handbook
from handbook.pages.schema import GROUPS, LABELS
from handbook.site.files.data_files import about, as_csv, as_json, harmless, schema
from handbook.site.files.linked_data import as_linked_data
from handbook.site.files.workbook import About, as_workbook
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
                texts += [passage.text for passage in role.intro]
                texts += [
                    duty.labelled[label.key].passage.text
                    for label in LABELS
                    if label.key in duty.labelled and not label.group
                ]
                assert {*map(shown, texts)} <= lines


def test_each_language_has_sheets_that_can_be_used_at_once(workbook: Workbook) -> None:
    tables = ["roles", "duties", "items", "abilities", "matrix", "glossary"]
    assert workbook.sheetnames == [
        *("崗位（繁體）", "職責（繁體）", "職責細項（繁體）", "能力（繁體）", "矩陣（繁體）"),
        "詞彙（繁體）",
        *("岗位（简体）", "职责（简体）", "职责细项（简体）", "能力（简体）", "矩阵（简体）"),
        "词汇（简体）",
        *("Roles", "Duties", "Duty items", "Abilities", "Matrix", "Glossary"),
        *("欄位 Columns", "說明 About"),
    ]
    names = [f"{each}_{tag}" for tag in ("zh_Hant", "zh_Hans", "en") for each in tables]
    sheets: Any = workbook.worksheets
    for sheet, name, frozen in zip(
        sheets, names, ["C2", "D2", "G2", "D2", "B2", "B2"] * 3, strict=False
    ):
        (made,) = sheet.tables.values()
        assert (made.displayName, made.ref) == (name, sheet.dimensions)
        assert sheet.freeze_panes == frozen
        assert {cell.alignment.wrap_text for row in sheet["A1:B3"] for cell in row} == {True}
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert min(widths) >= 8
        assert max(widths) <= 78
        titles = [str(cell.value) for cell in sheet[1]]  # Excel repairs a table that has two alike
        assert titles == [column.name for column in made.tableColumns]
        assert len({*titles} - {"None"}) == len(titles)
    assert not [cell.value for cell in workbook["Duties"][1] if "More" in str(cell.value)]


def test_every_sheet_is_set_up_for_paper(workbook: Workbook) -> None:
    sheets: Any = workbook.worksheets
    for sheet in sheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")
        assert sheet.print_title_rows == ("$1:$1" if sheet.tables else None)


def test_the_columns_are_explained_in_the_workbook(workbook: Workbook) -> None:
    sheet: Any = workbook["欄位 Columns"]
    rows = [*sheet.iter_rows(values_only=True)]
    assert (
        "職責 Duties",
        "指標\nMeasures",
        "這項職責在這個標籤之後的文字；沒有這個標籤就留空",
        "what the duty says after this label; empty if it has no such label",
    ) in rows
    explained = {(row[0].split(" ")[1], row[1].split("\n")[-1]) for row in rows}
    for name in ("Duties", "Abilities", "Roles", "Glossary"):
        assert {(name, cell.value) for cell in workbook[name][1]} <= explained


def test_each_item_of_a_duty_has_a_row_of_its_own(workbook: Workbook, handbook: Handbook) -> None:
    items = read_sheet(workbook, "Duty items")
    own = [row for row in items.values() if row["Duty ID"] == "marketing/duty-3-2"]
    assert [(row["Kind"], row["Term ID"], row["Text"]) for row in own][3:7] == [
        (
            "Tasks",
            None,
            "Analyse the data from every placement and adjust the placement strategy promptly",
        ),
        ("Measures", "measures/click-through-rate", "click-through rate"),
        ("Measures", "measures/conversion-rate", "conversion rate"),
        ("Measures", "measures/roi", "ROI"),
    ]
    role = handbook.role_pages["en", "roles/marketing"]
    (duty,) = (each for each in role.duties if each.number == "3.2")
    labels = {each.names["en"] for each in LABELS if each.group and each.key in duty.labelled}
    assert labels >= {"Measures", "Works with"}
    assert {row["Kind"] for row in own} == {"Tasks", "Topics", *labels}


def test_the_json_is_what_its_schema_says(handbook: Handbook) -> None:
    retired = {
        (of, "roles/marketing", "duty-3-9"): f"<p>3.9: <a>{of}</a>.</p>" for of in ("zh", "en")
    }
    tables, said = Tables(handbook, SITE, retired), about(handbook, "2026.11", DAY, SITE)
    made, described = json.loads(json.dumps(as_json(tables, said))), schema(tables)
    Draft202012Validator.check_schema(described)
    Draft202012Validator(described).validate(made)
    assert made["name"]["en"] == "JD E-commerce Operations Centre: role handbook"
    duty = next(row for row in made["duties"] if row["id"] == "marketing/duty-3-2")
    assert duty["measures"]["en"] == "click-through rate, conversion rate, ROI"
    assert len(duty["tasks"]["zh-Hans"]) == 4
    assert [(row["id"], row["number"], row["note"]["en"]) for row in made["retired"]] == [
        ("marketing/duty-3-9", "3.9", "3.9: en.")
    ]
    assert as_json(Tables(handbook), About("", DAY))["retired"] == []
    del made["duties"][0]["purpose"]["en"]
    with pytest.raises(ValidationError, match="'en' is a required property"):
        Draft202012Validator(described).validate(made)


@pytest.mark.parametrize("address", [SITE, ""])
def test_the_linked_data_name_all_that_they_refer_to(handbook: Handbook, address: str) -> None:
    graph = as_linked_data(Tables(handbook, address))["@graph"]
    named = {node["@id"]: node for node in graph}
    assert len(named) == len(graph)
    for node in graph:
        for key in ("hasDefinedTerm", "skills", "inDefinedTermSet", "skos:inScheme"):
            known = node.get(key, [])
            assert {*([known] if isinstance(known, str) else known)} <= named.keys()
    base = address or "../"
    role = named[f"{base}roles/marketing/"]
    assert role["@type"] == ["Occupation"]
    assert {"@value": "Ad placement and channel management", "@language": "en"} in (
        role["responsibilities"]
    )
    roi = named[f"{base}glossary/#measures-roi"]
    assert roi["@type"] == ["DefinedTerm", "skos:Concept"]
    assert {"@value": "return on spend", "@language": "en"} in roi["skos:altLabel"]
    assert named[f"{base}roles/marketing/#duty-3-2"]["termCode"] == "3.2"


def test_every_row_is_high_enough_for_what_stands_in_it(workbook: Workbook) -> None:
    sheet: Any = workbook["職責（繁體）"]
    for row in sheet.iter_rows():
        most = max(str(cell.value or "").count("\n") + 1 for cell in row)
        assert sheet.row_dimensions[row[0].row].height >= 15 * most
    heights = [sheet.row_dimensions[row].height for row in range(2, sheet.max_row)]
    assert len(set(heights)) > 3


def test_numbers_stay_as_they_are_written(workbook: Workbook) -> None:
    sheet: Any = workbook["職責（繁體）"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert read_sheet(workbook, sheet.title)["marketing/duty-3-2"]["編號"] == "3.2"


def test_addresses_can_be_followed(workbook: Workbook) -> None:
    for name, folder in (("職責（繁體）", ""), ("职责（简体）", "zh-Hans/"), ("Duties", "en/")):
        links = [(c.value, c.hyperlink.target) for c in workbook[name][2] if c.hyperlink]
        address = f"{SITE}{folder}roles/product-operations/#duty-2-1"
        assert links == [(address, address)]


def test_the_matrix_says_who_asks_for_what(workbook: Workbook, handbook: Handbook) -> None:
    sheet: Any = workbook["矩陣（繁體）"]
    titles = [cell.value for cell in sheet[1]]
    found = {
        (row[0], titles[at])
        for row in sheet.iter_rows(min_row=2, values_only=True)
        for at, mark in enumerate(row)
        if mark == "●"
    }
    assert found == {
        (ability.term.id, role.title) for role in handbook.roles("zh") for ability in role.abilities
    }
    assert workbook["矩阵（简体）"]["C1"].value == "商品运营"


def test_the_glossary_has_every_term(workbook: Workbook, handbook: Handbook) -> None:
    rows = read_sheet(workbook, "Glossary")
    vocabulary: Any = handbook.vocabulary
    terms = {f"{g}/{i}": term for g in GROUPS for i, term in vocabulary.entries(g).items()}
    assert [*rows] == [*terms]
    whose = {"source": "The source", "editors": "The editors"}
    assert [row["Origin"] for row in rows.values()] == [whose[t.origin] for t in terms.values()]
    assert rows["topics/complaints"]["Used in"] == "2.4, 4.3, 8.2"
    assert read_sheet(workbook, "词汇（简体）")["topics/complaints"]["词条"] == "投诉"
    assert rows["measures/roi"]["Kind"] == "Measures"
    assert rows["measures/roi"]["Also"] == "return on spend"
    assert rows["measures/traffic"]["Kind"] == "Measures, Topics"
    assert rows["measures/traffic"]["Used in"] == "3.4, 5.1"
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
