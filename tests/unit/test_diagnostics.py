from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from handbook.checks.formats.github import as_github
from handbook.checks.formats.json_list import as_json
from handbook.checks.formats.summary import as_summary, shown_at
from handbook.checks.formats.text import as_text
from handbook.pages.diagnostics import (
    RULES,
    Diagnostic,
    Place,
    Rule,
    Wording,
    has_errors,
    in_order,
    quote,
    rule,
    tally,
    visible,
)

LIBRARY = Path(__file__).parents[2] / "hooks/handbook"
WORDINGS = LIBRARY / "pages/rules.yml"
SIGNS = LIBRARY / "checks/rules/text/signs.yml"
"""Each of its entries names the rule that tells of it."""
RULE = Rule(
    "sample",
    zh=Wording("應為「{right}」，實為「{found}」", "{right}"),
    en=Wording("expected `{right}`, found `{found}`", "{right}"),
)


def problem(line: int = 1, message: str = "x", **values: str) -> Diagnostic:
    given = {"path": "docs/zh/a.md", "hint": "", "severity": "error", "rule": "sample"} | values
    return Diagnostic(
        given["path"],
        line,
        2,
        given["rule"],
        message,
        given["hint"],
        "warning" if given["severity"] == "warning" else "error",
    )


def test_message_is_in_the_language_of_its_page() -> None:
    zh = RULE.at(Place("docs/zh/a.md", 3, 4, "zh"), right="甲", found="乙")
    en = RULE.at(Place("docs/en/a.md", 3, 4, "en"), right="a", found="b")
    assert as_text(zh) == "docs/zh/a.md:3:4: 應為「甲」，實為「乙」 [sample]\n  hint: 甲"
    assert as_text(en) == "docs/en/a.md:3:4: expected `a`, found `b` [sample]\n  hint: a"


def test_file_of_no_language_gets_both() -> None:
    both = RULE.at(Place("docs/x"), right={"zh": "甲", "en": "a"}, found="b")
    assert both.message == "expected `a`, found `b` / 應為「甲」，實為「b」"
    assert both.hint == "a\n甲"


def test_file_of_no_language_is_told_in_that_of_the_reader() -> None:
    both = RULE.at(Place("docs/x"), right={"zh": "甲", "en": "a"}, found="b")
    assert as_text(both.told_in("zh")) == "docs/x:1:1: 應為「甲」，實為「b」 [sample]\n  hint: 甲"
    assert as_text(both.told_in("en")) == "docs/x:1:1: expected `a`, found `b` [sample]\n  hint: a"
    assert json.loads(as_json([both]))[0]["message"] == both.message
    page = RULE.at(Place("docs/en/a.md", language="en"), right="a", found="b")
    assert page.told_in("zh") == page


def test_every_wording_is_a_rules_and_every_rules_is_there() -> None:
    sources = "".join(path.read_text("utf-8") for path in LIBRARY.rglob("*.py"))
    used = re.findall(r'= rule\("([a-z/-]+)"\)', sources)
    used += {*re.findall(r"\brule: ([a-z/-]+)", SIGNS.read_text("utf-8"))}
    assert sorted(used) == sorted(re.findall(r"(?m)^([a-z/-]+):", WORDINGS.read_text("utf-8")))
    assert {rule(key).id for key in used} == set(RULES)


def test_braces_from_a_page_are_text() -> None:
    found = RULE.at(Place("a", language="en"), right="{found}", found="{right.__class__}")
    assert found.message == "expected `{found}`, found `{right.__class__}`"


def test_hint_of_several_lines_is_aligned() -> None:
    text = as_text(problem(hint="one\ntwo"))
    assert text == "docs/zh/a.md:1:2: x [sample]\n  hint: one\n        two"


def test_what_cannot_be_seen_is_named() -> None:
    hidden = "a\u202eb\x1b[31m\u200b\u2028\u00a0\U000e0041\ue000c"
    shown = "a<U+202E>b<U+001B>[31m<U+200B><U+2028><U+00A0><U+E0041><U+E000>c"
    assert visible(hidden) == shown
    found = RULE.at(Place("docs/en/\x1b.md", language="en"), right=hidden, found="b\r\nc")
    assert as_text(found).replace("\n", "").isprintable()
    assert "found `b<U+000D> c`" in found.message


def test_ordinary_text_stays_as_it_is() -> None:
    assert visible("運營 ROI 👍🏽 𠮷 é\n— “x”") == "運營 ROI 👍🏽 𠮷 é\n— “x”"


def test_long_quotations_are_cut() -> None:
    assert quote("字" * 100) == "字" * 59 + "…"
    assert quote("字" * 60) == "字" * 60


def test_order_is_by_place_and_each_once() -> None:
    later, first, other = problem(10), problem(9), problem(1, path="docs/en/z.md")
    assert in_order([later, first, other, first]) == [other, first, later]


def test_warnings_alone_do_not_refuse() -> None:
    assert not has_errors([problem(severity="warning")])
    assert has_errors([problem(severity="warning"), problem()])


def test_github_annotation_is_escaped() -> None:
    found = problem(
        7, "50% :: a,b\r\nnext", path="docs/zh/a:b,c%.md", rule="sample", hint="::error::x"
    )
    assert as_github([found]) == (
        "::error file=docs/zh/a%3Ab%2Cc%25.md,line=7,col=2,title=sample::"
        "50%25 :: a,b%0D%0Anext%0A::error::x"
    )


def test_github_shows_ten_and_counts_the_rest_errors_first() -> None:
    found = [problem(n, severity="warning") for n in range(1, 9)]
    found += [problem(n) for n in range(20, 26)]
    lines = as_github(found).split("\n")
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 6 + ["::warning"] * 4 + ["+4"]
    assert lines[-1] == "+4 more"
    assert "more" not in as_github(found[:10])


def test_summary_holds_all_in_a_fence_that_a_page_cannot_close() -> None:
    found = [problem(n, "found ````") for n in range(1, 31)]
    summary = as_summary(found, 44)
    assert "44 pages checked, 30 problems.\n\n`````text\n" in summary
    assert summary.endswith("\n`````\n\n")
    assert summary.count("[sample]") == 30


def test_summary_links_files_twins_and_rules() -> None:
    run = {"GITHUB_SERVER_URL": "https://h", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "c0ffee"}
    files = shown_at(run)
    page = replace(problem(7), path="docs/en/roles/marketing.md")
    odd = replace(problem(), path="docs/zh/a](b).md")
    of_page = as_summary([page, page, odd], 2, files).split("\n\n", 2)[2]
    at = "https://h/o/r/blob/c0ffee/docs"
    assert of_page.startswith(
        f"**[docs/en/roles/marketing.md]({at}/en/roles/marketing.md#L7)**"
        f" · [docs/zh/roles/marketing.md]({at}/zh/roles/marketing.md)"
        f" · [sample]({at}/en/contributing/rules.md#sample)\n\n```text\n"
    )
    assert "\n\n```text\ndocs/zh/a](b).md:" in of_page
    assert of_page.count("](http") == 3
    assert shown_at({**run, "GITHUB_SHA": ""}) == ""


def test_json_is_a_list_of_objects_with_these_keys() -> None:
    found = [problem(3, "應為「甲」", hint="甲", severity="warning")]
    assert json.loads(as_json(found)) == [
        {
            "path": "docs/zh/a.md",
            "line": 3,
            "column": 2,
            "rule": "sample",
            "message": "應為「甲」",
            "hint": "甲",
            "severity": "warning",
        }
    ]
    assert json.loads(as_json([])) == []


def test_reminders_are_told_from_errors() -> None:
    error, reminder = problem(), problem(severity="warning")
    told = {
        "沒有問題": "no problems",
        "有 1 個問題": "1 problem",
        "沒有錯誤，有 1 個提醒": "no errors, 1 reminder",
        "沒有錯誤，有 2 個提醒": "no errors, 2 reminders",
        "有 2 個問題，其中 1 個是提醒": "2 problems, 1 of them a reminder",
        "有 3 個問題，其中 2 個是提醒": "3 problems, 2 of them reminders",
    }
    cases: list[list[Diagnostic]] = [[], [error], [reminder], [reminder] * 2, [error, reminder]]
    cases.append([error, reminder, reminder])
    assert {tally(found, "zh"): tally(found, "en") for found in cases} == told
    assert as_summary([reminder], 7).startswith(
        "### ✅ 檢查結果 · Check\n\n"
        "檢查了 7 頁，沒有錯誤，有 1 個提醒。 · 7 pages checked, no errors, 1 reminder.\n\n"
    )
