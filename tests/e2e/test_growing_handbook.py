"""A handbook that editors changed: an eighth role, pages renamed, a review that is overdue.

Nothing in Python, style sheets or templates is touched, and all of it is published.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from conftest import PUBLISHED, copy_repository, once, run_in
from e2e.authored import LANGUAGE_TAGS, LANGUAGES, ROLES, file
from e2e.built import Built, text_of
from e2e.server import serve_folder
from search.box import ask, open_search
from unit.test_new_role import fill_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

NEW = "live-streaming"
NAMES = {"zh": "直播運營", "zh-Hans": "直播运营", "en": "Live streaming"}
ROLE, GONE = "marketing", "duty-3-6"
RETIRED = {
    "zh": "3.6：早前刪去，這個編號不再使用。",
    "zh-Hans": "3.6：早前删去，这个编号不再使用。",
    "en": "3.6: removed earlier; the number is not used again.",
}
REDIRECTS = {
    "roles/promotion": "roles/marketing#duty-3-1",
    "side-by-side/promotion": "side-by-side/marketing",
    "compare/promotion/after-sales": "compare/marketing/after-sales",
    "guide/start": "index",
}


@pytest.fixture(scope="module")
def grown(shared_tmp: Path) -> Built:
    """The site of a copy in which editors used the commands they have."""
    return Built(once(shared_tmp / "grown", make_grown) / "site", PUBLISHED["SITE_URL"])


def make_grown(root: Path) -> None:
    copy_repository(root)
    names = ["--zh", NAMES["zh"], "--en", NAMES["en"]]
    assert run_in(root, "handbook", "new-role", NEW, *names).returncode == 0
    assert run_in(root, "mkdocs", "build", "--strict").returncode == 1  # places are still to fill
    fill_in(root, NEW)
    (root / "docs/redirects.yml").write_text(
        "roles/promotion: roles/marketing#duty-3-1\nguide/start: index\n"
        "roles/marketing#duty-3-6: roles/marketing\n",
        "utf-8",
    )
    page = root / "docs/en/roles/marketing.md"
    note = "section: 3\nowner: Marketing <team>\nreviewed: 2020-02-29"
    page.write_text(page.read_text("utf-8").replace("section: 3", note), "utf-8")
    result = run_in(root, "mkdocs", "build", "--strict", HANDBOOK_DOWNLOADS="0", **PUBLISHED)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("language", LANGUAGE_TAGS)
def test_an_eighth_role_is_like_the_seven(grown: Built, language: str) -> None:
    page = file(f"roles/{NEW}", language)
    assert grown.heading(page) == NAMES[language]
    assert {"duties", "duty-9-1", "abilities", "ability-communication"} <= grown.ids(page)
    places = {
        grown.file(link.target)
        for key in ("index", "roles/index", "matrix", "compare", "side-by-side", "glossary")
        for link in grown.links(file(key, language), "//div[@data-md-component='content']")
    }
    assert page in places
    assert {file(f"compare/marketing/{NEW}", language), file(f"side-by-side/{NEW}", language)} <= {
        *grown.pages
    }
    for role in ROLES:
        navigation = "//nav[@id='hb-nav']"
        listed = {grown.file(each.target) for each in grown.links(file(role, language), navigation)}
        assert page in listed


@pytest.mark.parametrize("language", LANGUAGE_TAGS)
@pytest.mark.parametrize(("old", "target"), REDIRECTS.items())
def test_what_was_renamed_leads_on(grown: Built, language: str, old: str, target: str) -> None:
    page = file(old, language)
    tree = grown.pages[page]
    assert tree.get("lang") == LANGUAGE_TAGS[language]
    (refresh,) = tree.xpath("//meta[@http-equiv='refresh']/@content")
    (link,) = grown.links(page, "//body")
    assert urljoin(grown.address_of(page), refresh.partition("url=")[2]) == (
        f"{link.target}#{link.fragment}".rstrip("#")
    )
    new, _, anchor = target.partition("#")
    assert (grown.file(link.target), link.fragment) == (file(new, language), anchor)
    assert tree.xpath("//link[@rel='canonical']/@href") == [link.target]
    assert not tree.xpath("//script")
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("language", LANGUAGE_TAGS)
def test_a_retired_number_leads_to_its_note(grown: Built, page: Page, language: str) -> None:
    for key in (f"roles/{ROLE}", f"side-by-side/{ROLE}"):
        (note,) = grown.pages[file(key, language)].xpath(f"//*[@id='{GONE}'][1]")
        assert RETIRED[language] in text_of(note)
    with serve_folder(grown.folder) as address:
        open_search(page, address + file("index", language).removesuffix("index.html"))
        (answer,) = ask(page, ["3.6"])
        assert answer.places(address, 1) == [
            file(f"roles/{ROLE}", language).replace("index.html", f"#{GONE}")
        ]
        page.goto("about:blank")  # the theme may be on its way still, and the server ends


def test_pages_that_moved_say_so_in_their_language(grown: Built) -> None:
    said = {of: grown.heading(file("guide/start", of)) for of in LANGUAGES}
    assert said == {
        "zh": "這一頁已經移動",
        "zh-Hans": "这一页已经移动",
        "en": "This page has moved",
    }


def test_an_overdue_review_is_said_on_the_page_and_in_the_list(grown: Built) -> None:
    tree = grown.pages[file("roles/marketing", "en")]
    (notice,) = tree.xpath("//div[contains(@class, 'warning')]")
    assert text_of(notice) == (
        "This page was last reviewed on 29 February 2020 and was due for another review by "
        "28 February 2021: some of it may be out of date. If in doubt, ask: Marketing <team>."
    )
    assert not grown.pages[file("roles/marketing", "zh")].xpath(
        "//div[contains(@class, 'warning')]"
    )
    for language, count in {
        "zh": "有 1 頁過期未核對。",
        "zh-Hans": "有 1 页过期未核对。",
        "en": "1 review is overdue.",
    }.items():
        listed = grown.pages[file("contributing/reviews", language)]
        assert listed.xpath("//p[strong]")[0].text_content() == count
        first = listed.xpath("//tbody/tr")[0]
        assert re.match("Marketing ", text_of(first))
        link = first.xpath(".//a")[0]
        target = urljoin(grown.address_of(file("contributing/reviews", language)), link.get("href"))
        assert grown.file(target) == file("roles/marketing", "en")
        assert link.get("lang") == (None if language == "en" else "en")
        assert len(listed.xpath("//tbody/tr")) == 2 * (len(ROLES) + 1)


def test_every_link_of_the_grown_site_leads_somewhere(grown: Built) -> None:
    dead = [
        f"{page}: {link.target}#{link.fragment}"
        for page in grown.pages
        for link in grown.links(page, "//body")
        if (target := grown.file(link.target)) is None
        or (target.endswith(".html") and link.fragment not in grown.anchors(target))
    ]
    assert not dead, "\n".join(dead)
