"""Which files and pages a language has, in what order, and which template makes each."""

from __future__ import annotations

import pytest
from hooks.conftest import Made, Make
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Section

from engine import i18n
from handbook.site.search.index import SCRIPTS

ORDER = ["index", "overview", "roles/index", "roles/marketing", "roles/after-sales"]


def keys(made: Made) -> list[str]:
    return [i18n.key_of(page.file) for page in made.nav.pages]


@pytest.mark.parametrize("language", ["zh", "zh-Hans", "en"])
def test_the_pages_follow_one_another(make: Make, language: str) -> None:
    made = make(language).arranged()
    assert keys(made) == ORDER
    for before, after in zip(made.nav.pages, made.nav.pages[1:], strict=False):
        assert before.next_page is after
        assert after.previous_page is before
    assert made.nav.pages[0].previous_page is None
    assert made.nav.pages[-1].next_page is None
    assert made.nav.homepage is made.page("index")


def test_roles_stand_below_the_page_that_lists_them(make: Make) -> None:
    made = make("zh").arranged()
    group = made.page("roles/marketing").parent
    assert isinstance(group, Section)
    assert group.title == "崗位"
    assert group.parent is None
    assert [*group.children] == made.nav.pages[2:]
    assert made.page("overview").parent is None


@pytest.mark.parametrize("language", ["zh", "zh-Hans", "en"])
def test_every_language_has_the_pictures(make: Make, language: str) -> None:
    picture = make(language).arranged().files.src_uris["assets/dot.svg"]
    assert picture.url == "assets/dot.svg"


def test_what_feeds_the_build_is_not_published(make: Make) -> None:
    files = make().arranged().files
    for script in SCRIPTS:
        scripts = files.src_uris[f"assets/javascripts/{script}"]
        assert scripts.inclusion is InclusionLevel.EXCLUDED


@pytest.mark.parametrize(
    ("language", "folder"), [("zh", ""), ("zh-Hans", "zh-Hans/"), ("en", "en/")]
)
def test_pages_that_no_one_writes_are_added(make: Make, language: str, folder: str) -> None:
    made = make(language).arranged()
    urls = i18n.urls(made.files)
    assert urls["compare/marketing/after-sales"] == f"{folder}compare/marketing/after-sales/"
    assert urls["side-by-side/marketing"] == f"{folder}side-by-side/marketing/"
    file = next(file for file in made.files if file.url == urls["side-by-side/marketing"])
    assert {locale: each.url for locale, each in i18n.alternates(file).items()} == {
        "zh": "side-by-side/marketing/",
        "zh-Hans": "zh-Hans/side-by-side/marketing/",
        "en": "en/side-by-side/marketing/",
    }
    told = i18n.plugin(made.config).i18n_files_per_language[language]
    assert file in told


@pytest.mark.parametrize("language", ["zh", "zh-Hans", "en"])
def test_pages_that_no_one_writes_follow_one_another_too(make: Make, language: str) -> None:
    made = make(language).arranged()
    first, second = (made.page(f"side-by-side/{slug}") for slug in ("marketing", "after-sales"))
    assert (first.previous_page, first.next_page) == (None, second)
    assert (second.previous_page, second.next_page) == (first, None)
    assert first.parent is made.page("roles/marketing").parent
    pair = made.page("compare/marketing/after-sales")
    assert (pair.previous_page, pair.next_page, pair.parent) == (None, None, None)


def test_only_simplified_falls_back_to_other_pages(make: Make, root: object) -> None:
    for language, falls_back in {"zh": False, "zh-Hans": True, "en": False}.items():
        made = make(language).arranged()
        assert i18n.plugin(made.config).config.fallback_to_default is falls_back


def test_each_kind_of_page_has_its_template(make: Make) -> None:
    made = make().arranged().rendered()
    assert {key: made.page(key).meta["template"] for key in ORDER} == {
        "index": "home.html",
        "overview": "main.html",
        "roles/index": "roles.html",
        "roles/marketing": "role.html",
        "roles/after-sales": "role.html",
    }
    assert made.page("compare/marketing/after-sales").meta["template"] == "views/comparison.html"
