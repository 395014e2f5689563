"""Where the views stand among the other pages."""

from __future__ import annotations

from dataclasses import replace

from conftest import ROOT

from handbook.pages import loader
from handbook.site.layout import VIEWS
from handbook.site.navigation import Entry, Group, arrange

KEYS = ["index", "overview", "roles/index", "roles/marketing", "about", "contributing/index"]


def test_the_views_follow_the_roles_in_a_group_of_their_own() -> None:
    for language, label in (("zh", "查找與比較"), ("en", "Find and compare")):
        roles = loader.load(ROOT).roles(language)
        arranged = arrange([*KEYS, *VIEWS], roles)
        names = [node.key if isinstance(node, Entry) else node.label for node in arranged]
        assert names == ["index", "overview", "roles", label, "about", "contributing"]
        assert Group(label, "", tuple(map(Entry, VIEWS))) in arranged


def test_without_views_there_is_no_group() -> None:
    arranged = arrange(KEYS, loader.load(ROOT).roles("en"))
    assert [node.label for node in arranged if isinstance(node, Group)] == ["roles", "contributing"]


def test_the_pages_for_contributors_stand_in_the_order_of_use() -> None:
    names = ("editions", "first-change", "more", "reviews", "rules", "translation", "writing")
    keys = ["contributing/index", *(f"contributing/{name}" for name in names)]
    (group,) = arrange(keys, loader.load(ROOT).roles("en"))
    assert isinstance(group, Group)
    assert [node.key.partition("/")[2] for node in group.children if isinstance(node, Entry)] == [
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
