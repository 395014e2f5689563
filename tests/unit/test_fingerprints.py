"""Fingerprints: what counts as a change and what does not, and that nothing is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_cases import small_handbook

from handbook.pages import loader
from handbook.versions.fingerprints import fingerprint, words
from handbook.versions.parts import Section, family, sections

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"
SAME = [
    ("分析數據，及時調整。", "分析數據 及時調整"),
    ("KPI（關鍵績效指標）", "KPI (關鍵績效指標)"),
    ("設定 KPI 指標", "設定KPI指標"),
    ("Set a strategy", "Set a\n  strategy."),
    ("Users' needs — first", "users’ needs - first"),
    ("點擊率、ROI", "點擊率、ＲＯＩ"),
    ("Café", "Cafe\u0301"),
    ("上升 10%", "上升 10％"),
]
OTHER = [
    ("分析數據", "分析資料"),
    ("分析數據", "數據分析"),
    ("put on line", "put online"),
    ("上升 10%", "上升 10"),
    ("1.5", "15"),
    ("1.5", "1 5"),
    ("A+", "A"),
    ("¥5", "$5"),
    ("a", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_does_not_count(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_counts(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_fingerprints_that_are_kept_stay_as_they_are() -> None:
    """They stand in files: another result here would call every section changed."""
    assert fingerprint("") == "e3b0c44298fc"
    assert fingerprint("Set a strategy.") == "ac79d4a7cee0"
    assert fingerprint("監控投放過程", "點擊率、轉化率、ROI 上升 1.5%") == "d9d67dcd0323"


def test_words_say_where_they_stand() -> None:
    text = "設定 KPI（1.5%）"
    assert [text[word.start : word.end] for word in words(text)] == ["設", "定", "KPI", "1.5", "%"]


@given(st.lists(st.text(max_size=20), max_size=5))
def test_how_a_text_is_divided_does_not_count(texts: list[str]) -> None:
    assert fingerprint(*texts) == fingerprint("\n".join(texts))


@given(st.text(max_size=40))
def test_any_text_has_a_fingerprint_and_the_words_of_it_the_same(text: str) -> None:
    assert fingerprint(text) == fingerprint(*(text[word.start : word.end] for word in words(text)))


def read(folder: Path) -> dict[tuple[str, str, str], Section]:
    every = sections(loader.load(folder)).items()
    return {(*at, of): section for at, own in every for of, section in own.items()}


def changed(folder: Path, path: str, old: str, new: str) -> set[tuple[str, str, str]]:
    """The sections whose fingerprints differ once `old` reads `new`."""
    before = read(folder)
    page = folder / path
    text = page.read_text("utf-8")
    assert text.count(old) == 1
    page.write_text(text.replace(old, new), "utf-8")
    after = read(folder)
    prints = [{key: s.fingerprint for key, s in each.items()} for each in (before, after)]
    return {key for key in before.keys() | after.keys() if prints[0].get(key) != prints[1].get(key)}


def test_every_role_has_its_sections_in_the_order_of_the_handbook(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    found = read(tmp_path)
    parts = {
        "marketing": ["intro", "duty-3-1", "duty-3-2", "abilities"],
        "after-sales": ["intro", "duty-8-1", "abilities"],
        "overview": ["page", "section-areas"],
        "glossary": [
            "term-abilities-communication",
            "term-abilities-data-analysis",
            "term-abilities-patience",
            "term-measures-conversion-rate",
            "term-measures-return-rate",
            "term-partners-suppliers",
            "term-tools-sql",
        ],
    }
    assert list(found) == [
        (role, part, language)
        for role, own in parts.items()
        for part in own
        for language in ("zh", "en")
    ]
    duty = found["marketing", "duty-3-2", "en"]
    assert (duty.number, duty.name) == ("3.2", "Ad placement and channel management")
    assert (duty.path, duty.line) == (EN, 20)
    assert duty.texts == (
        "Makes good use of the budget.",
        "Allocate the budget",
        "Monitor the placements",
        "Measures: conversion rate",
        "Works with: suppliers",
    )
    intro = found["marketing", "intro", "en"]
    assert (intro.name, intro.line, intro.number) == ("Marketing", 5, "")
    assert intro.texts == ("Brings traffic to the platform.",)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("Brings traffic", "Draws traffic", "intro"),
        ("# Marketing", "# Marketing team", "intro"),
        ("3.1 Promotion strategy planning", "3.1 Planning", "duty-3-1"),
        ("a holiday sale", "a sale", "duty-3-1"),
        ("- Choose the channels\n", "- Choose the channels\n- Measure\n", "duty-3-1"),
        ("**Works with**: suppliers", "#### More\n\n> quoted", "duty-3-2"),
        ("strong communication", "good communication", "abilities"),
        ("## Duties\n", "## Duties\n\nAll of them.\n", "intro"),
        ("## Ability requirements\n", "## Ability requirements\n\nThese count.\n", "abilities"),
    ],
)
def test_a_change_counts_in_its_section_alone(
    tmp_path: Path, old: str, new: str, part: str
) -> None:
    small_handbook(tmp_path)
    assert changed(tmp_path, EN, old, new) == {("marketing", part, "en")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Brings traffic to", "Brings *traffic*\nto"),
        ("- Set a promotion strategy\n", "* Set a promotion strategy;\n"),
        ("the budget.", "the **budget**"),
        ("conversion rate", "[conversion rate](https://example.org/)"),
        ("section: 3", "section: 3\ndescription: What it is for"),
    ],
)
def test_what_does_not_count_on_a_page(tmp_path: Path, old: str, new: str) -> None:
    small_handbook(tmp_path)
    assert changed(tmp_path, EN, old, new) == set()


def test_every_word_of_the_real_role_pages_is_in_a_section() -> None:
    handbook = loader.load(ROOT)
    found = sections(handbook)
    fixed = {"崗位職責", "Duties"}
    for role in (role for language in ("zh", "en") for role in handbook.roles(language)):
        page = handbook.page(role.language, f"roles/{role.slug}")
        assert page is not None
        seen = [run.text for run in page.runs if run.text not in fixed]
        own = [
            section
            for section in (each[role.language] for each in found.values())
            if (section.role, section.language) == (role.slug, role.language)
            and family(section.part) == "role"
        ]
        counted = sum(len(list(words(text))) for s in own for text in (s.name, *s.texts))
        numbers = len(role.duties)
        assert counted + numbers == len(list(words(" ".join(seen)))), page.path
