"""What needs the site's address is there with it, and left out without."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import PUBLISHED
from e2e.authored import ROOTS
from lxml import etree

ADDRESS = PUBLISHED["SITE_URL"]
TAGS = ["zh-Hant", "x-default", "zh-Hans", "en"]
HREFLANG = re.compile(r'<link rel="alternate " hreflang="([\w-]+)" href="([^"]*)">')
GRAPH = re.compile(r'<meta property="og:(\w+)" content="([^"]*)">')
LANGUAGE = re.compile(r'<html lang="([\w-]+)"')


def full_pages(site: Path) -> dict[str, str]:
    """Pages with the whole frame: those of prints, redirects and 404 are not looked for."""
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("index.html"))}
    return {
        path.parent.relative_to(site).as_posix().replace(".", "", 1): text
        for path, text in pages.items()
        if '"__config"' in text
    }


def test_with_an_address_each_page_says_where_it_stands_in_all_languages(
    published_site: Path,
) -> None:
    for folder, text in full_pages(published_site).items():
        own = f"{ADDRESS}{folder}{'/' if folder else ''}"
        assert f'<link rel="canonical" href="{own}">' in text
        alternates = HREFLANG.findall(text)
        assert [tag for tag, _ in alternates] == TAGS, folder
        (tag,) = LANGUAGE.findall(text)
        assert dict(alternates)[tag] == own
        assert dict(alternates)["x-default"] == dict(alternates)["zh-Hant"]
        graph = dict(GRAPH.findall(text))
        assert graph.pop("title")
        picture = f"assets/images/share-{tag}.png"
        assert graph == {"type": "website", "url": own, "image": f"{ADDRESS}{picture}"}
        assert (published_site / picture).is_file()
    for tag, root in ROOTS.items():
        feed = etree.parse(published_site / root / "feed.xml")
        assert feed.findtext("{*}id") == f"{ADDRESS}{root}changes/"
        assert 'href="../feed.xml"' in (published_site / root / "changes/index.html").read_text(
            "utf-8"
        )
        assert feed.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    for url in etree.parse(published_site / "sitemap.xml").iter("{*}url"):
        links = {each.get("hreflang"): each.get("href") for each in url.iter("{*}link")}
        assert [*links] == TAGS
        assert url.findtext("{*}loc") in links.values()


def test_without_an_address_nothing_asks_for_one(site: Path) -> None:
    for folder, text in full_pages(site).items():
        assert not HREFLANG.findall(text) + GRAPH.findall(text), folder
        assert 'rel="canonical"' not in text
        assert "application/atom+xml" not in text
    made = {path.name for path in site.rglob("*.*")}
    assert made.isdisjoint({"feed.xml", "robots.txt", "security.txt", "sitemap.xml"})
    assert not [*site.glob("assets/images/share-*")]
