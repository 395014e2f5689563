"""`rename-term`, `remove-term`, `new-term`, `new-topic`: before, command, after, check green."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from editing.conftest import History

Begin = Callable[..., History]


def test_a_renamed_measure_is_renamed_on_the_pages(begin: Begin) -> None:
    here = begin()
    here.run("rename-term", "roi", "--zh", "投資回報率", "--en", "return on investment")
    assert here.check() == []
    assert "**指標**：點擊率、轉化率、投資回報率\n" in here.text("zh/roles/marketing.md")
    measures = "**Measures**: click-through rate, conversion rate, return on investment\n"
    assert measures in here.text("en/roles/marketing.md")
    term = here.book.vocabulary.terms["roi"][1]
    assert (term.zh.name, term.zh.also[0]) == ("投資回報率", "ROI")
    log = here.text("zh/changes.md")
    assert "- **只改措辭**：3.2 廣告投放與渠道管理：「ROI」改稱「投資回報率」\n" in log


def test_an_ability_keeps_its_anchor_and_its_capital(begin: Begin) -> None:
    here = begin()
    here.run("rename-term", "數據分析", "--en", "data analytics")
    assert here.check() == []
    assert here.promises_kept()
    assert "- **Data analytics**: good at" in here.text("en/roles/marketing.md")
    assert "只改英文" in here.text("zh/changes.md")
    assert "- **數據分析**：善於分析數據" in here.text("zh/roles/marketing.md")


def test_a_removed_ability_leads_to_the_list(begin: Begin) -> None:
    here = begin()
    here.run("remove-term", "協調")
    assert here.check() == []
    assert here.promises_kept()
    led = "\nroles/marketing#ability-coordination: roles/marketing#abilities\n"
    assert led in here.text("redirects.yml")
    assert "coordination" not in here.book.vocabulary.group("abilities")
    log = here.text("en/changes.md")
    assert "- **Meaning changed**: Ability requirements: removed “coordination”\n" in log


def test_a_measure_that_another_replaces(begin: Begin) -> None:
    here = begin()
    here.run("remove-term", "ROI", "--into", "轉化率")
    (told,) = here.check()  # a duty speaks of conversion now
    assert ": expected `duties` of the topic `conversion` to list 3.1," in told
    assert "**指標**：點擊率、轉化率\n" in here.text("zh/roles/marketing.md")
    assert "roi" not in here.book.vocabulary.terms


def test_the_only_one_of_its_label_takes_the_label_along(begin: Begin) -> None:
    here = begin()
    here.run("remove-term", "ad platforms")
    assert here.check() == []
    assert "**合作**" not in here.text("zh/roles/marketing.md").partition("### 3.3")[0]


def test_a_topic_that_is_removed_leads_to_all(begin: Begin) -> None:
    here = begin()
    here.run("remove-term", "content-marketing")
    assert here.check() == []
    assert here.promises_kept()
    assert "\nwho-handles-what/content-marketing: who-handles-what\n" in here.text("redirects.yml")


def test_a_new_term_stands_last_in_its_group(begin: Begin) -> None:
    here = begin()
    here.run(
        "new-term", "measures", "--zh", "毛利率", "--en", "gross margin",
        "--zh-definition", "毛利佔銷售額的比例",
        "--en-definition", "gross profit as a share of sales, in per cent",
    )  # fmt: skip
    assert here.check() == []
    assert [*here.book.vocabulary.group("measures")][-1] == "gross-margin"
    assert here.text("vocabulary.yml").count("\n\npartners:") == 1


def test_new_topics(begin: Begin) -> None:
    here = begin()
    area = here.book.vocabulary.areas[0]
    here.run(
        "new-topic", "--zh", "節日", "--en", "holiday", "--duties", "3.1", "--area", area.zh,
        "--zh-definition", "放假慶祝的日子", "--en-definition", "a day of celebration",
    )  # fmt: skip
    assert here.check() == []
    order = [*here.book.vocabulary.written_topics]
    second = here.book.vocabulary.areas[1].begins
    assert order[order.index(second) - 1] == "holiday"
    here.run("new-topic", "--zh", "ROI", "--en", "ROI", "--duties", "3.2", "--area", area.en)
    assert here.check() == []
    assert here.book.vocabulary.topic_of["roi"] == "roi"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("rename-term", "roi", "--zh", "轉化率"), (
            "“轉化率” is already the name or id of conversion-rate\n"
        )),
        (("remove-term", "利潤率"), (
            "The vocabulary has no “利潤率”. Give its id, or its name in either language\n"
        )),
        (("remove-term", "roi", "--into", "協調", "--lang", "zh"), (
            "「協調」與它不同組，或就是它自己，不能代替它\n"
        )),
        (("new-topic", "--zh", "熱點", "--en", "hot topics", "--duties", "3.9", "--area", "x",
          "--zh-definition", "x", "--en-definition", "y"), (
            "There is no duty 3.9; there are 3.1, 3.2, 3.3, 3.4, 3.5\n"
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_done_changes_nothing(
    begin: Begin, typed: tuple[str, ...], told: str
) -> None:
    begin().refuses(typed, told)
