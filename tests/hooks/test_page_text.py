"""What is added to the body of a page, and in what order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hooks.conftest import Make

from engine.context import build_of, session
from handbook.base.html import fragment
from handbook.site.page.body import number_duties, sign_places
from handbook.versions.parts import Section
from handbook.versions.status import Status


def noted(html: str) -> list[str]:
    return re.findall(r'class="hb-term"[^>]*>([^<]*)<', html)


@pytest.mark.parametrize(
    ("language", "terms", "title"),
    [
        ("en", ["conversion rate", "finance", "Patience"], "Copy the link to {}"),
        ("zh", ["轉化率", "財務", "耐心"], "複製連結：{}"),
        ("zh-Hans", ["轉化率", "財務", "耐心"], "複製連結：{}"),
    ],
)
def test_a_role_page_says_all(make: Make, language: str, terms: list[str], title: str) -> None:
    html = make(language).arranged().rendered().page("roles/marketing").content or ""
    assert 'id="duties"' in html
    assert '<h3 id="duty-3-1"><span class="duty-number">3.1</span> ' in html
    assert 'class="wide duty-terms duty-partners"' in html
    for before, anchor, name in (
        ("</h3>\n", "duty-3-1", "3.1"),
        ("</h2>\n", "abilities", re.findall(r'<h2 id="abilities">(.*?)</h2>', html)[0]),
        ("", "ability-patience", terms[-1]),
    ):
        sign = f'{before}<a class="hb-link" href="#{anchor}" title="{title.format(name)}"></a>'
        assert sign in html
    assert noted(html) == terms


@pytest.mark.parametrize("key", ["roles/marketing", "overview"])
def test_headings_have_no_notes(make: Make, key: str) -> None:
    html = make().arranged().rendered().page(key).content or ""
    headings = re.findall(r"<h[1-6].*?</h[1-6]>", html, re.DOTALL)
    assert any("conversion rate" in heading for heading in headings)
    assert not [heading for heading in headings if "hb-term" in heading]


def test_a_section_that_is_behind_says_so_below_its_heading(make: Make) -> None:
    made = make().arranged()
    source = build_of(made.config).source
    sections = {
        of: Section("marketing", "duty-3-1", of, "x", ("y",), f"docs/{of}/roles/marketing.md", 9)
        for of in ("zh", "en")
    }
    vars(source)["statuses"] = (Status(sections, "ahead", "zh"),)
    sign = r'<a class="hb-link" href="#duty-3-1"[^>]*></a>'  # what copies the heading's address
    notice = rf'<h3 id="duty-3-1">.*?</h3>\s*{sign}\s*<div class="hb-behind"'
    made.rendered()
    assert re.search(notice, made.page("roles/marketing").content or "", re.DOTALL)
    assert "hb-behind" not in (made.page("roles/after-sales").content or "")


def test_only_roles_and_the_overview_have_notes(make: Make, root: object) -> None:
    made = make().arranged()
    source = made.page("index").file
    source.content_string = "# Home\n\nThe conversion rate.\n"
    assert noted(made.rendered().page("index").content or "") == []


def test_pictures_have_their_size(make: Make) -> None:
    html = make().arranged().rendered().page("overview").content or ""
    assert re.search(r'<img [^>]*width="12" height="8">', html)


def test_problems_stand_first_and_only_while_serving(make: Make, root: Path) -> None:
    (root / "docs/redirects.yml").write_text("roles/x: roles/y\n", "utf-8")
    for session.serving in (True, False):
        made = make().arranged().rendered()
        told = {
            key: (made.page(key).content or "").startswith('<div class="admonition failure')
            for key in ("overview", "index", "roles/marketing")
        }
        # That in the picture on its page; that of no page at home.
        expected = {"overview": True, "index": True, "roles/marketing": False}
        assert told == (expected if session.serving else dict.fromkeys(told, False))


def test_extensions_are_added_once(make: Make) -> None:
    made = make()
    before = [*made.config.markdown_extensions]
    made.config.plugins.on_config(made.config)
    assert made.config.markdown_extensions == before


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<h3 id="duty-3-1">3.1 A <em>b</em></h3>', '<span class="duty-number">3.1</span> A <em>'),
        ('<h3 id="duty-3-1"> 3.1  A</h3>', '<span class="duty-number">3.1</span> A</h3>'),
        ('<h3 id="duty-3-1">3.2 A</h3>', '<h3 id="duty-3-1">3.2 A</h3>'),
        ('<h3 id="other">3.1 A</h3>', '<h3 id="other">3.1 A</h3>'),
    ],
)
def test_the_number_of_a_duty_stands_apart(html: str, made: str) -> None:
    assert made in changed(html, number_duties)


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<ul><li id="ability-a"><p>A SIGN</p><p>B</p></li></ul>', "AB"),
        ('<ul><li id="ability-a">A SIGN<ul><li>B</li></ul></li></ul>', "AB"),
        ('<ul><li id="ability-a"><strong>A</strong>: b SIGN</li><li>C</li></ul>', "A"),
        ('<h2 id="a">A <em>b</em></h2> SIGN<p>C</p>', "A b"),
        ('<h3 id="duty-3-1"><span class="duty-number">3.1</span> A</h3> SIGN', "3.1"),
        ('<h1 id="top">A</h1><h2>B</h2>', ""),
    ],
)
def test_a_place_has_the_link_to_it_after_a_heading_and_at_the_end_of_an_ability(
    html: str, name: str
) -> None:
    anchor = re.findall('id="(.*?)"', html)[0]
    sign = f'<a class="hb-link" href="#{anchor}" title="Link: {name}"></a>'
    before = html.replace(" SIGN", "")
    made = changed(before, lambda page: sign_places(page, "Link: {}".format))
    assert made == html.replace(" SIGN", sign)


def changed(html: str, change: object) -> str:
    from handbook.base.html import inner

    body = fragment(html)
    assert callable(change)
    change(body)
    return inner(body)
