"""What readers see where one language has changed and the other has not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, once, run_in
from e2e.axe import violations
from e2e.built import Built
from e2e.server import serve_folder
from lxml.html import HtmlElement
from playwright.sync_api import Page
from test_cases import small_site

from handbook.checks import fix
from handbook.pages.loader import load
from handbook.versions.translation_status import known_statuses

STATUS = "contributing/translation/index.html"


@pytest.fixture(scope="module")
def drifted(shared_tmp: Path) -> Path:
    """The small handbook's site after edits in one language each, one declared in either way."""
    return once(shared_tmp / "drifted", make_drifted) / "site"


def make_drifted(root: Path) -> None:
    small_site(root)
    for language in ("zh", "en"):
        page = f"docs/{language}/contributing/translation.md"
        (root / page).parent.mkdir()
        shutil.copy(ROOT / page, root / page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1793491200")  # 2026-11-01
        fix.write(fix.fix(root), root)
        edit(root / "docs/en/roles/after-sales.md", "Keeps users", "Always keeps users")
        fix.write(fix.fix(root), root)
    edit(root / "docs/zh/roles/marketing.md", "- 分配預算", "- 妥善分配全部預算")
    edit(root / "docs/zh/roles/marketing.md", "section: 3", "section: 3\ntranslate: [duty-3-2]")
    result = run_in(root, "mkdocs", "build", "--strict", HANDBOOK_DOWNLOADS="0")
    assert result.returncode == 0, result.stderr


def edit(page: Path, old: str, new: str) -> None:
    text = page.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    page.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def built(drifted: Path) -> Built:
    return Built(drifted, "http://handbook.example/")


@pytest.fixture(scope="module")
def drifted_server(drifted: Path) -> Iterator[str]:
    with serve_folder(drifted) as address:
        yield address


def notices(page: HtmlElement) -> list[HtmlElement]:
    return [*page.find_class("hb-behind")]


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_note_stands_below_the_duty_that_is_behind(built: Built) -> None:
    (note,) = notices(built.pages["en/roles/marketing/index.html"])
    heading = next(each for each in note.itersiblings(preceding=True) if each.tag != "a")
    assert heading.get("id") == "duty-3-2"
    assert text(note) == (
        "This section has changed in Chinese, and the English has not caught up yet. "
        "What changed in Chinese:妥善分配全部預算"
    )
    (changes,) = note.iter("ul")
    assert changes.get("lang") == "zh-Hant"
    assert [(e.tag, e.text) for e in changes.iter("del", "ins")] == [
        ("ins", "妥善"),
        ("ins", "全部"),
    ]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("roles/after-sales", "這一節的英文版改過，中文版還沒有跟上。英文版的改動："),
        ("zh-Hans/roles/after-sales", "这一节的英文版改过，中文版还没有跟上。英文版的改动："),
    ],
)
def test_note_is_in_the_language_of_its_reader(built: Built, page: str, words: str) -> None:
    (note,) = notices(built.pages[f"{page}/index.html"])
    assert note.getprevious().tag == "h1"
    paragraph, changes = note
    assert text(paragraph) == words
    assert changes.get("lang") == "en"
    assert [(e.tag, e.text) for e in changes.iter("del", "ins")] == [("ins", "Always")]


def test_no_other_page_has_a_note(built: Built) -> None:
    noted = {path for path, page in built.pages.items() if notices(page)}
    assert noted == {
        "en/roles/marketing/index.html",
        "roles/after-sales/index.html",
        "zh-Hans/roles/after-sales/index.html",
    }


@pytest.mark.parametrize(
    ("folder", "behind", "pages"),
    [
        (
            "",
            ["市場推廣：3.2，英文未跟上", "售後服務管理：崗位簡介，中文自 2026-11-01 起未跟上"],
            ["市場推廣：3／4", "售後服務管理：2／3", "整體定位：2／2"],
        ),
        (
            "zh-Hans/",
            ["市场推广：3.2，英文未跟上", "售后服务管理：岗位简介，中文自 2026-11-01 起未跟上"],
            ["市场推广：3／4", "售后服务管理：2／3", "整体定位：2／2"],
        ),
        (
            "en/",
            [
                "Marketing: 3.2, English behind",
                "After-sales service: the introduction, Chinese behind since 2026-11-01",
            ],
            [
                "Marketing: 3 of 4",
                "After-sales service: 2 of 3",
                "Where operations fits in: 2 of 2",
            ],
        ),
    ],
)
def test_state_of_the_translation(
    built: Built, folder: str, behind: list[str], pages: list[str]
) -> None:
    lists = built.pages[f"{folder}{STATUS}"].findall(".//article/ul")
    assert [[text(item) for item in each] for each in lists] == [behind, pages]
    addresses = [link.get("href") for link in lists[0].iter("a")]
    assert [address.partition("roles/")[2] for address in addresses] == [
        "marketing/#duty-3-2",
        "after-sales/#top",
    ]


def test_real_site_says_what_is_so(site: Path) -> None:
    real = Built(site, "http://handbook.example/")
    behind = [each for each in known_statuses(ROOT, load(ROOT)) if each.behind]
    shown = [path for path, page in real.pages.items() for _ in notices(page)]
    assert len(shown) == sum({"zh": 2, "en": 1}[each.behind] for each in behind)
    for folder, words in (("", "現在沒有待翻譯的節。"), ("en/", "Nothing waits for translation.")):
        page = real.pages[f"{folder}{STATUS}"]
        assert (words in text(page)) == (not behind)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_note_is_accessible_and_printed(
    drifted_server: str, new_page: Callable[..., Page], scheme: str
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    for path in ("en/roles/marketing/", "en/contributing/translation/"):
        page.goto(drifted_server + path)
        assert violations(page) == []
    page.goto(f"{drifted_server}en/roles/marketing/")
    page.emulate_media(media="print")
    note = page.locator(".hb-behind")
    assert note.is_visible()
    line = "e => getComputedStyle(e).textDecorationLine"
    assert note.locator("ins").first.evaluate(line) == "underline"
