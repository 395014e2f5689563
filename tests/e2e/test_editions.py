"""The pages that prints lead to, and the name of the edition on every page."""

from __future__ import annotations

import datetime
import json
import re
from typing import TYPE_CHECKING

import brotli
import pytest
from conftest import ROOT, once, run_in
from e2e.authored import DERIVED, EDITIONS, LANGUAGE_TAGS, LANGUAGES, PAGES, PRINTS, file, url
from e2e.axe import violations
from e2e.built import Built, text_of
from e2e.server import serve_folder
from playwright.sync_api import expect
from test_cases import small_site

from handbook.pages import loader
from handbook.versions import edition_digests, editions
from handbook.versions.prints import fragment
from handbook.views.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

NEWEST = EDITIONS[-1].stem
PRINT = f"e/{NEWEST}/marketing"
MOST_BYTES = 6_000
NAMES = {"zh": "{} 版", "zh-Hans": "{} 版", "en": "Edition {}"}
both_languages = pytest.mark.parametrize("language", LANGUAGE_TAGS)


@pytest.fixture(scope="module")
def plain(site: Path) -> Built:
    return Built(site, "http://plain.example/")


def test_there_is_a_page_for_every_edition_and_every_role_of_it(plain: Built) -> None:
    expected = {
        editions.currency_url(snapshot.edition, role, language) + "index.html"
        for snapshot in editions.snapshots(ROOT)
        for role in (None, *snapshot.roles)
        for language in LANGUAGES
    }
    assert expected == {page for page in plain.pages if re.match(r"(en/|zh-Hans/)?e/", page)}


def test_no_search_engine_is_told_of_them(plain: Built, published_site: Path) -> None:
    for key in PRINTS:
        for language in LANGUAGES:
            (robots,) = plain.pages[file(key, language)].xpath("//meta[@name='robots']/@content")
            assert robots == "noindex"
    sitemap = (published_site / "sitemap.xml").read_text(encoding="utf-8")
    addresses = re.findall(r"<loc>https://handbook.example/base/(.*?)</loc>", sitemap)
    assert set(addresses) >= {url(key, "en") for key in PAGES}
    assert not [address for address in addresses if "e/20" in address]


def test_they_weigh_little_and_ask_for_nothing_more(plain: Built, site: Path) -> None:
    for key in PRINTS:
        for language in LANGUAGES:
            page = file(key, language)
            links = [each for each in plain.links(page) if not each.target.startswith("data:")]
            (sheet,) = (plain.file(link.target) for link in links if link.tag == "link")
            (script,) = (plain.file(link.target) for link in links if link.tag == "script")
            files = [site / name for name in (page, str(sheet), str(script))]
            weight = sum(len(brotli.compress(file.read_bytes())) for file in files)
            assert weight < MOST_BYTES, page
            assert {link.tag for link in links} == {"a", "link", "script"}, page


@both_languages
def test_every_page_names_the_edition_at_its_foot(plain: Built, language: str) -> None:
    name = NAMES[language].format(NEWEST)
    for key in (*PAGES, *(key for key in DERIVED if key not in PRINTS)):
        (link,) = [
            link
            for link in plain.links(file(key, language), "//footer")
            if plain.file(link.target) == file("changes", language)
            and "hb-order" not in link.element.get("class", "")
        ]
        assert text_of(link.element).startswith(name), key


@both_languages
def test_the_change_log_leads_to_every_edition(plain: Built, language: str) -> None:
    links = plain.links(file("changes", language), "//main")
    led = {plain.file(link.target) for link in links}
    assert led >= {file(f"e/{edition.stem}", language) for edition in EDITIONS}


@both_languages
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_they_are_accessible_fit_a_phone_and_need_no_script(
    new_page: Callable[..., Page], server: str, language: str, scheme: str
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    for key in (f"e/{NEWEST}", PRINT):
        page.goto(server + url(key, language))
        assert violations(page) == []
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == 320
        ground = {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 25, 29)"}[scheme]
        expect(page.locator("body")).to_have_css("background-color", ground)


# ---- A small handbook that has changed since its first edition

EDITS = {
    "docs/zh/roles/marketing.md": [
        ("- 監控投放", "- 每日監控投放"),
        ("## 能力要求", "### 3.3 直播推廣\n\n接觸新用戶。\n\n- 策劃直播\n\n## 能力要求"),
    ],
    "docs/en/roles/marketing.md": [
        ("- Monitor the", "- Monitor daily the"),
        (
            "## Ability requirements",
            "### 3.3 Live & direct\n\nReaches users.\n\n- Plan\n\n## Ability requirements",
        ),
    ],
    "docs/zh/roles/after-sales.md": [("- 統計退貨率", "- 計算退貨率")],
}
LOG = {
    "zh": (
        "# 版本與修改\n\n每一版改了甚麼。\n\n## 2026.12 {{ #edition-2026-12 }}\n\n"
        "### 市場推廣 {{ #edition-2026-12-marketing }}\n\n"
        "- **職責增減**：3.3 直播推廣\n- **含義有變**：3.2 廣告投放：每日監控，以「點擊率」為準\n\n"
        "### 售後服務管理 {{ #edition-2026-12-after-sales }}\n\n- **只改措辭**：8.1\n\n{}"
    ),
    "en": (
        "# Changes\n\nWhat changed.\n\n## 2026.12 {{ #edition-2026-12 }}\n\n"
        "### Marketing {{ #edition-2026-12-marketing }}\n\n"
        "- **Duty added or removed**: 3.3 Live promotion\n"
        "- **Meaning changed**: 3.2 Ad placement: daily, if `CTR` < 1\n\n"
        "### After-sales service {{ #edition-2026-12-after-sales }}\n\n"
        "- **Wording only**: 8.1\n\n{}"
    ),
}
BESIDE = {
    "docs/exercises.yml": """\
counting:
  duty: "8.1"
  also: "3.2"
  zh: {question: 退貨率怎樣看？, answer: 統計之後找原因。}
  en: {question: How do you read the return rate?, answer: "Count first, then find the causes."}
""",
    "docs/zh/glossary.md": "# 詞彙表\n\n各個詞的意思。\n",
    "docs/en/glossary.md": "# Glossary\n\nWhat the terms mean.\n",
}
LAST = (
    ("docs/exercises.yml", "統計之後找原因", "統計之後逐一找原因"),
    ("docs/vocabulary.yml", "售出商品中被退回的比例", "售出商品中被用戶退回的比例"),
    ("docs/zh/overview.md", "## 各領域 {", "## 各個領域 {"),
)
CHANGED = "{} since edition 2026.11 of 22 November 2026. Use the {} now."
PLUS = (
    "If your print says 2026.11+, it was made after the edition and may already have some of "
    "these changes."
)
FIRST = {
    "zh": "## 2026.11 { #edition-2026-11 }\n\n第一版。\n",
    "en": "## 2026.11 { #edition-2026-11 }\n\nThe first.\n",
}


@pytest.fixture(scope="module")
def changed_site(shared_tmp: Path) -> Path:
    """The site of a small handbook with two editions, and an edit after the second."""
    return once(shared_tmp / "changed", make_changed) / "site"


def make_changed(folder: Path) -> None:
    small_site(folder)
    for path, text in BESIDE.items():
        (folder / path).write_text(text, encoding="utf-8")
    release(folder, "2026.11")
    held(folder, "2026.11")
    for path, pairs in EDITS.items():
        for old, new in pairs:
            replace(folder / path, old, new)
            held(folder, new.splitlines()[0])
    release(folder, "2026.12")
    for language, text in LOG.items():
        log = folder / f"docs/{language}/changes.md"
        log.write_text(text.format(FIRST[language]), encoding="utf-8")
    replace(folder / "docs/zh/roles/after-sales.md", "找出問題的根源。", "找出問題的起因。")
    held(folder, "before the rest")
    for path, old, new in LAST:
        replace(folder / path, old, new)
    held(folder, "today")
    result = run_in(folder, "mkdocs", "build", HANDBOOK_DOWNLOADS="0")
    assert result.returncode == 0, result.stderr


def held(folder: Path, state: str) -> None:
    """Note what the prints of a state hold, as the ends of their addresses."""
    handbook = loader.load(folder)
    kept, questions = editions.taken(handbook), Questions(handbook)
    prints = {
        f"{role or 'book'} {'+'.join(languages)}": fragment(
            kept, languages, role, questions.quoted(role) if role else ()
        )
        for role in (None, "marketing", "after-sales")
        for languages in (["zh"], ["en"], ["zh", "en"])
    }
    prints["older pack"] = fragment(kept, ["en"], "after-sales")
    path = folder / "held.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps(known | {state: prints}, ensure_ascii=False), "utf-8")


def release(folder: Path, name: str) -> None:
    path = folder / editions.FOLDER / f"{name}.tsv"
    path.parent.mkdir(exist_ok=True)
    text = editions.written(name, datetime.date(2026, 11, 22), editions.taken(loader.load(folder)))
    path.write_text(text, encoding="utf-8")
    edition_digests.record(folder, name)


def replace(page: Path, old: str, new: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    page.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def changed(changed_site: Path) -> Built:
    return Built(changed_site, "http://plain.example/")


def told(changed: Built, key: str, language: str) -> list[str]:
    """Every line of the page's text, as it is read."""
    (main,) = changed.pages[file(key, language)].xpath("//main")
    lines = main.xpath(
        "./*[not(@hidden)]/descendant-or-self::*[self::h1 or self::h2 or self::p or self::li]"
    )
    return [text_of(line) for line in lines]


def test_a_duty_that_changed_is_named_with_what_the_log_says(changed: Built) -> None:
    assert told(changed, "e/2026.11/marketing", "en") == [
        "Edition 2026.11 · 22 November 2026",
        "Marketing: is the 2026.11 print still current?",
        "No longer current",
        CHANGED.format("This is what has changed", "page as it is"),
        "Duty added or removed",
        "3.3 Live & direct: added",
        "Meaning changed",
        "3.2 Ad placement and channel management: daily, if CTR < 1",
        PLUS,
    ]
    assert told(changed, "e/2026.11/marketing", "zh-Hans")[2:8] == [
        "已不是最新",
        "以下是 2026.11 版（2026 年 11 月 22 日）之后的修改。请以网页现在的内容为准。",
        "职责增减",
        "3.3 直播推广：新增",
        "含义有变",
        "3.2 广告投放与渠道管理：每日监控，以“点击率”为准",
    ]


@both_languages
def test_what_is_named_leads_to_where_it_stands(changed: Built, language: str) -> None:
    page = file("e/2026.11/marketing", language)
    links = list(changed.links(page, "//section[@id='by-edition']"))
    assert [(changed.file(link.target), link.fragment) for link in links] == [
        (file("roles/marketing", language), "duty-3-3"),
        (file("roles/marketing", language), "duty-3-2"),
    ]
    for link in links:
        assert link.fragment in changed.ids(file("roles/marketing", language))


def test_nothing_and_wording_only_are_told_apart(changed: Built) -> None:
    assert told(changed, "e/2026.12/marketing", "zh")[2:] == [
        "仍是最新",
        "自 2026.12 版（2026 年 11 月 22 日）以來，這個崗位沒有任何修改。",
    ]
    # The Chinese was put in other words; since then its purpose was changed without an entry.
    assert told(changed, "e/2026.11/after-sales", "en")[2:4] == [
        "Still current",
        "Nothing about this role has changed since edition 2026.11 of 22 November 2026.",
    ]
    assert told(changed, "e/2026.12/after-sales", "zh")[2:6] == [
        "已不是最新",
        "以下是 2026.12 版（2026 年 11 月 22 日）之後的修改。請以網頁現在的內容為準。",
        "已改，尚未編入版本",
        "8.1 售後數據分析",
    ]


def test_the_page_of_an_edition_sums_its_roles_up(changed: Built) -> None:
    assert told(changed, "e/2026.11", "en")[2:] == [
        "No longer current",
        CHANGED.format("This is what has changed", "pages as they are"),
        "Role by role",
        "Marketing No longer current: 3.2, 3.3",
        "After-sales service Still current",
        "Where operations fits in Still current",
        "Glossary Still current",
        PLUS,
    ]
    assert told(changed, "e/2026.12", "en")[2] == "Still current"


def test_the_foot_says_that_pages_changed_since_the_edition(changed: Built) -> None:
    for language, said in (
        ("zh", "2026.12 版，其後有修改"),
        ("zh-Hans", "2026.12 版，其后有修改"),
        ("en", "Edition 2026.12, with changes since"),
    ):
        (foot,) = changed.pages[file("index", language)].xpath("//div[@class='md-copyright']/a[1]")
        assert text_of(foot) == said


@pytest.fixture
def changed_server(changed_site: Path) -> Iterator[str]:
    with serve_folder(changed_site) as address:
        yield address


def test_a_reader_of_a_print_gets_to_the_duty_without_scripts(
    new_page: Callable[..., Page], changed_server: str
) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 700})
    page.goto(f"{changed_server}en/e/2026.11/marketing/")
    verdict = page.locator("#by-edition .verdict")
    assert verdict.inner_text().startswith("No longer current")
    page.get_by_role("link", name="3.2 Ad placement").click()
    expect(page.locator("#duty-3-2")).to_be_in_viewport()
    page.goto(f"{changed_server}en/e/2026.11/marketing/")
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{changed_server}e/2026.11/marketing/")


# ---- What the code on a print holds is compared, part by part


@pytest.fixture
def asked(
    new_page: Callable[..., Page], changed_server: str, changed_site: Path
) -> Callable[..., list[str]]:
    """What is seen on the page behind the code of a print of some state, line by line."""
    states = json.loads((changed_site.parent / "held.json").read_text("utf-8"))

    def ask(path: str, state: str, print_of: str) -> list[str]:
        page = new_page(viewport={"width": 390, "height": 700})
        page.goto(f"{changed_server}{path}#{states[state][print_of]}")
        expect(page.locator("#by-edition")).to_be_hidden()
        assert violations(page) == []
        lines = page.locator("#by-print").locator("h2, p, li").all()
        return [" ".join(line.inner_text().split()) for line in lines if line.is_visible()]

    return ask


SAME = [
    "Still current",
    "All that your print holds is what the handbook says today.",
]
QUOTED = "What questions and abilities quote from other pages"
COMPARED = (
    "Your print was compared with the handbook of today, part by part. Where they differ, use the "
    "page as it is now."
)


def test_a_print_of_an_edition_is_compared_part_by_part(asked: Callable[..., list[str]]) -> None:
    assert asked("en/e/2026.11/marketing/", "2026.11", "marketing en") == [
        "No longer current",
        COMPARED,
        "Introduction same as in your print",
        "3.1 Promotion strategy planning same as in your print",
        "3.2 Ad placement and channel management Meaning changed: daily, if CTR < 1",
        "3.3 Live & direct added",
        "Ability requirements same as in your print",
        f"{QUOTED} same as in your print",
    ]


def test_a_print_made_between_editions_is_not_blamed_for_what_it_has(
    asked: Callable[..., list[str]],
) -> None:
    assert asked("en/e/2026.11/marketing/", "- Monitor daily the", "marketing en")[2:] == [
        "Introduction same as in your print",
        "3.1 Promotion strategy planning same as in your print",
        "3.2 Ad placement and channel management same as in your print",
        "3.3 Live & direct added",
        "Ability requirements same as in your print",
        f"{QUOTED} same as in your print",
    ]
    said = asked("en/e/2026.11/marketing/", "today", "marketing en")
    assert said[:2] == SAME
    assert all(line.endswith(" same as in your print") for line in said[2:])


def test_a_duty_of_another_role_that_a_pack_quotes_is_asked_too(
    asked: Callable[..., list[str]],
) -> None:
    page = "en/e/2026.11/after-sales/"
    own = [f"{name} same as in your print" for name in (
        "Introduction", "8.1 After-sales data analysis", "Ability requirements",
        "Exercise: How do you read the return rate?",
    )]  # fmt: skip
    assert asked(page, "2026.11", "after-sales en") == [
        "No longer current",
        COMPARED,
        *own,
        f"{QUOTED} not as in your print, changed or added since",
    ]
    said = [*SAME, *own, f"{QUOTED} same as in your print"]
    assert asked(page, "today", "after-sales en") == said
    assert asked(page, "2026.11", "older pack") == said[:-1]  # it has no number for this


def test_an_exercise_a_definition_and_the_overview_are_asked_too(
    asked: Callable[..., list[str]],
) -> None:
    assert asked("e/2026.12/after-sales/", "before the rest", "after-sales zh") == [
        "已不是最新",
        "這份列印本已與手冊現在的內容逐項比較。不同之處，請以網頁現在的內容為準。",
        "簡介 與列印本相同",
        "8.1 售後數據分析 與列印本相同",
        "能力要求 與列印本相同",
        "練習：退貨率怎樣看？ 已改，尚未編入版本",
        "題目和能力要求引用的其他頁面內容 與列印本相同",
    ]
    assert asked("e/2026.12/", "before the rest", "book zh") == [
        "已不是最新",
        "這份列印本已與手冊現在的內容逐項比較。不同之處，請以網頁現在的內容為準。",
        "市場推廣 仍是最新",
        "售後服務管理 仍是最新",
        "整體定位 已不是最新",
        "各個領域 已改，尚未編入版本",
        "詞彙表 已不是最新",
        "退貨率 已改，尚未編入版本",
    ]


def test_the_book_and_the_bilingual_book_are_asked_as_well(
    asked: Callable[..., list[str]],
) -> None:
    assert asked("en/e/2026.11/", "today", "book en")[:2] == SAME
    said = asked("en/e/2026.11/", "2026.11", "book en")
    assert said[2:] == [
        "Marketing No longer current",
        "3.2 Ad placement and channel management Meaning changed: daily, if CTR < 1",
        "3.3 Live & direct added",
        "After-sales service Still current",
        "Where operations fits in Still current",
        "Glossary Still current",
    ]
    assert asked("e/2026.12/", "today", "book zh+en")[0] == "仍是最新"
    both = asked("e/2026.12/", "before the rest", "book zh+en")
    assert "整體定位 已不是最新" in both
    assert "售後服務管理 仍是最新" in both


def test_an_address_with_other_words_behind_it_is_answered_by_edition(
    new_page: Callable[..., Page], changed_server: str
) -> None:
    page = new_page()
    for end in ("", "#top", "#1", "#112345", "#9123456", "#1<b>23456"):
        page.goto("about:blank")
        page.goto(f"{changed_server}en/e/2026.11/marketing/{end}")
        expect(page.locator("#by-edition .verdict")).to_be_visible()
        expect(page.locator("#by-print")).to_be_hidden()
