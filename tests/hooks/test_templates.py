"""What templates see: one name, few filters, and pages whose texts are marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import publication
import pytest
from hooks.conftest import Make
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.structure.pages import Page

from engine import context
from engine.context import session
from handbook.site.files.ebook import Built

FILTERS = {
    "capital",
    "day_in_words",
    "first_sentence",
    "from_role_page",
    "on_demand",
}


def test_there_is_one_name_and_few_filters(make: Make) -> None:
    made = make().arranged().rendered()
    plain = made.config.theme.get_env()
    names, filters = {*plain.globals}, {*plain.filters}
    env = made.templates()
    assert {*env.globals} - names == {"site"}
    assert {*env.filters} - filters == FILTERS
    assert env.autoescape is True


@pytest.mark.parametrize(
    ("key", "description"),
    [
        ("index", "The home page."),
        ("roles/marketing", "Marketing looks after sales. It does more."),
        ("roles/index", "All roles."),
    ],
)
def test_every_page_is_described(make: Make, key: str, description: str) -> None:
    made = make().arranged().rendered()
    made.templates()
    assert made.page(key).meta["description"] == description


def test_what_is_html_is_marked(make: Make) -> None:
    made = make().arranged().rendered()
    made.templates()
    page = made.page("roles/marketing")
    assert isinstance(page.content, Markup)
    assert page.title == "Marketing"
    assert not isinstance(page.title, Markup)
    assert isinstance(page.toc.items[0].title, Markup)


@pytest.mark.parametrize(
    ("language", "key", "urls"),
    [
        ("en", "overview", ["overview/", "zh-Hans/overview/", "en/overview/"]),
        ("zh-Hans", "index", ["./", "zh-Hans/", "en/"]),
        ("zh", "compare/marketing/after-sales", [
            "compare/marketing/after-sales/",
            "zh-Hans/compare/marketing/after-sales/",
            "en/compare/marketing/after-sales/",
        ]),
        ("zh", "", ["./", "zh-Hans/", "en/"]),
    ],
)  # fmt: skip
def test_every_page_leads_to_its_translations(
    make: Make, language: str, key: str, urls: list[str]
) -> None:
    made = make(language).arranged().rendered()
    found = site(made).translations(made.page(key) if key else None)
    assert [each.url for each in found] == urls
    assert [each.locale for each in found if each.current] == [language]
    assert [each.words.language for each in found] == ["zh", "zh", "en"]


def test_a_mistake_can_be_reported(make: Make) -> None:
    extra = {"report_url": "https://forms.example/?p={page}&d={duty}"}
    made = make().arranged().rendered()
    made.config.extra.update(extra)
    page: Page = made.page("roles/marketing")
    links = site(made).report_links(page)
    assert [(link.number, link.name) for link in links] == [
        ("", ""), ("3.1", "A better conversion rate"),
    ]  # fmt: skip
    assert links[1].address.startswith("https://forms.example/?p=Marketing%20%28docs%2Fen%2Froles")


def test_there_are_no_downloads_in_a_quick_look(make: Make) -> None:
    assert site(make().arranged().rendered()).downloads is None


@pytest.mark.parametrize("asked", [False, True])
def test_of_many_roles_pdfs_are_made_only_if_asked_for(
    make: Make, root: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    for module in (context, publication):
        monkeypatch.setattr(module, "MOST_PRINTED", 1)
    printed: list[object] = []

    def print_handbook(*given: object) -> list[str]:
        printed.append(given)
        return []

    monkeypatch.setattr(publication, "print_handbook", print_handbook)
    session.downloads, session.prints_all = True, asked
    made = make().arranged().rendered()
    env, page = made.templates(), made.page("overview")
    page.content = Markup('<h1>Files</h1><h2 id="handbook">Books</h2><h2 id="packs">Packs</h2>')
    given = get_context(made.nav, made.files, made.config, page)
    html = env.get_template("downloads.html").render(given)
    assert ("No PDFs were made of so many roles (2):" in html) is not asked
    assert ("downloads/handbook-en.pdf" in html, '.pdf"' in html) == (asked, asked)
    assert "downloads/slides-marketing-en.pptx" in html
    built = Built(root / "site", "")
    publication._write_downloads(context.build_of(made.config), built)
    assert bool(printed) is asked
    assert (root / "site/downloads/handbook.csv").exists()


def test_the_reviews_lead_to_the_pages_in_their_languages(make: Make) -> None:
    made = make("zh-Hans").arranged().rendered()
    its = site(made)
    urls = {(r.role.language, r.role.slug): its.review_url(r) for r in its.reviews}
    assert urls["zh", "marketing"] == "zh-Hans/roles/marketing/"
    assert urls["en", "marketing"] == "en/roles/marketing/"
    assert its.review(made.page("roles/marketing")).role.language == "zh"
    assert its.review(made.page("index")) is None


def test_what_stands_on_a_role_page_leads_on_from_elsewhere(make: Make) -> None:
    made = make().arranged().rendered()
    env = made.templates()
    context = {"page": made.page("side-by-side/marketing")}
    template = env.from_string("{{ html | from_role_page(language) }}")
    for language, address in {"en": "../../overview/", "zh": "../../../overview/"}.items():
        html = Markup('<p><a href="../overview.md">x</a></p>')
        shown = template.render(**context, html=html, language=language)
        assert f'href="{address}"' in shown


def site(made: Any) -> Any:
    return made.templates().globals["site"]


@pytest.mark.parametrize(
    ("language", "given", "name", "description"),
    [
        ("zh", "", "手冊", "手冊的首頁。"),
        ("en", "", "Handbook", "The home page."),
        ("zh", "甲店", "甲店", "手冊的首頁。"),
    ],
)
def test_the_site_is_called_what_its_home_page_is(
    make: Make, language: str, given: str, name: str, description: str
) -> None:
    made = make(language, site_name=given).arranged().rendered()
    made.templates()
    assert (made.config.site_name, made.config.site_description) == (name, description)
