"""`rename-role`, `remove-role`, `rename-page`: before, command, after, and the check is green."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from editing.conftest import History

from handbook.site.redirects import redirects
from handbook.versions.editions import snapshots
from handbook.views.currency import Prints

Begin = Callable[..., History]
NAMES = ("--zh", "市場營銷", "--en", "Market Promotion")


def test_a_renamed_role_takes_all_along(begin: Begin) -> None:
    here = begin()
    here.run("rename-role", "市場推廣", *NAMES)
    assert here.check() == []
    assert here.promises_kept()
    assert not (here.root / "docs/zh/roles/marketing.md").exists()
    page = here.book.pages["en", "roles/market-promotion"]
    assert page.title == "Market Promotion"
    assert "- [市場營銷](roles/market-promotion.md)：" in here.text("zh/overview.md")
    assert "- [Market Promotion](roles/market-promotion.md): " in here.text("en/overview.md")
    assert here.text("redirects.yml").endswith("\nroles/marketing: roles/market-promotion\n")
    assert redirects(here.book)["side-by-side/marketing"] == "side-by-side/market-promotion"
    assert "\nmarketing\t" not in here.text("translation.tsv")
    assert "\nmarket-promotion\tduty-3-2\t" in here.text("translation.tsv")
    assert (
        "### Market Promotion { #unreleased-market-promotion }\n\n"
        "- **Wording only**: Introduction: the role has a new name; it was “Marketing”\n"
    ) in here.text("en/changes.md")
    log = here.text("zh/changes.md")
    assert "- **只改措辭**：簡介：崗位改名，原稱「市場推廣」\n" in log
    assert "{ #unreleased-overview }\n\n- **只改措辭**：主要領域：" in log


def test_a_print_of_the_renamed_role_is_compared_with_its_page(begin: Begin) -> None:
    here = begin()
    before = Prints(snapshots(here.root), here.book, "zh").since("2026.11").role("marketing")
    here.run("rename-role", "3", *NAMES)
    now = Prints(snapshots(here.root), here.book, "zh").since("2026.11")
    print_of = now.role("marketing")
    assert (print_of.exists, print_of.key) == (True, "roles/market-promotion")
    assert now.new == ()
    renamed = [change.part for change in print_of.changes]
    assert renamed == ["intro", *(c.part for c in before.changes if c.part != "intro")]
    (since,) = [change.since for change in print_of.changes if change.part == "intro"]
    assert since
    assert since.said == ("崗位改名，原稱「市場推廣」",)


def test_its_team_and_what_was_retired_follow(begin: Begin) -> None:
    here = begin()
    here.run("remove-duty", "8.3")
    here.run("rename-role", "after-sales", "--zh", "客戶服務", "--en", "Customer service")
    assert here.check() == []
    assert "\nroles/customer-service#duty-8-3: roles/customer-service\n" in (
        here.text("redirects.yml")
    )
    assert "    role: customer-service\n" in here.text("vocabulary.yml")
    assert here.text("zh/changes.md").count("{ #unreleased-customer-service }") == 1
    assert "unreleased-after-sales" not in here.text("zh/changes.md")


def test_renamed_there_and_back(begin: Begin) -> None:
    here = begin()
    titles = {of: here.book.role_pages[of, "roles/marketing"].title for of in ("zh", "en")}
    here.run("rename-role", "marketing", *NAMES)
    here.run("rename-role", "3", "--zh", titles["zh"], "--en", titles["en"])
    assert here.check() == []
    assert here.text("redirects.yml").endswith("\nroles/market-promotion: roles/marketing\n")


def test_an_edition_after_a_renaming_needs_no_more_words(begin: Begin) -> None:
    here = begin()
    shutil.rmtree(here.root / "docs/editions")
    for language in ("zh", "en"):
        old = "## 2026.11 { #edition-2026-11 }"
        here.edit(f"{language}/changes.md", old, "## 2026.12 { #edition-2026-12 }")
    here.run("edition", "2026.12")
    here.run("rename-role", "3", *NAMES)
    here.run("new-edition", "2027.01")  # as its sisters are called
    assert here.check() == []


def test_a_removed_role_leads_to_another(begin: Begin) -> None:
    here = begin()
    said = here.run("remove-role", "8", "--into", "4")
    assert here.check() == []
    assert here.promises_kept()
    assert "please read them again" in said
    assert not (here.root / "docs/en/roles/after-sales.md").exists()
    assert "\nroles/after-sales: roles/customer-relations\n" in here.text("redirects.yml")
    assert "(roles/customer-relations.md)" in here.text("zh/overview.md")
    assert 'duty: "8.' not in here.text("exercises.yml")
    assert '"8.' not in here.text("vocabulary.yml")
    assert "role: after-sales" not in here.text("vocabulary.yml")
    assert "\nafter-sales\t" not in here.text("translation.tsv")
    assert "- **職責增減**：刪去這個崗位\n" in here.text("zh/changes.md")
    told = Prints(snapshots(here.root), here.book, "en").since("2026.11").role("after-sales")
    assert not told.exists


def test_a_removed_section_is_not_used_again(begin: Begin) -> None:
    here = begin()
    here.run("remove-role", "售後服務管理")
    said = here.run("new-role", "--zh", "直播運營", "--en", "Live Streaming")
    assert "  docs/zh/roles/live-streaming.md\n" in said
    assert here.text("zh/roles/live-streaming.md").startswith("---\nsection: 9\n")
    refused = here.run("new-role", "--zh", "培訓", "--en", "Training", "--section", "8", code=1)
    assert refused == "section 8 is not free, 10 is\n"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("contributing/start", []),
        # Only pages about contributing may quote wrong words, and this one quotes one.
        ("start", ["docs/zh/start.md [wording]"]),
    ],
)
def test_a_renamed_page_takes_its_links_along(begin: Begin, new: str, told: list[str]) -> None:
    here = begin()
    here.run("rename-page", "contributing/first-change", new)
    heads = [line.partition("\n")[0] for line in here.check()]
    assert [f"{head.partition(':')[0]} {head.rpartition(' ')[2]}" for head in heads] == told
    assert here.promises_kept()
    assert here.text("redirects.yml").endswith(f"\ncontributing/first-change: {new}\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("rename-role", "3", "--zh", "數據", "--en", "Data analysis"), (
            "docs/zh/roles/data-analysis.md exists already, "
            "or the name cannot be that of a file\n"
        )),
        (("rename-page", "glossary", "words"), (
            "glossary cannot be called words: the site itself uses it, "
            "or the new name is not like first-change\n"
        )),
        (("rename-page", "roles/marketing", "roles/x"), (
            "A role's page is renamed with rename-role\n"
        )),
        (("rename-page", "guide", "help", "--lang", "zh"), (
            "沒有「guide」這一頁。名稱像 contributing/writing，不寫語言和 .md\n"
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_done_changes_nothing(
    begin: Begin, typed: tuple[str, ...], told: str
) -> None:
    begin().refuses(typed, told)
