"""What readers find where a duty, a heading or an ability was: on its page, and in prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, copy_repository

from handbook.base.html import fragment, inner
from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.site.page.retired import add_notes, notes
from handbook.site.print.nodes import Setting
from handbook.site.print.parts import page_part
from handbook.site.search.index import Entry, entries
from handbook.versions.editions import snapshots
from handbook.views import Views

MOVED = {
    "roles/marketing#duty-3-7": "roles/content-editing#duty-6-1",
    "roles/marketing#duty-3-3": "roles/marketing",
    "roles/marketing#ability-patience": "roles/marketing#abilities",
    "overview#fields": "overview#areas",
    "overview#teams": "about#limits",
}
REMOVED = {
    "zh": "3.3 內容營銷與品牌建設：2026.11 版之後刪去，這個編號不再使用。",
    "en": (
        "3.3 Content marketing and brand building: removed after edition 2026.11; "
        "the number is not used again."
    ),
}
MOVED_ON = {
    "zh": "3.7：早前移走，這個編號不再使用；現見 {a}6.1 商品描述與內容撰寫</a>。",
    "en": (
        "3.7: moved earlier; the number is not used again. "
        "See {a}6.1 Product descriptions and copywriting</a>."
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real handbook without its duty 3.3."""
    folder = tmp_path_factory.mktemp("retired")
    copy_repository(folder, ("docs", "mkdocs.yml"))
    for language in ("zh", "en"):
        page = folder / f"docs/{language}/roles/marketing.md"
        before, _, rest = page.read_text("utf-8").partition("### 3.3 ")
        page.write_text(f"{before}### 3.4 {rest.partition('### 3.4 ')[2]}", "utf-8")
    lines = "".join(f"{old}: {target}\n" for old, target in MOVED.items())
    (folder / "docs/redirects.yml").write_text(lines, "utf-8")
    return folder


@pytest.fixture(scope="module")
def handbook(root: Path) -> Handbook:
    return load(root)


def body(handbook: Handbook, key: str, language: str, html: str) -> str:
    page = fragment(html)
    made = notes(handbook, snapshots(ROOT))
    add_notes(page, key, language, handbook, made, lambda to: f"/{to}/")
    return inner(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_note_stands_where_the_duty_stood(handbook: Handbook, language: str) -> None:
    html = '<h1 id="top">T</h1><h3 id="duty-3-4">4</h3><p>p</p><h2 id="abilities">A</h2>'
    moved_on = MOVED_ON[language].format(a='<a href="/roles/content-editing/#duty-6-1">')
    assert body(handbook, "roles/marketing", language, html) == (
        '<h1 id="top">T</h1>'
        f'<p id="duty-3-3" class="hb-retired">{REMOVED[language]}</p>'
        '<h3 id="duty-3-4">4</h3><p>p</p>'
        f'<p id="duty-3-7" class="hb-retired">{moved_on}</p>'
        '<h2 id="abilities"><span id="ability-patience"></span>A</h2>'
    )


def test_other_anchors_lead_to_their_place_or_to_its_page(handbook: Handbook) -> None:
    html = '<h1 id="top">T</h1><h2 id="areas"><b>The</b> areas</h2><p>p</p>'
    assert body(handbook, "overview", "en", html) == (
        '<h1 id="top">T</h1><h2 id="areas"><span id="fields"></span><b>The</b> areas</h2><p>p</p>'
        '<p id="teams" class="hb-retired">What stood here is now at '
        '<a href="/about/#limits">What this handbook is not</a>.</p>'
    )


def test_an_edition_that_lacks_the_duty_is_the_one_that_removed_it(handbook: Handbook) -> None:
    kept = snapshots(ROOT)[0]
    without = {place: each for place, each in kept.kept.items() if place[1] != "duty-3-3"}
    newer = replace(kept, edition=replace(kept.edition, name="2026.12"), kept=without)
    made = notes(handbook, (newer, kept))
    assert made["en", "roles/marketing", "duty-3-3"] == (
        "<p>3.3 Content marketing and brand building: removed in edition 2026.12; "
        "the number is not used again.</p>"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_prints_say_it_in_its_place(handbook: Handbook, language: str) -> None:
    gone = notes(handbook, snapshots(ROOT))
    setting = Setting(language, f"docs/{language}", frozenset(), lambda *_: "", notices=gone)
    page = handbook.pages[language, "roles/marketing"]
    part = page_part(page, setting, handbook.role_pages[language, "roles/marketing"])
    said = {
        section["number"] or section["label"]: [b for b in section["blocks"] if b["t"] == "quote"]
        for section in part["sections"]
    }
    assert said.pop("3.2") == [{"t": "quote", "c": [{"t": "p", "c": [REMOVED[language]]}]}]
    assert "3.7" in str(said.pop("3.5"))
    assert not any(said.values())


def test_the_search_leads_from_the_number_to_the_note(handbook: Handbook) -> None:
    found = list(entries(handbook, "en", notes(handbook, snapshots(ROOT))))
    note = REMOVED["en"].removeprefix("3.3 ")
    gone = [each for each in found if each.number == "3.3"]
    assert gone == [Entry("duty", "roles/marketing", "duty-3-3", note, "3.3", "Marketing")]
    (moved,) = (each for each in found if each.number == "3.7")
    assert moved.title == (
        "moved earlier; the number is not used again. See 6.1 Product descriptions and copywriting."
    )


def test_side_by_side_it_stands_in_its_place_in_both_languages(handbook: Handbook) -> None:
    columns = Views(handbook, "en", notes(handbook, snapshots(ROOT))).side_by_side("marketing")
    for column in columns:
        assert [*column.duties] == [f"duty-3-{n}" for n in (1, 2, 3, 4, 5, 7)]
        removed = f'<p class="hb-retired">{REMOVED[column.role.language]}</p>'
        assert column.duties["duty-3-3"] == removed
