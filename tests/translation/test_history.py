"""What is said about the translation after each of many edits, as people make them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT
from translation.history import EN, ZH, Editors

from handbook.pages import loader
from handbook.versions import baseline
from handbook.versions.baseline import FILE
from handbook.versions.translation_status import known_statuses

BUDGET = "在預算之內取得最大的成效，每一筆開支都有根據，事後覆核"
"""Words for 用好預算 that say a good deal more."""


@pytest.fixture
def editors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editors:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")  # 2026-11-01
    return Editors.begin(tmp_path / "repository")


def test_languages_that_agree_are_not_mentioned(editors: Editors) -> None:
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_typo_in_one_language_is_stated_in_the_browser(editors: Editors) -> None:
    editors.edit(ZH, "制定推廣策略", "製定推廣策略")
    assert editors.rules() == ["translation-behind zh"]
    assert editors.told() == ["marketing/duty-3-1 en -制 +製"]
    editors.at_the_top(ZH, editors.pasted("same"))
    assert (editors.rules(), editors.told()) == ([], [])
    # The statement is about these words: the next change is a change.
    editors.edit(ZH, "選定推廣渠道", "選定全部推廣渠道")
    assert editors.rules() == ["translation-behind zh"]
    editors.edit(ZH, "選定全部推廣渠道", "選定推廣渠道")
    # Filed, it may go.
    assert "both languages agree on 3.1" in editors.fix()
    assert editors.rules() == ["translation-leftover zh"]
    editors.write(ZH, "".join(x for x in editors.read(ZH).splitlines(True) if "same:" not in x))
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_statement_is_the_base_of_the_next_change(editors: Editors) -> None:
    editors.edit(ZH, "制定推廣策略", "製定推廣策略")
    editors.at_the_top(ZH, editors.pasted("same"))
    editors.edit(EN, "Choose the channels", "Choose all the channels")
    assert editors.rules() == ["translation-behind en"]
    assert editors.told() == ["marketing/duty-3-1 zh +all"]


def test_typo_in_one_language_on_the_command_line(editors: Editors) -> None:
    editors.edit(EN, "Makes good use of the budget.", "Makes good use of a budget.")
    assert editors.rules() == ["translation-behind en"]
    editors.fix(same=["duty-3-2"])
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_form_is_no_change(editors: Editors) -> None:
    editors.edit(EN, "Brings traffic to the platform.", "Brings **traffic**\nto the   platform!")
    editors.edit(ZH, "用好預算。", "用好*預算*；")
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_both_languages(editors: Editors) -> None:
    editors.edit(ZH, "分配預算", "妥善分配預算")
    editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
    assert (editors.rules(), editors.told()) == (["translation-unrecorded zh"], [])
    assert editors.fix().startswith(f"{baseline.FILE}: both languages agree on 3.2")
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_both_languages_stated_in_the_browser(editors: Editors) -> None:
    editors.edit(ZH, "分配預算", "妥善分配預算")
    editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
    editors.at_the_top(ZH, editors.pasted("same"))
    assert (editors.rules(), editors.told()) == ([], [])
    editors.edit(ZH, "妥善分配預算", "妥善分配每筆預算")
    assert editors.told() == ["marketing/duty-3-2 en "]  # the words were never on file


def test_after_both_languages_changed_without_a_record_the_next_edit_is_compared_with_them(
    editors: Editors,
) -> None:
    editors.edit(ZH, "制定推廣策略", "制定本季推廣策略")
    editors.edit(EN, "Set the strategy", "Set this season's strategy")
    assert editors.rules_since("HEAD") == ["translation-unrecorded zh"]
    editors.commit()  # published all the same
    assert editors.rules_since("HEAD") == []
    editors.edit(ZH, "選定推廣渠道", "選定全部推廣渠道")
    assert editors.rules() == ["translation-unrecorded zh"]  # which language is ahead is not known
    assert editors.rules_since("HEAD") == ["translation-behind zh"]
    assert editors.rules_since("HEAD~1") == ["translation-unrecorded zh"]  # one change of both
    editors.edit(EN, "Choose the channels", "Choose all the channels")
    assert editors.rules_since("HEAD") == ["translation-unrecorded zh"]
    editors.fix()
    assert (editors.rules(), editors.rules_since("HEAD"), editors.is_filed()) == ([], [], True)


def test_a_record_counts_for_more_than_what_was_published(editors: Editors) -> None:
    editors.edit(ZH, "用好預算", "用好每季的預算")
    editors.edit(EN, "good use of the budget", "good use of each season's budget")
    editors.commit()
    editors.edit(ZH, "用好每季的預算", BUDGET)
    editors.edit(EN, "Monitor the placements", "Watch what every one of the adverts brings in")
    editors.fix(same=["duty-3-2"])
    editors.edit(ZH, BUDGET, "逐日看清每一則廣告帶來多少用戶和收益，及時調整，不浪費一分一毫")
    editors.edit(EN, "Watch what", "See what")
    assert editors.rules_since("HEAD") == editors.rules() == ["translation-uneven zh"]


def test_one_language_and_back_again(editors: Editors) -> None:
    editors.edit(ZH, "用好預算", BUDGET)
    assert editors.rules() == ["translation-behind zh"]
    editors.commit()
    editors.git("revert", "--no-edit", "HEAD")
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_declared_in_the_browser_until_translated(editors: Editors) -> None:
    editors.edit(ZH, "用好預算", BUDGET)
    editors.at_the_top(ZH, editors.pasted("translate"))
    editors.commit()
    words = "-用好 +在 +之內取得最大的成效，每一筆開支都有根據，事後覆核"
    assert (editors.rules(), editors.told()) == ([], [f"marketing/duty-3-2 en {words}"])
    assert since(editors) == ["2026-11-05"]  # from history
    # A slip mended on the side that waits does not make it a translation.
    editors.edit(EN, "Monitor the placements", "Monitor placements")
    assert (editors.rules(), editors.told()) == ([], [f"marketing/duty-3-2 en {words}"])
    # The translation does.
    spent = "Gets the most out of what may be spent: reasons for every expense, and a review after."
    editors.edit(EN, "Makes good use of the budget.", spent)
    assert editors.rules() == ["translation-leftover zh", "translation-unrecorded zh"]
    assert editors.told() == []
    editors.edit(ZH, "translate: [duty-3-2]\n", "")
    editors.fix()
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_declared_on_the_command_line(editors: Editors) -> None:
    editors.edit(EN, "Brings traffic", "Brings steady traffic")
    said = editors.fix()
    assert said == (
        "docs/translation.tsv: marketing (the introduction) waits for its translation into "
        "Chinese\nPut into the pull request:\n"
        "  Translation to follow (zh): marketing#intro\n"
        "If no translation is needed: make fix SAME='marketing/intro'"
    )
    assert editors.rules() == []
    assert editors.told() == ["marketing/intro zh +steady"]
    assert "\ten 2026-11-01\t" in editors.read(baseline.FILE)
    # Once declared, `fix` has nothing more to say, and can be told otherwise.
    assert (editors.fix(), editors.is_filed()) == ("", True)
    editors.fix(same=["marketing/intro"])
    assert (editors.told(), editors.is_filed()) == ([], True)


def test_much_in_one_language_and_little_in_the_other(editors: Editors) -> None:
    editors.edit(ZH, "用好預算", BUDGET)
    editors.edit(EN, "Monitor the placements", "Monitor placements")
    assert (editors.rules(), editors.told()) == (["translation-uneven zh"], [])
    before = editors.read(baseline.FILE)
    assert editors.fix() == (
        "docs/zh/roles/marketing.md:20: 中文改得多，英文改得少。請說明是哪一種：\n"
        "  make fix SAME=marketing/duty-3-2       兩者意思相同\n"
        "  make fix TRANSLATE=marketing/duty-3-2  英文稍後跟上\n"
        "1 problem left that a person must fix: see `make check`"
    )
    assert editors.read(baseline.FILE) == before
    editors.fix(translate=["duty-3-2"])
    assert editors.rules() == []
    assert [each[:24] for each in editors.told()] == ["marketing/duty-3-2 en -用"]


def test_squash_merge(editors: Editors) -> None:
    editors.git("checkout", "--quiet", "-b", "feature")
    editors.edit(ZH, "分配預算", "妥善分配預算")
    editors.commit()
    editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
    editors.fix()
    editors.commit()
    editors.git("checkout", "--quiet", "main")
    editors.edit(ZH, "選定推廣渠道", "選定各個推廣渠道")
    editors.fix()
    editors.commit()
    editors.git("merge", "--squash", "--quiet", "feature")
    editors.commit()
    assert (editors.rules(), editors.told()) == ([], ["marketing/duty-3-1 en +各個"])
    assert editors.is_filed()


def test_rebase(editors: Editors) -> None:
    editors.git("checkout", "--quiet", "-b", "feature")
    editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
    editors.fix()
    editors.commit()
    editors.git("checkout", "--quiet", "main")
    editors.edit(ZH, "選定推廣渠道", "選定各個推廣渠道")
    editors.edit(EN, "Choose the channels", "Choose each of the channels")
    editors.fix()
    editors.commit()
    editors.git("checkout", "--quiet", "feature")
    editors.git("rebase", "--quiet", "main")
    assert (editors.rules(), editors.told()) == ([], ["marketing/duty-3-2 zh +with care"])
    assert editors.is_filed()


def test_neighbouring_sections_merge(editors: Editors) -> None:
    for branch, path, old, new in (
        ("one", ZH, "為平台帶來流量", "為平台帶來穩定的流量"),
        ("two", ZH, "讓推廣緊扣目標", "讓推廣時時緊扣目標"),
        ("three", ZH, "監控投放", "每天監控投放"),
    ):
        editors.git("checkout", "--quiet", "-b", branch, "main")
        editors.edit(path, old, new)
        editors.fix()
        editors.commit()
    editors.git("merge", "--quiet", "one", "two")
    assert editors.rules() == []
    assert [each.split()[0] for each in editors.told()] == [
        "marketing/intro",
        "marketing/duty-3-1",
        "marketing/duty-3-2",
    ]
    assert editors.is_filed()


def test_merge_that_kept_both_lines(editors: Editors) -> None:
    before = editors.read(baseline.FILE)
    editors.edit(ZH, "分配預算", "妥善分配預算")
    editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
    editors.fix()
    editors.write(baseline.FILE, before + editors.read(baseline.FILE))
    assert (editors.rules(), editors.told()) == ([], [])
    editors.fix()
    assert editors.read(baseline.FILE).count("\tduty-3-2\t") == 1
    assert editors.rules() == []


def since(editors: Editors) -> list[str]:
    found = known_statuses(editors.root, loader.load(editors.root))
    return [status.since for status in found if status.behind]


@pytest.mark.parametrize("how", ["shallow clone", "archive"])
def test_without_history(editors: Editors, how: str, tmp_path: Path) -> None:
    editors.edit(ZH, "監控投放", "每天監控投放")
    editors.commit()
    editors.edit(ZH, "用好預算", BUDGET)
    editors.commit()
    copy = tmp_path / "copy"
    if how == "shallow clone":
        editors.git("clone", "--quiet", "--depth=1", f"file://{editors.root}", str(copy))
    else:
        editors.git("archive", "--output=../copy.tar", "HEAD")
        copy.mkdir()
        subprocess.run(["tar", "-xf", "../copy.tar"], cwd=copy, check=True)
    elsewhere = Editors(copy)
    assert elsewhere.told() == editors.told() != []
    assert elsewhere.rules() == ["translation-behind zh"]
    elsewhere.at_the_top(ZH, elsewhere.pasted("translate"))
    assert (elsewhere.rules(), since(elsewhere)) == ([], [""])


def test_renamed_page(editors: Editors) -> None:
    for language in ("zh", "en"):
        folder = f"docs/{language}/roles"
        editors.git("mv", f"{folder}/marketing.md", f"{folder}/promotion.md")
    for page in (editors.root / "docs").rglob("*.md"):
        page.write_text(page.read_text("utf-8").replace("marketing.md", "promotion.md"), "utf-8")
    assert (editors.rules(), editors.told()) == ([], [])
    editors.edit("docs/zh/roles/promotion.md", "監控投放", "每天監控投放")
    assert editors.rules() == ["translation-behind zh"]
    assert editors.told() == ["promotion/duty-3-2 en +每天"]
    editors.fix()
    assert editors.told() == ["promotion/duty-3-2 en +每天"]
    assert "marketing" not in editors.read(baseline.FILE)


def test_duties_renumbered(editors: Editors) -> None:
    editors.edit(ZH, "### 3.2 廣告", "### 3.2 新的職責\n\n為了。\n\n- 做\n\n### 3.3 廣告")
    editors.edit(EN, "### 3.2 Ad", "### 3.2 New duty\n\nWhat for.\n\n- Do\n\n### 3.3 Ad")
    assert editors.rules() == ["translation-unrecorded zh"]
    assert "「3.2」" not in editors.problems()[0].message
    editors.edit(ZH, "監控投放", "每天監控投放")
    assert editors.told() == ["marketing/duty-3-3 en +每天"]
    editors.fix()
    assert editors.told() == ["marketing/duty-3-3 en +每天"]
    assert editors.rules() == []


def test_role_removed(editors: Editors) -> None:
    for language in ("zh", "en"):
        (editors.root / f"docs/{language}/roles/after-sales.md").unlink()
    assert editors.rules() == []
    editors.fix()
    assert "after-sales" not in editors.read(baseline.FILE)


def test_role_added(editors: Editors) -> None:
    for path in (ZH, EN):
        text = editors.read(path).replace("section: 3", "section: 9").replace("### 3.", "### 9.")
        editors.write(path.replace("marketing", "streaming"), text)
    assert editors.rules() == ["translation-unrecorded zh"]
    editors.fix()
    assert (editors.rules(), editors.is_filed()) == ([], True)
    editors.edit(ZH.replace("marketing", "streaming"), "監控投放", "每天監控投放")
    assert editors.told() == ["streaming/duty-9-2 en +每天"]


def test_page_with_other_problems_waits(editors: Editors) -> None:
    editors.edit(ZH, "監控投放", "每天監控投放")
    editors.edit(ZH, "## 能力要求", "## 能力需求")
    assert editors.rules() == ["section-name zh"]
    before = editors.read(baseline.FILE)
    editors.fix()
    assert editors.read(baseline.FILE) == before
    editors.edit(ZH, "## 能力需求", "## 能力要求")
    assert editors.rules() == ["translation-behind zh"]


def test_a_wrong_heading_is_no_change_of_what_is_below_it(editors: Editors) -> None:
    editors.edit(ZH, "## 崗位職責", "## 岗位职责")
    assert editors.rules() == ["simplified-character zh"]
    assert editors.told() == []


def test_record_lost(editors: Editors) -> None:
    (editors.root / baseline.FILE).unlink()
    editors.edit(ZH, "監控投放", "每天監控投放")
    assert editors.rules() == ["translation-file translation.tsv"]  # nothing to compare with
    editors.git("checkout", "--", baseline.FILE)
    assert editors.rules() == ["translation-behind zh"]


def test_copy_is_apart(editors: Editors, tmp_path: Path) -> None:
    """What one repository says is not taken for what another does (pages are kept by path)."""
    shutil.copytree(editors.root, tmp_path / "other")
    other = Editors(tmp_path / "other")
    other.edit(ZH, "監控投放", "每天監控投放")
    assert (editors.told(), other.told()) == ([], ["marketing/duty-3-2 en +每天"])


def test_a_slip_mended_in_the_other_language_does_not_end_the_wait(editors: Editors) -> None:
    editors.edit(ZH, "監控投放", "每天監控各個渠道的投放過程")
    assert "3.2 waits for its translation into English" in editors.fix()
    behind = "marketing/duty-3-2 en +每天 +各個渠道的 +過程"
    assert (editors.rules(), editors.told()) == ([], [behind])
    editors.edit(EN, "Monitor the placements", "Monitor all placements")
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [behind], True)
    editors.edit(EN, "Monitor all placements", "Monitor all placements in every channel each day")
    assert (editors.rules(), editors.told()) == (["translation-unrecorded zh"], [])
    editors.fix()
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_nor_does_it_when_the_wait_was_declared_in_the_browser(editors: Editors) -> None:
    editors.edit(ZH, "監控投放", "每天監控各個渠道的投放過程")
    editors.at_the_top(ZH, editors.pasted("translate"))
    editors.edit(EN, "Monitor the placements", "Monitor all placements")
    assert editors.rules() == []
    assert editors.told() == ["marketing/duty-3-2 en +每天 +各個渠道的 +過程"]


@pytest.mark.parametrize("left", [None, "", "# nothing but a remark\n"])
def test_the_record_is_not_forgotten_with_its_file(editors: Editors, left: str | None) -> None:
    editors.edit(ZH, "監控投放", "每天監控各個渠道的投放過程")
    editors.fix()
    editors.commit()
    (editors.root / baseline.FILE).unlink()
    if left is not None:
        editors.write(FILE, left)
    (problem,) = editors.problems()
    assert problem.rule == "translation-file"
    assert problem.hint == (
        "run `make fix`, which takes it back from HEAD; or this:\n"
        f"git checkout HEAD -- {FILE}\n"
        "執行 make fix，它會從 HEAD 取回；或執行：\n"
        f"git checkout HEAD -- {FILE}"
    )
    editors.commit()  # published without it all the same
    (problem,) = editors.problems()
    if left is None:
        editors.git(*problem.hint.split("\n")[1].removeprefix("git ").split())
    else:
        editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
        editors.edit(ZH, "分配預算", "妥善分配預算")
        editors.fix()
    assert (editors.rules(), len(editors.told())) == ([], 1)


def test_what_fix_says_of_a_record_that_it_takes_back(editors: Editors) -> None:
    before = (editors.root / baseline.FILE).read_bytes()
    (editors.root / baseline.FILE).unlink()
    assert editors.fix() == f"{FILE}: restored as it was at HEAD"
    assert (editors.root / baseline.FILE).read_bytes() == before


def test_a_merge_conflict_in_the_record_needs_one_command(editors: Editors) -> None:
    editors.git("switch", "--quiet", "--create", "theirs")
    editors.edit(ZH, "監控投放", "每天監控投放")
    editors.edit(EN, "Monitor the placements", "Monitor the placements daily")
    editors.fix()
    editors.commit()
    editors.git("switch", "--quiet", "main")
    editors.edit(ZH, "分配預算", "妥善分配預算")
    editors.edit(EN, "Allocate the budget", "Allocate the budget with care")
    editors.fix()
    editors.commit()
    with pytest.raises(subprocess.CalledProcessError):
        editors.git("merge", "--quiet", "theirs")
    assert "<<<<<<<" in editors.read(FILE)
    for page in (ZH, EN):  # their merge is the editors' to make
        ours = editors.git("show", f"HEAD:{page}")
        theirs = {ZH: ("- 監控", "- 每天監控"), EN: ("the placements", "the placements daily")}
        editors.write(page, ours.replace(*theirs[page]))
    assert editors.rules() == ["translation-file translation.tsv"]
    editors.fix()
    assert "<<<<<<<" not in editors.read(FILE)
    assert (editors.rules(), editors.told(), editors.is_filed()) == ([], [], True)


def test_the_record_of_the_handbook_that_another_was_begun_from_is_not_taken_back(
    editors: Editors,
) -> None:
    for other in editors.root.glob("docs/*/roles/after-sales.md"):
        other.unlink()
    for page in (ZH, EN):
        text = editors.read(page)
        (editors.root / page).unlink()
        editors.write(page.replace("marketing", "nursing"), text)
    (editors.root / FILE).unlink()
    assert "translation-file translation.tsv" not in editors.rules()
    assert "took" not in (said := editors.fix())
    assert "both languages agree on nursing" in said
    assert "\nnursing\t" in editors.read(FILE)
    assert "\nmarketing\t" not in editors.read(FILE)


def test_exercises_that_are_gone_as_a_whole_are_missed_until_that_is_recorded(
    editors: Editors,
) -> None:
    editors.write(
        "docs/exercises.yml",
        'budget:\n  duty: "3.2"\n'
        "  zh: {question: 預算怎樣分配？, answer: 分配預算，並監控投放。}\n"
        "  en: {question: How do you use it?, answer: Allocate the budget and monitor it.}\n",
    )
    editors.fix()
    assert editors.rules() == []
    (editors.root / "docs/exercises.yml").unlink()
    (problem,) = editors.problems()
    assert problem.told_in("en").with_hint == (
        "expected this file with the exercises that were in it, found none\n"
        "git checkout HEAD -- docs/exercises.yml\n"
        "(if all exercises are to go, run `make fix`)"
    )
    editors.fix()
    assert editors.rules() == []


REAL_EDITS = [
    ("marketing", "3.1", "規劃推廣渠道", "規劃各推廣渠道",
     "Plan the marketing channels", "Plan every marketing channel"),
    ("marketing", "3.4", "定期整理廣告投放的數據", "定期整理全部廣告投放的數據",
     "Organise ad placement data regularly", "Organise the data of all ad placements regularly"),
    ("marketing", "3.3", "撰寫優質的推廣文章", "撰寫優質推廣文章",
     "Write high-quality marketing articles", "Write marketing articles of high quality"),
    ("after-sales", "8.4", "及時解決遺留問題", "及時解決所有遺留問題",
     "Solve any remaining problems promptly", "Promptly solve every problem that remains"),
]  # fmt: skip


@pytest.mark.parametrize("edit", REAL_EDITS, ids=lambda edit: edit[4])
def test_the_same_change_in_both_languages_is_never_refused(
    edit: tuple[str, str, str, str, str, str], tmp_path: Path
) -> None:
    """One character of Chinese may be a whole sentence in another order in English."""
    for part in ("docs", "mkdocs.yml"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    editors = Editors(tmp_path)
    role, duty, *changes = edit
    editors.edit(f"docs/zh/roles/{role}.md", *changes[:2])
    editors.edit(f"docs/en/roles/{role}.md", *changes[2:])
    drawn = [each for each in loader.load(tmp_path).exercises if each.duty == duty]
    reminders = ["exercise-review exercises.yml" for _ in drawn]
    assert editors.rules() == [*reminders, "translation-unrecorded zh"]
    assert {problem.severity for problem in editors.problems()} == {"warning"}
    assert "both languages agree" in editors.fix()
    assert editors.rules() == []


def test_pages_that_are_not_right_yet_are_not_recorded(editors: Editors) -> None:
    for page in (ZH, EN):
        text = editors.read(page).replace("section: 3", "section: 9").replace("### 3.", "### 9.")
        editors.write(page.replace("marketing", "live_streaming"), text)
    before = editors.read(FILE)
    editors.fix()
    assert editors.read(FILE) == before
    assert {rule.partition(" ")[0] for rule in editors.rules()} == {"file-name"}
