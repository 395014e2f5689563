"""Where the views stand among the other pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT

from handbook.pages import loader
from handbook.site.layout import UNLISTED, VIEWS
from handbook.site.navigation import Group, above, arrange

KEYS = ["index", "overview", "roles/index", "roles/marketing", "about", "contributing/index"]


def test_the_views_follow_the_roles_in_a_group_of_their_own() -> None:
    named = (("zh", "查找與比較", "關於"), ("en", "Find and compare", "About"))
    for language, label, about in named:
        roles = loader.load(ROOT).roles(language)
        arranged = arrange([*KEYS, *VIEWS], roles)
        names = [node if isinstance(node, str) else node.label for node in arranged]
        assert names == ["index", "overview", "roles", label, about]
        assert Group(label, "", tuple(VIEWS)) in arranged


def test_pages_that_only_old_links_lead_to_stand_nowhere() -> None:
    roles = loader.load(ROOT).roles("en")
    assert arrange([*KEYS, *VIEWS, *UNLISTED], roles) == arrange([*KEYS, *VIEWS], roles)


@pytest.mark.parametrize(
    ("key", "pages"),
    [
        ("index", []),
        ("about", ["index"]),
        ("roles/index", ["index"]),
        ("roles/marketing", ["index", "roles/index"]),
        ("side-by-side/marketing", ["index", "roles/index", "roles/marketing"]),
        ("compare/marketing/after-sales", ["index", "compare"]),
        ("who-handles-what/returns", ["index", "who-handles-what"]),
        ("glossary/measures-roi", ["index", "glossary"]),
        ("abilities", ["index", "glossary"]),
        ("contributing/rules", ["index", "contributing/index"]),
        ("e/2026.11", ["index", "changes"]),
        ("e/2026.11/marketing", ["index", "changes", "e/2026.11"]),
        ("of-no-folder/page", ["index"]),
    ],
)
def test_every_page_but_the_home_page_stands_below_others(key: str, pages: list[str]) -> None:
    known = {*KEYS, *VIEWS, *UNLISTED, "changes", "e/2026.11", key}
    assert [*above(key, known)] == pages


def test_without_views_there_is_no_group() -> None:
    arranged = arrange(KEYS, loader.load(ROOT).roles("en"))
    assert [node.label for node in arranged if isinstance(node, Group)] == ["roles", "About"]


def test_the_pages_for_contributors_stand_in_the_order_of_use() -> None:
    names = ("editions", "first-change", "more", "reviews", "rules", "translation", "writing")
    keys = ["contributing/index", *(f"contributing/{name}" for name in names)]
    (about,) = arrange(keys, loader.load(ROOT).roles("en"))
    assert isinstance(about, Group)
    (group,) = about.children
    assert isinstance(group, Group)
    assert [node.partition("/")[2] for node in group.children if isinstance(node, str)] == [
        "index", "first-change", "writing", "rules", "translation", "reviews", "editions", "more",
    ]  # fmt: skip


def test_many_roles_stand_in_groups_of_as_many_as_one_list_may_have() -> None:
    first = loader.load(ROOT).roles("en")[0]
    roles = [replace(first, slug=f"r{n}", section=n) for n in range(1, 51)]
    (group,) = arrange([f"roles/{role.slug}" for role in roles], roles)
    assert isinstance(group, Group)
    ranges = [each for each in group.children if isinstance(each, Group)]
    assert [(each.label, len(each.children)) for each in ranges] == [
        ("1–24", 24), ("25–48", 24), ("49–50", 2),
    ]  # fmt: skip
