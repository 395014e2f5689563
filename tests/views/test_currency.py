"""Whether a print is still current, over a small handbook and the editions it might have had."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from test_cases import small_handbook

from handbook.pages import loader
from handbook.versions import editions
from handbook.versions.editions import Snapshot
from handbook.views.currency import PageSince, Prints, Since, currency_pages

DUTY = "docs/{}/roles/marketing.md"
HEADS = {
    "zh": "# 版本與修改\n\n每一版改了甚麼。\n\n{}## 2026.11 {{ #edition-2026-11 }}\n\n第一版。\n",
    "en": "# Changes\n\nWhat changed.\n\n{}## 2026.11 {{ #edition-2026-11 }}\n\nThe first.\n",
}


class Story:
    """A handbook whose pages change, of which editions are made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        small_handbook(root)
        self.log("", "")

    def edit(self, language: str, old: str, new: str) -> None:
        page = self.root / DUTY.format(language)
        text = page.read_text("utf-8")
        assert text.count(old) == 1, old
        page.write_text(text.replace(old, new), "utf-8")

    def log(self, zh: str, en: str) -> None:
        """What the logs say above the first edition."""
        for language, entry in (("zh", zh), ("en", en)):
            path = self.root / f"docs/{language}/changes.md"
            path.write_text(HEADS[language].format(entry), "utf-8")

    def release(self, name: str) -> None:
        path = self.root / editions.FOLDER / f"{name}.tsv"
        path.parent.mkdir(exist_ok=True)
        kept = editions.taken(loader.load(self.root))
        path.write_text(editions.written(name, datetime.date(2026, 11, 22), kept), "utf-8")

    @property
    def snapshots(self) -> tuple[Snapshot, ...]:
        return editions.snapshots(self.root)

    def since(self, name: str, language: str = "en") -> Since:
        return Prints(self.snapshots, loader.load(self.root), language).since(name)

    def marketing(self, name: str, language: str = "en") -> list[tuple[str, ...]]:
        """What is told of one role: class, number or part, name, and what the log says."""
        return [
            (since.kind, change.number or change.part, change.name, *since.said)
            for change in self.since(name, language).role("marketing").changes
            if (since := change.since)
        ]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path)
    story.release("2026.11")
    return story


def entry(name: str, *items: str) -> str:
    anchor = f"edition-{name.replace('.', '-')}" if name else "unreleased"
    listed = "\n".join(f"- {item}" for item in items)
    heading = f"## {name or 'Not yet'} {{ #{anchor} }}"
    return f"{heading}\n\n### Marketing {{ #{anchor}-marketing }}\n\n{listed}\n\n"


def test_nothing_changed(story: Story) -> None:
    told = story.since("2026.11")
    assert told.verdict == "current"
    assert [(role.slug, role.verdict) for role in told.roles] == [
        ("marketing", "current"),
        ("after-sales", "current"),
    ]
    assert told.new == ()


def test_what_is_in_no_edition_yet_and_in_no_entry_counts_as_a_change(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    name = "Ad placement and channel management"
    assert story.marketing("2026.11") == [("undescribed", "3.2", name)]
    assert story.since("2026.11").verdict == "changed"
    assert story.since("2026.11").role("after-sales").verdict == "current"


def test_a_print_in_the_other_language_is_still_current(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    assert story.since("2026.11", "zh").verdict == "current"


def test_an_entry_before_the_next_edition_says_how_grave_it_is(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    story.log("", entry("", "**Wording only**: 3.2 Ad placement: a plainer word"))
    name = "Ad placement and channel management"
    assert story.marketing("2026.11") == [("wording", "3.2", name, "a plainer word")]
    assert story.since("2026.11").verdict == "wording"


def test_the_gravest_of_several_editions_counts_and_each_is_told(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    story.release("2026.12")
    story.edit("en", "- Allocate the budget", "- Ask for a budget")
    story.release("2027.01")
    story.log(
        "",
        entry("2027.01", "**Meaning changed**: 3.2: asks for its budget")
        + entry("2026.12", "**Wording only**: 3.2 Ad placement: a plainer word"),
    )
    name = "Ad placement and channel management"
    assert story.marketing("2026.11") == [
        ("meaning", "3.2", name, "asks for its budget", "a plainer word")
    ]
    assert story.marketing("2026.12") == [("meaning", "3.2", name, "asks for its budget")]
    assert story.since("2027.01").verdict == "current"


def test_an_edit_after_an_entry_is_not_covered_by_it(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    story.release("2026.12")
    story.log("", entry("2026.12", "**Wording only**: 3.2"))
    assert story.since("2026.11").verdict == "wording"
    story.edit("en", "- Allocate the budget", "- Ask for a budget")
    assert [kind for kind, *_ in story.marketing("2026.11")] == ["undescribed"]
    assert [kind for kind, *_ in story.marketing("2026.12")] == ["undescribed"]


def test_what_was_changed_back_is_no_change(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    story.release("2026.12")
    story.log("", entry("2026.12", "**Meaning changed**: 3.2"))
    story.edit("en", "- Watch the placements", "- Monitor the placements")
    assert story.since("2026.11").verdict == "current"
    assert story.since("2026.12").verdict == "changed"


def test_an_item_about_the_whole_role_gives_way_to_one_about_a_duty(story: Story) -> None:
    story.edit("en", "- Monitor the placements", "- Watch the placements")
    story.edit("en", "- Choose the channels", "- Choose channels")
    items = "**Wording only**: plainer words", "**Meaning changed**: 3.2: no longer monitors"
    story.log("", entry("", *items))
    assert story.marketing("2026.11") == [
        ("wording", "3.1", "Promotion strategy planning", "plainer words"),
        ("meaning", "3.2", "Ad placement and channel management", "no longer monitors"),
    ]


def test_a_duty_that_came_and_one_that_went(story: Story) -> None:
    text = (story.root / DUTY.format("en")).read_text("utf-8")
    start, end = text.index("### 3.2"), text.index("## Ability")
    moved = text[start:end].replace("### 3.2", "### 3.10")
    story.edit("en", text[start:end], moved)
    went, came = story.since("2026.11").role("marketing").changes
    assert went.since
    assert came.since
    assert (went.number, went.anchor) == ("3.2", "")
    assert (went.since.kind, went.since.is_new) == ("duty", False)
    assert went.name == "Ad placement and channel management"
    assert (came.number, came.anchor) == ("3.10", "duty-3-10")
    assert (came.since.kind, came.since.is_new) == ("duty", True)


def test_introduction_and_abilities_are_told_in_the_order_of_the_page(story: Story) -> None:
    story.edit("zh", "- **溝通**：溝通能力強", "- **溝通**：善於溝通")
    story.edit("zh", "為平台帶來流量。", "為平台引入流量。")
    assert story.marketing("2026.11", "zh") == [
        ("undescribed", "intro", "簡介"),
        ("undescribed", "abilities", "能力要求"),
    ]
    anchors = [change.anchor for change in story.since("2026.11", "zh").role("marketing").changes]
    assert anchors == ["top", "abilities"]


def test_a_role_that_went_keeps_its_page_and_a_new_one_is_named(story: Story) -> None:
    for language in ("zh", "en"):
        folder = story.root / f"docs/{language}/roles"
        (folder / "marketing.md").rename(folder / "promotion.md")
    told = story.since("2026.11")
    assert [(role.slug, role.title, role.exists) for role in told.roles] == [
        ("after-sales", "After-sales service", True),
        ("marketing", "Marketing", False),
    ]
    assert [(role.slug, role.title) for role in told.new] == [("promotion", "Marketing")]
    assert (told.verdict, told.role("marketing").verdict) == ("changed", "changed")
    pages = list(currency_pages(loader.load(story.root), story.snapshots, "zh"))
    assert [(page.key, page.title, page.listed) for page in pages] == [
        ("e/2026.11", "2026.11 版列印本是否仍是最新", False),
        ("e/2026.11/after-sales", "售後服務管理：2026.11 版列印本是否仍是最新", False),
        ("e/2026.11/marketing", "市場推廣：2026.11 版列印本是否仍是最新", False),
    ]


def test_a_new_role_alone_is_a_change() -> None:
    edition = editions.Edition("2026.11", datetime.date(2026, 11, 22))
    assert Since(edition, (), (), (), (), whole=True).verdict == "current"
    new = PageSince(
        "promotion", "roles/promotion", "Promotion", exists=True, known=True,
        now=(), then=(), pack=(), parts=(),
    )  # fmt: skip
    assert Since(edition, (), (), (new,), (), whole=True).verdict == "changed"
