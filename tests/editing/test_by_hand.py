"""The same changes made by hand in two languages: the first messages say the one thing to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from editing.conftest import History

from handbook.base.words import words

Begin = Callable[..., History]
LANGUAGES = ("zh", "en")


def cut(here: History, number: str, following: str) -> dict[str, str]:
    """Take a duty out of the marketing pages; returns what was there."""
    taken = {}
    for language in LANGUAGES:
        page = here.text(f"{language}/roles/marketing.md")
        start, end = page.index(f"### {number}"), page.index(f"### {following}")
        taken[language] = page[start:end]
        here.edit(f"{language}/roles/marketing.md", taken[language], "")
    return taken


def paste(here: History, line: str) -> None:
    path = here.root / "docs/redirects.yml"
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")


def test_a_duty_that_is_deleted_needs_one_line(begin: Begin) -> None:
    here = begin()
    cut(here, "3.3", "3.4")
    (told,) = here.check()
    assert told == (
        "docs/redirects.yml:1:1: expected a line that retires the number of 3.3 Content marketing "
        "and brand building, which 2026.11 had and the pages no longer have, found none / "
        "職責「3.3 內容營銷與品牌建設」在 2026.11 之後沒有了，應有一行註明編號停用，實際沒有 "
        "[redirect-missing]\n"
        "  hint: the other duties keep their numbers; add this line to docs/redirects.yml, "
        "on the right where readers find it now:\n"
        "        roles/marketing#duty-3-3: roles/marketing\n"
        "        其他職責的編號不變；在 docs/redirects.yml 加上這一行，右邊寫它現在的去處：\n"
        "        roles/marketing#duty-3-3: roles/marketing"
    )
    paste(here, "roles/marketing#duty-3-3: roles/marketing")
    left = here.check()
    exercise, *topics = left
    assert exercise.startswith("docs/exercises.yml:")
    assert exercise.endswith(
        "  hint: 3.3 is retired: delete the exercise too\n        3.3 已經停用，把這個練習也刪去"
    )
    assert {line.partition(":")[0] for line in topics} == {"docs/vocabulary.yml"}
    assert all("hint: 3.3 is retired: delete it\n        3.3 已經停用，刪去它" in x for x in topics)


def test_numbers_that_close_up_are_told_what_they_were(begin: Begin) -> None:
    here = begin()
    cut(here, "3.3", "3.4")
    for language in LANGUAGES:
        page = here.root / f"docs/{language}/roles/marketing.md"
        text = page.read_text("utf-8").replace("### 3.4 ", "### 3.3 ").replace("### 3.5", "### 3.4")
        page.write_text(text, "utf-8")
    told = [line for line in here.check() if "[duty-retired]" in line]
    assert [line.partition(":")[0] for line in told] == (
        ["docs/en/roles/marketing.md"] + ["docs/zh/roles/marketing.md"] * 2
    )
    assert told[1] == (
        "docs/zh/roles/marketing.md:36:1: 「流量數據分析與優化」的編號應為 3.4，與 2026.11 版相同，"
        "實為 3.3；編號定了就不改 [duty-retired]\n  hint: ### 3.4 流量數據分析與優化"
    )


def test_a_duty_that_moved_is_found_where_it_is(begin: Begin) -> None:
    here = begin()
    taken = cut(here, "3.3", "3.4")
    for language, text in taken.items():
        page = here.text(f"{language}/roles/content-editing.md")
        end = page.index("\n## ", page.index("### 6.5"))
        moved = f"{page[:end]}\n{text.replace('3.3', '6.6', 1).rstrip()}\n{page[end:]}"
        (here.root / f"docs/{language}/roles/content-editing.md").write_text(moved, "utf-8")
    (line,) = [told for told in here.check() if "[redirect-missing]" in told]
    assert line.endswith("\n        roles/marketing#duty-3-3: roles/content-editing#duty-6-6")
    paste(here, "roles/marketing#duty-3-3: roles/content-editing#duty-6-6")
    told = [line for line in here.check() if "[topic-duty]" in line]
    assert told
    assert all(line.endswith('\n  hint: "6.6"') for line in told)


def test_a_role_that_is_renamed_is_recognised(begin: Begin) -> None:
    here = begin()
    for language in LANGUAGES:
        path = here.root / f"docs/{language}/roles/after-sales.md"
        path.rename(path.with_name("customer-service.md"))
    told = here.check()
    hints = {line.rpartition("\n")[2].removeprefix("  hint: ").strip() for line in told}
    assert "roles/after-sales: roles/customer-service" in hints
    assert "role: customer-service" in hints
    assert "[售後服務管理](roles/customer-service.md)" in hints
    assert not any("translation" in line or "topic" in line for line in told)


def test_a_role_that_is_deleted_is_not_taken_for_another(begin: Begin) -> None:
    here = begin()
    for language in LANGUAGES:
        (here.root / f"docs/{language}/roles/after-sales.md").unlink()
    told = here.check()
    assert len(told) == 6
    assert not any("data-analysis" in line for line in told)
    assert sum("roles/after-sales: roles/index" in line for line in told) == 1
    assert sum("](../roles/index.md)" in line for line in told) == 2
    deleted = tuple(f"hint: {words(each)('rule.delete-line')}" for each in LANGUAGES)
    assert sum(line.endswith(deleted) for line in told) == 2
    assert sum("刪去 role 這一行" in line for line in told) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_anchor_that_is_renamed_is_missed(begin: Begin, language: str) -> None:
    here = begin()
    for each in LANGUAGES:
        here.edit(f"{each}/overview.md", "{ #areas }", "{ #fields }")
    (line,) = here.check()
    assert "docs/redirects.yml:1:1: expected a line that says where overview#areas is now, " in line
    assert line.endswith("\n        overview#areas: overview#fields")
    here.edit(f"{language}/overview.md", "{ #fields }", "{ #areas }")
    assert [told.rpartition("[")[2].partition("]")[0] for told in here.check()] == ["parity-anchor"]


def test_a_page_that_is_renamed_is_recognised_by_its_headings(begin: Begin) -> None:
    here = begin()
    for language in LANGUAGES:
        path = here.root / f"docs/{language}/contributing/first-change.md"
        path.rename(path.with_name("beginning.md"))
    english, line, chinese = here.check()
    assert english.endswith("\n  hint: [Your first change](beginning.md)")
    assert chinese.endswith("\n  hint: [第一次修改](beginning.md)")
    assert line.endswith("\n        contributing/first-change: contributing/beginning")
    paste(here, "contributing/first-change: contributing/beginning")
    here.edit("en/contributing/index.md", "(first-change.md)", "(beginning.md)")
    here.edit("zh/contributing/index.md", "(first-change.md)", "(beginning.md)")
    assert here.check() == []


def test_a_page_that_is_deleted_is_not_taken_for_a_new_one(begin: Begin) -> None:
    here = begin()
    for language in LANGUAGES:
        path = here.root / f"docs/{language}/contributing/first-change.md"
        title = {
            "zh": "# 新頁\n\n## 甲 { #other }\n\n乙。\n",
            "en": "# New\n\n## A { #other }\n\nB.\n",
        }
        path.with_name("beginning.md").write_text(title[language], "utf-8")
        path.unlink()
    (line,) = [told for told in here.check() if "[redirect-missing]" in told]
    assert line.endswith("\n        contributing/first-change: contributing/index")


def renamed(here: History) -> None:
    """Another name for a measure, in the vocabulary alone."""
    here.edit("vocabulary.yml", "zh: {name: ROI,", "zh: {name: 投資回報率,")
    here.edit("vocabulary.yml", "en: {name: ROI,", "en: {name: rate of return,")


def test_a_term_that_is_renamed_is_recognised(begin: Begin) -> None:
    here = begin()
    renamed(here)
    told = [line for line in here.check() if "[term-unknown]" in line]
    assert [line.rpartition("hint: ")[2] for line in told] == ["rate of return", "投資回報率"]
    for language, name in (("zh", "投資回報率"), ("en", "rate of return")):
        text = here.text(f"{language}/roles/marketing.md")
        start = text.index("### 3.2 ")
        text = text[:start] + text[start:].replace("ROI", name, 1)
        (here.root / f"docs/{language}/roles/marketing.md").write_text(text, "utf-8")
    left = {line.partition("\n")[0].rpartition("[")[2] for line in here.check()}
    assert left == {"exercise-review]", "translation-unrecorded]"}  # reminders


def test_a_term_that_is_deleted_is_not_asked_for_anew(begin: Begin) -> None:
    here = begin()
    text = here.text("vocabulary.yml")
    start = text.index("  roi:\n")
    end = text.index("\n  ", text.index("en: {", start)) + 1
    (here.root / "docs/vocabulary.yml").write_text(text[:start] + text[end:], "utf-8")
    told = [
        line.rpartition("hint: ")[2]
        for line in here.check()
        if "`ROI`" in line or "「ROI」" in line
    ]
    put_back = "delete it here too, or put its entry back there"
    assert told == [
        f"`ROI` was taken out of docs/vocabulary.yml: {put_back}",
        "「ROI」已從 docs/vocabulary.yml 刪去：這裏也刪去，或在那裏放回這個詞條",
    ]


def test_a_duty_that_is_added_is_missed_where_its_words_are_listed(begin: Begin) -> None:
    here = begin()
    new = {
        "zh": "### 3.6 直播推廣\n\n讓直播帶來流量。\n\n- 策劃直播\n",
        "en": "### 3.6 Live promotion\n\nBrings traffic by live streams.\n\n- Plan live streams\n",
    }
    for language in LANGUAGES:
        page = here.text(f"{language}/roles/marketing.md")
        end = page.index("\n## ", page.index("### 3.5"))
        text = f"{page[:end].rstrip()}\n\n{new[language]}{page[end:]}"
        (here.root / f"docs/{language}/roles/marketing.md").write_text(text, "utf-8")
    topic, told = here.check()
    assert "[translation-unrecorded]" in told
    assert topic.partition(": ")[2].splitlines() == [
        (
            "expected `duties` of the topic `traffic` to list 3.6, where both languages use its "
            "words (traffic), found it left out / 事項「流量」的 duties 應列出 3.6，"
            "那裏兩種語言都寫到它的詞語（流量），實際沒有列出 [topic-duty]"
        ),
        '  hint: duties: ["3.4", "3.6", "5.1"]',
        "        if it does not deal with the topic, say it in other words",
        '        duties: ["3.4", "3.6", "5.1"]',
        "        並不管這件事，就換一個說法",
    ]


def test_of_a_page_and_its_copy_the_copy_is_told(begin: Begin) -> None:
    """Its name comes before that of the page which the editions know."""
    here = begin()
    for language in LANGUAGES:
        copy = here.root / f"docs/{language}/roles/a-copy.md"
        copy.write_text(here.text(f"{language}/roles/marketing.md"), "utf-8")
    told = [each for each in here.check() if "[section-taken]" in each]
    assert [each.partition(":")[0] for each in told] == [
        "docs/en/roles/a-copy.md", "docs/zh/roles/a-copy.md",
    ]  # fmt: skip


def test_a_duty_put_between_others_goes_to_the_end(begin: Begin) -> None:
    """Pasting what the messages offer ends: numbers stay with their duties, the new one moves."""
    here = begin()
    page, new = "zh/roles/marketing.md", "### 3.3 直播推廣\n\n讓用戶買得放心。\n\n- 策劃直播\n\n"
    names = {3: "內容營銷與品牌建設", 4: "流量數據分析與優化", 5: "推廣效果評估與報告"}

    def told() -> list[str]:
        rules = "[duty-retired]", "[duty-order]"
        return [each for each in here.check() if any(rule in each for rule in rules)]

    for n, name in reversed(names.items()):
        here.edit(page, f"### 3.{n} {name}", f"### 3.{n + 1} {name}")
    here.edit(page, "### 3.4 內容", f"{new}### 3.4 內容")
    theirs = "### 3.6 Live promotion\n\nLets users buy with confidence.\n\n- Plan streams\n\n"
    last = "## Ability requirements"
    here.edit("en/roles/marketing.md", last, theirs + last)
    first, *others = told()
    assert first == (
        "docs/zh/roles/marketing.md:36:1: 「直播推廣」應用沒有用過的編號，實為 3.3，"
        "從 2026.11 版起屬於「內容營銷與品牌建設」 [duty-retired]\n"
        "  hint: 移到各項職責之後（其他各項的編號不變），標題改為：\n        ### 3.6 直播推廣"
    )
    assert [each.partition("hint: ")[2] for each in others] == [
        f"### 3.{n} {name}" for n, name in names.items()
    ]
    for n, name in names.items():
        here.edit(page, f"### 3.{n + 1} {name}", f"### 3.{n} {name}")
    here.edit(page, "### 3.3 直播推廣", "### 3.6 直播推廣")
    (then,) = told()
    assert then == (
        "docs/zh/roles/marketing.md:36:1: 3.6 應在 3.5 之後，實際在 3.3 之前 [duty-order]\n"
        "  hint: 把這一項（標題和它之下的內容）移到 3.5 之後；編號定了就不改"
    )
    here.edit(page, new.replace("3.3", "3.6"), "")
    here.edit(page, "## 能力要求", f"{new.replace('3.3', '3.6')}## 能力要求")
    assert told() == []


def test_of_a_duty_on_the_number_of_another_only_that_one_is_told(begin: Begin) -> None:
    here = begin()
    for language, new in (
        ("zh", "### 3.3 直播推廣\n\n讓用戶買得放心。\n\n- 策劃直播\n\n"),
        ("en", "### 3.3 Live promotion\n\nLets users buy with confidence.\n\n- Plan streams\n\n"),
    ):
        here.edit(f"{language}/roles/marketing.md", "### 3.3", f"{new}### 3.3")
    told = here.check()
    assert [line.partition(": ")[0] for line in told] == [
        "docs/en/roles/marketing.md:36:1",
        "docs/zh/roles/marketing.md:36:1",
    ]
    assert all("[duty-retired]" in line for line in told)
