"""`remove-duty`, `add-duty`, `move-duty`: before, command, after, and the check is green."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from editing.conftest import History

Begin = Callable[..., History]
TO_SEE = (
    "To see the changes: git diff docs. To have docs as it was last committed (without anything "
    "else that is not committed either): git checkout -- docs && git clean -fd docs\n"
)


def test_a_removed_duty_leaves_its_number_retired(begin: Begin) -> None:
    here = begin()
    said = here.run("remove-duty", "3.3")
    assert said == (
        "8 files changed:\n"
        "  docs/en/changes.md\n"
        "  docs/en/roles/marketing.md\n"
        "  docs/exercises.yml\n"
        "  docs/redirects.yml\n"
        "  docs/translation.tsv\n"
        "  docs/vocabulary.yml\n"
        "  docs/zh/changes.md\n"
        "  docs/zh/roles/marketing.md\n"
    )
    assert here.check() == []
    assert here.promises_kept()
    numbers = [duty.number for duty in here.book.role_pages["zh", "roles/marketing"].duties]
    assert numbers == ["3.1", "3.2", "3.4", "3.5"]
    assert "\nroles/marketing#duty-3-3: roles/marketing\n" in here.text("redirects.yml")
    assert "who-handles-what/content-marketing: who-handles-what\n" in here.text("redirects.yml")
    assert '"3.3"' not in here.text("vocabulary.yml")
    assert "marketing\tduty-3-3\t" not in here.text("translation.tsv")
    assert (
        "## 尚未成版 { #unreleased }\n\n### 市場推廣 { #unreleased-marketing }\n\n"
        "- **職責增減**：3.3 內容營銷與品牌建設：刪去\n"
        "- **職責增減**：練習 marketing-content：刪去\n\n"
        "### 這件事誰負責 { #unreleased-who-handles-what }\n\n"
        "- **含義有變**：品牌與口碑：刪「3.3」\n"
        "- **含義有變**：用戶黏性：刪「3.3」\n"
        "- **含義有變**：用戶需求：刪「3.3」\n"
        "- **含義有變**：節日與活動：刪「3.3」\n"
        "- **含義有變**：圖片與視頻：刪「3.3」\n"
        "- **職責增減**：內容營銷：刪去\n\n## 2026.11 {"
    ) in here.text("zh/changes.md")
    assert (
        "- **Duty added or removed**: 3.3 Content marketing and brand building: removed\n"
    ) in here.text("en/changes.md")


def test_where_git_keeps_the_pages_a_command_says_how_to_go_back(begin: Begin) -> None:
    here = begin()
    (here.root / ".git").mkdir()
    assert TO_SEE not in here.run("remove-duty", "3.3", "--dry-run")
    assert here.run("remove-duty", "3.3").endswith(TO_SEE)


def test_one_that_is_merged_leads_to_the_other(begin: Begin) -> None:
    here = begin()
    link = "[3.4](roles/marketing.md#duty-3-4)"
    here.edit("zh/overview.md", "各崗位的職責各有不同", f"見 {link}。各崗位的職責各有不同")
    page = here.text("en/overview.md")
    (here.root / "docs/en/overview.md").write_text(f"{page}\nSee {link}.\n", "utf-8")
    here.run("fix")  # which records that the languages agree
    said = here.run("remove-duty", "3.4", "--into", "5.1", "--lang", "zh")
    assert "以下各行提到它，請再讀一遍：" in said
    assert here.check() == []
    assert "見 [5.1](roles/data-analysis.md#duty-5-1)。" in here.text("zh/overview.md")
    assert "roles/marketing#duty-3-4: roles/data-analysis#duty-5-1\n" in here.text("redirects.yml")
    assert '  duty: "3.4"' not in here.text("exercises.yml")
    both = next(each for each in here.book.exercises if each.id == "marketing-traffic")
    assert both.duties == (("data-analysis", "5.1"),)
    assert "3.4 流量數據分析與優化：刪去，併入 5.1\n" in here.text("zh/changes.md")


def test_a_moved_duty_takes_all_along(begin: Begin) -> None:
    here = begin()
    words = here.text("zh/roles/marketing.md").partition("### 3.3 ")[2].partition("\n### ")[0]
    here.run("move-duty", "3.3", "內容編輯與優化")
    assert here.check() == []
    assert here.promises_kept()
    moved = here.text("zh/roles/content-editing.md").partition("### 6.6 ")[2].partition("\n## ")[0]
    assert moved.strip() == words.strip()
    assert "roles/marketing#duty-3-3: roles/content-editing#duty-6-6\n" in here.text(
        "redirects.yml"
    )
    assert '    duties: ["6.6"]' in here.text("vocabulary.yml")
    line = next(x for x in here.text("translation.tsv").split("\n") if "\tduty-6-6\t" in x)
    assert line.startswith("content-editing\tduty-6-6\t")
    log = here.text("en/changes.md")
    assert "3.3 Content marketing and brand building: moved to 6.6\n" in log
    assert "6.6 Content marketing and brand building: moved here from 3.3\n" in log


def test_within_its_role_it_goes_to_the_end(begin: Begin) -> None:
    here = begin()
    here.run("move-duty", "7.1", "7")
    here.run("move-duty", "3.2", "3")
    assert here.check() == []
    assert '  duty: "2.1"\n  also: "7.6"\n' in here.text("exercises.yml")
    numbers = [duty.number for duty in here.book.role_pages["en", "roles/marketing"].duties]
    assert numbers == ["3.1", "3.3", "3.4", "3.5", "3.6"]
    assert 'duty: "3.6"' in here.text("exercises.yml")


def test_a_new_duty_has_the_number_after_all_there_ever_were(begin: Begin) -> None:
    here = begin()
    here.run("remove-duty", "3.5")
    said = here.run("add-duty", "marketing", "--zh", "直播推廣", "--en", "Live promotion")
    assert "To fill in or correct:\n" in said
    assert {line.rpartition("[")[2] for line in here.check() for line in line.split("\n")[:1]} == {
        "placeholder]"
    }
    for language, name in (("zh", "直播推廣"), ("en", "Live promotion")):
        page = here.text(f"{language}/roles/marketing.md")
        assert f"\n\n### 3.6 {name}\n\n" in page
    here.edit("zh/roles/marketing.md", "這項職責為了甚麼。", "以直播吸引用戶。")
    here.edit("zh/roles/marketing.md", "- 做甚麼", "- 策劃直播")
    here.edit("en/roles/marketing.md", "What the duty is for.", "Attracts users with live streams.")
    here.edit("en/roles/marketing.md", "- What to do", "- Plan live streams")
    assert [line for line in here.check() if "translation-unrecorded" not in line] == []
    here.run("fix")
    assert here.check() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("remove-duty", "3.9"), "There is no duty 3.9; there are 3.1, 3.2, 3.3, 3.4, 3.5\n"),
        (("remove-duty", "3.3", "--into", "3.3"), "3.3 cannot become part of itself\n"),
        (("remove-duty", "3.9", "--lang", "zh"), "沒有職責 3.9，現有 3.1, 3.2, 3.3, 3.4, 3.5\n"),
        (("move-duty", "3.3", "直播"), (
            "There is no role “直播”. Give its number, its name or the name of its page:\n"
            "  2 商品運營\n  3 市場推廣\n  4 客戶關係管理\n  5 數據分析與優化\n  6 內容編輯與優化\n"
            "  7 供應鏈協調與合作\n  8 售後服務管理\n"
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_done_changes_nothing(
    begin: Begin, typed: tuple[str, ...], told: str
) -> None:
    begin().refuses(typed, told)


def test_a_dry_run_shows_the_diff_and_writes_nothing(begin: Begin) -> None:
    here = begin()
    before = here.files()
    said = here.run("remove-duty", "3.3", "--dry-run")
    assert "--- a/docs/zh/roles/marketing.md\n+++ b/docs/zh/roles/marketing.md\n" in said
    assert "\n-### 3.3 內容營銷與品牌建設\n" in said
    assert "\n+roles/marketing#duty-3-3: roles/marketing\n" in said
    assert "This would change 8 files; nothing has been written.\n" in said
    assert here.files() == before
