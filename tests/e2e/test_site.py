"""The built site, file by file: languages, links, anchors, titles."""

from __future__ import annotations

import json
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest
from e2e.authored import (
    DERIVED,
    LANGUAGE_TAGS,
    LANGUAGES,
    OTHER,
    PAGES,
    ROLES,
    ROOT,
    TERMS,
    TOPICS,
    WRITTEN_IN,
    file,
    url,
)
from e2e.built import Built, text_of

from handbook.site.layout import UNLISTED

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = range(2, 9)
CONTENT = "//div[@data-md-component='content']"
HOME = {"zh": "首頁", "zh-Hans": "首页", "en": "Home"}
both_languages = pytest.mark.parametrize("language", LANGUAGE_TAGS)


@pytest.fixture(scope="module")
def plain(site: Path) -> Built:
    return Built(site, "http://plain.example/")


@pytest.fixture(scope="module")
def published(published_site: Path) -> Built:
    return Built(published_site, "https://handbook.example/base/")


@pytest.fixture(params=["plain", "published"])
def built(request: pytest.FixtureRequest) -> Built:
    built: Built = request.getfixturevalue(request.param)
    return built


def all_pages() -> list[tuple[str, str]]:
    return [(key, language) for key in PAGES for language in LANGUAGE_TAGS]


def every_page() -> list[tuple[str, str]]:
    """Those that are written, and those that are made from them."""
    return all_pages() + [(key, language) for key in DERIVED for language in LANGUAGE_TAGS]


def pages_in(language: str) -> list[str]:
    return [file(key, language) for key in PAGES]


def test_every_authored_page_is_published_and_nothing_else(plain: Built) -> None:
    expected = {file(key, language) for key, language in every_page()}
    assert set(plain.pages) == expected | {"404.html", "zh-Hans/404.html", "en/404.html"}


def test_nothing_but_the_site_is_published(site: Path) -> None:
    downloads = {".apkg", ".csv", ".epub", ".jsonld", ".pdf", ".pptx", ".xlsx", ".xml", ".zip"}
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert kinds - downloads <= {
        ".html",
        ".css",
        ".js",
        ".json",
        ".md",
        ".svg",
        ".png",
        ".map",
        ".xml",
        ".gz",
        ".txt",
    }
    kinds = {path.suffix for path in (site / "downloads").iterdir() if path.is_file()}
    assert kinds <= {".html", ".json", *downloads}


def test_every_page_names_its_language(plain: Built) -> None:
    expected = {file(key, language): LANGUAGE_TAGS[language] for key, language in every_page()}
    expected |= {f"{folder}404.html": LANGUAGE_TAGS[of] for of, folder in LANGUAGES.items()}
    assert {page: tree.get("lang") for page, tree in plain.pages.items()} == expected


def test_every_page_has_one_main_heading_and_a_title_of_its_own(plain: Built) -> None:
    for page, tree in plain.pages.items():
        assert len(tree.xpath("//h1")) == 1, page
    for language in LANGUAGE_TAGS:
        keys = [*PAGES, *DERIVED]
        titles = [plain.pages[file(key, language)].findtext(".//title") for key in keys]
        assert len(set(titles)) == len(keys), titles


def test_every_internal_link_and_anchor_leads_somewhere(built: Built) -> None:
    dead = []
    for page in built.pages:
        for link in built.links(page):
            if link.element.get("rel") == "up":
                continue  # from wherever a 404 page is shown
            target = built.file(link.target)
            if target is None:
                dead.append(f"{page}: no {link.target}")
            elif target.endswith(".html") and link.fragment not in built.anchors(target):
                dead.append(f"{page}: no #{link.fragment} in {target}")
    assert not dead, "\n".join(dead)


def test_no_page_loads_anything_from_another_host(built: Built) -> None:
    elsewhere = [
        f"{page}: {link.tag} {link.target}"
        for page in built.pages
        for link in built.links(page)
        if built.file(link.target) == "" and link.tag != "a" and not link.target.startswith("data:")
    ]
    assert not elsewhere, "\n".join(elsewhere)


@both_languages
def test_navigation_names_pages_as_they_name_themselves(plain: Built, language: str) -> None:
    named = {
        (plain.file(link.target), text_of(link.element))
        for key in PAGES
        for link in plain.links(file(key, language), "//nav[@id='hb-nav']")
    }
    home = file("index", language)
    listed = {*pages_in(language)} - {file(key, language) for key in UNLISTED} - {home}
    assert named == {(page, plain.heading(page)) for page in listed} | {(home, HOME[language])}


@both_languages
def test_home_leads_to_every_role_in_one_click(plain: Built, language: str) -> None:
    home = file("index", language)
    targets = {plain.file(link.target) for link in plain.links(home, CONTENT)}
    assert targets >= {file(role, language) for role in ROLES}


@both_languages
def test_every_duty_has_its_public_anchor(plain: Built, language: str) -> None:
    found = {
        anchor: text_of(plain.pages[page].get_element_by_id(anchor))
        for page in (file(role, language) for role in ROLES)
        for anchor in plain.ids(page)
        if anchor.startswith("duty-")
    }
    expected = {f"duty-{section}-{n}" for section in SECTIONS for n in range(1, 6)}
    assert set(found) >= expected
    for anchor, heading in found.items():
        number = anchor.removeprefix("duty-").replace("-", ".")
        assert heading.startswith(f"{number} "), (anchor, heading)


@both_languages
def test_every_heading_with_an_address_has_a_link_to_copy_beside_it(
    plain: Built, language: str
) -> None:
    name = {"zh": "複製連結：", "zh-Hans": "复制链接：", "en": "Copy the link to "}[language]
    for key in PAGES:
        page, ids = plain.pages[file(key, language)], plain.ids(file(key, language))
        assert not page.xpath("//article//*[self::h1 or self::h2 or self::h3]//a[@class='hb-link']")
        assert not page.xpath("//article//*[self::h1 or self::h2 or self::h3][contains(., '¶')]")
        for link in page.xpath("//article//a[@class='hb-link']"):
            assert link.get("title").startswith(name), key
            assert link.get("href").removeprefix("#") in ids, key
            assert not link.text_content(), key
    for key in ROLES:
        page = plain.pages[file(key, language)]
        for place in page.xpath("//article//*[self::h2 or self::h3][@id]"):
            (link,) = place.xpath("following-sibling::*[1][@class='hb-link']")
            assert link.get("href") == f"#{place.get('id')}", key
        for place in page.xpath("//article//li[starts-with(@id, 'ability-')]"):
            (link,) = place.xpath(".//a[@class='hb-link']")
            assert link.get("href") == f"#{place.get('id')}", key


def test_role_pages_have_the_same_anchors_in_every_language(plain: Built) -> None:
    for role in ROLES:
        anchors = {
            language: {
                anchor
                for anchor in plain.ids(file(role, language))
                if anchor.startswith(("duty-", "ability-"))
            }
            for language in LANGUAGE_TAGS
        }
        assert anchors["zh"] == anchors["zh-Hans"] == anchors["en"], role
        assert any(anchor.startswith("ability-") for anchor in anchors["zh"]), role
        for language in LANGUAGE_TAGS:
            assert {"duties", "abilities"} <= plain.ids(file(role, language)), role


def test_sections_have_the_same_anchors_in_every_language(plain: Built) -> None:
    levels = "//article//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]/@id"
    for key in PAGES:
        anchors = {language: plain.pages[file(key, language)].xpath(levels) for language in OTHER}
        assert anchors["zh"] == anchors["zh-Hans"] == anchors["en"], key
        assert not [anchor for anchor in anchors["zh"] if str(anchor).startswith("_")], key


def test_every_page_links_to_itself_in_the_other_languages(built: Built) -> None:
    for key, language in every_page():
        page = file(key, language)
        links = {
            link.element.get("hreflang"): built.file(link.target)
            for link in built.links(page)
            if link.tag == "a" and link.element.get("hreflang")
        }
        for other in set(LANGUAGE_TAGS) - {language}:
            assert links.get(LANGUAGE_TAGS[other]) == file(key, other), page


def test_the_404_pages_lead_home_and_to_every_role_in_every_language(built: Built) -> None:
    """Without a script too, which would leave one of them: see tests/e2e/test_not_found.py."""
    for folder, language in product(LANGUAGES.values(), LANGUAGE_TAGS):
        page, tag = f"{folder}404.html", LANGUAGE_TAGS[language]
        links = built.links(page, f"//main/*[@lang='{tag}']")
        expected = {file(key, language) for key in ("index", *ROLES)}
        assert {built.file(link.target) for link in links} == expected, page


def test_every_page_can_be_edited_where_it_was_written(published: Built) -> None:
    start = "https://github.com/example/handbook/edit/main/"
    offered = {
        (file(key, language), link.target.removeprefix(start))
        for key, language in all_pages()
        for link in published.links(file(key, language))
        if link.target.startswith(start)
    }
    assert offered == {
        (file(key, language), f"docs/{WRITTEN_IN[language]}/{key}.md")
        for key, language in all_pages()
    }
    assert [source for _, source in offered if not (ROOT / source).is_file()] == []


def test_without_a_repository_no_page_offers_to_be_edited(plain: Built) -> None:
    assert not [page for page in plain.pages if plain.pages[page].xpath("//a[@rel='edit']")]


@both_languages
def test_search_finds_every_page_of_its_language_and_no_other(site: Path, language: str) -> None:
    script = site / LANGUAGES[language] / "search" / "worker.js"
    index = re.search(r'"pages":(\[.*?\])', script.read_text(encoding="utf-8"))
    assert index
    assert set(json.loads(index[1])) == {
        url(key, language) or "./" for key in (*PAGES, *TOPICS, *TERMS)
    }
