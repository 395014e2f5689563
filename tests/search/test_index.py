"""What the index holds, made from the real pages."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.site.search import index as search_index
from handbook.site.search.index import KINDS, WORKER, entries, relocated, rest_of, worker
from handbook.site.search.words import fold_map, folded, sounds, taiwan_words
from handbook.views.derived import derived_pages

ROOT = Path(__file__).parents[2]
TERMS = ("topic", "term")
"""What is meant by any of its names."""
FIELDS = ("kind", "page", "anchor", "number", "title", "place", "text", "names")
languages = pytest.mark.parametrize("language", ["zh", "en"])


@cache
def handbook() -> Handbook:
    return load(ROOT)


def urls() -> dict[str, str]:
    derived = [page.key for page in derived_pages(handbook(), "en")]
    written = [key for _, key in handbook().pages]
    return {key: f"{key.removesuffix('index')}/" for key in (*written, *derived)}


def index(language: str, **options: Any) -> dict[str, Any]:
    script = worker(handbook(), language, urls(), ["engine();"], **options)[WORKER]
    first, last = script.strip().split("\n")
    assert first == "engine();"
    opening, closing = "handbookAnswer(", ");"
    assert last.startswith(opening)
    assert last.endswith(closing)
    data: dict[str, Any] = json.loads(last.removeprefix(opening).removesuffix(closing))
    return data


@languages
def test_every_duty_and_ability_of_the_language_is_an_entry(language: str) -> None:
    found = {(entry.page, entry.anchor) for entry in entries(handbook(), language)}
    for role in handbook().roles(language):
        page = f"roles/{role.slug}"
        assert (page, "") in found
        parts = [duty.anchor for duty in role.duties]
        parts += [ability.anchor for ability in role.abilities]
        assert {(page, anchor) for anchor in parts} <= found


@languages
def test_no_two_entries_have_one_address(language: str) -> None:
    places = [(entry.page, entry.anchor) for entry in entries(handbook(), language)]
    assert len(places) == len(set(places))


def test_an_entry_says_its_number_title_role_and_other_name() -> None:
    duty = next(e for e in entries(handbook(), "zh") if e.anchor == "duty-3-2")
    assert (duty.number, duty.title, duty.place) == ("3.2", "廣告投放與渠道管理", "市場推廣")
    assert duty.names == ("Ad placement and channel management",)
    assert "監控投放過程" in duty.pieces
    ability = next(e for e in entries(handbook(), "en") if e.anchor == "ability-listening")
    assert ability.place == "Customer relationship management · Ability requirements"
    assert ability.names == ("傾聽",)


def test_pages_for_editors_are_found_by_their_headings_only() -> None:
    rules = [e for e in entries(handbook(), "zh") if e.page == "contributing/rules"]
    assert rules
    assert not any(entry.pieces for entry in rules)


def test_a_page_that_the_site_has_not_is_not_found() -> None:
    script = worker(handbook(), "zh", {"roles/marketing": "roles/marketing/"}, [])[WORKER]
    assert "duty-3-2" in script
    assert "duty-8-1" not in script


@languages
def test_a_long_handbook_is_found_by_its_names_before_its_texts_are_there(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = index(language)
    limit = 15_000
    monkeypatch.setattr(search_index, "FIRST", limit)
    made = worker(handbook(), language, urls(), [])
    name = rest_of(made[WORKER])
    assert re.fullmatch(r"rest\.[0-9a-f]{8}\.json", name)
    assert [*made] == [f"search/{name}", WORKER]
    first = json.loads(made[WORKER].strip().removeprefix("handbookAnswer(").removesuffix(");"))
    rest = json.loads(made[f"search/{name}"])
    assert first | rest | {"rest": name} == whole | {"rest": name}
    found = [dict(zip(FIELDS, entry, strict=False)) for entry in first["entries"]]
    assert sum(len("".join(map(str, entry.values())).encode()) for entry in found) < limit
    kinds = [KINDS[entry["kind"]] for entry in found]
    roles = handbook().roles(language)
    assert kinds[: kinds.index("term")] == ["topic"] * kinds.count("topic") + ["role"] * len(roles)
    assert not any(entry["text"] for entry in found if KINDS[entry["kind"]] != "topic")


@languages
def test_of_many_roles_their_list_is_the_way(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles = handbook().roles(language)
    assert index(language)["ways"][1:] == [f"roles/{role.slug}/" for role in roles]
    monkeypatch.setattr(search_index, "_MOST_WAYS", len(roles) - 1)
    data = index(language)
    assert data["ways"] == ["who-handles-what/", "roles//"]
    pages = [data["pages"][page] for _, page, anchor, *_ in data["entries"] if not anchor]
    assert {*data["ways"]} <= {*pages}


def test_only_what_readers_see_is_converted() -> None:
    plain = index("zh")
    data = index("zh", shown=lambda text: text.replace("廣", "广"))
    assert data["pages"] == plain["pages"]
    titles = {entry[2]: entry[4] for entry in data["entries"]}
    assert titles["duty-3-2"] == "广告投放與渠道管理"


def test_both_scripts_of_a_word_fold_to_the_same() -> None:
    assert folded("退貨率") == folded("退货率")
    assert folded("甚麼") == folded("什么")
    assert folded("用戶黏性") == folded("用户粘性")
    assert folded("ＫＰＩ 瞭解") == folded("kpi 了解")


def test_the_fold_map_is_limited_to_characters_in_use() -> None:
    pairs = fold_map(["退貨", "后"])
    assert pairs["貨"] == "货"
    assert pairs["後"] == "后"
    assert "廣" not in pairs


def test_folding_twice_changes_nothing() -> None:
    everything = "".join(map(chr, range(0x4E00, 0x9FFF)))
    assert folded(folded(everything)) == folded(everything)


def test_taiwans_words_are_known() -> None:
    words = taiwan_words(["收集用戶反饋，分析數據，製作視頻"])
    assert words["用戶"] == "使用者"
    assert words["數據"] == "資料"
    assert words["視頻"] == "影片"
    assert "收集用戶" not in words


@languages
def test_names_in_the_other_language_and_everyday_words_lead_to_the_pages_words(
    language: str,
) -> None:
    meant: dict[str, set[str]] = {}
    data = index(language)
    named = [(entry[7], entry[4]) for entry in data["entries"] if KINDS[entry[0]] in TERMS]
    for typings, means in (*data["synonyms"], *named):
        for typed in typings.split("\n"):
            meant.setdefault(typed, set()).update(means.split("\n"))
    own, other = ("退貨率", "return rate") if language == "zh" else ("return rate", "退貨率")
    assert own in meant[other]
    assert meant["退款"] & {"退換貨", "returns"}
    assert meant["refund"] == meant["退款"]
    assert own not in meant


def test_every_everyday_word_leads_somewhere_in_both_languages() -> None:
    for language in ("zh", "en"):
        lists = [typings.split("\n") for typings, _ in index(language)["synonyms"]]
        leading = {typed for typings in lists for typed in typings}
        lost = [
            entry.typed
            for entry in handbook().vocabulary.everyday
            if not leading & set(entry.typed)
        ]
        assert lost == [], language


def test_what_everyday_words_mean_is_said_somewhere() -> None:
    said = folded(
        "\n".join(
            text
            for language in ("zh", "en")
            for entry in entries(handbook(), language)
            for text in (entry.title, entry.place, *entry.pieces, *entry.names)
        )
    )
    meant = [word for entry in handbook().vocabulary.everyday for word in entry.means]
    assert [word for word in meant if folded(word) not in said] == []


def test_what_the_handbook_does_not_cover_is_said_where_search_leads() -> None:
    for language in ("zh", "en"):
        about = handbook().pages[language, "about"]
        assert {each.anchor for each in handbook().vocabulary.absent} <= set(about.anchors)


def test_what_is_the_same_is_read_as_the_pages_word() -> None:
    same = index("zh")["same"]
    assert same["客户"] == same["顾客"] == "用户"
    assert "消费者" not in same  # of another length: people say it, and no longer word is read so
    assert index("en")["same"] == {}


def test_no_phrase_of_the_other_language_is_loaded() -> None:
    def typed(language: str) -> set[str]:
        return {word for typings, _ in index(language)["synonyms"] for word in typings.split("\n")}

    assert "keep coming back" in typed("en")
    assert {"coupon", "special offer"} <= typed("zh")
    assert "keep coming back" not in typed("zh")
    assert "七天無理由" in typed("zh")
    assert "退款" in typed("en")
    assert "七天無理由" not in typed("en")


def test_what_readers_load_has_no_comments_and_says_the_same() -> None:
    lines = (
        "function f() {",
        "  // Why.",
        '  const a = "http://b"; // what',
        "  /* Long",
        "     one. */",
    )
    source = "\n".join([*lines, "  return a;", "}", ""])
    script = worker(handbook(), "en", urls(), ["/* License */", source])[WORKER]
    assert script.startswith('/* License */\nfunction f() {\nconst a = "http://b";\nreturn a;\n}')


def test_sounds_are_told_by_the_order_of_gb_2312() -> None:
    otherwise, common, rare = sounds(("退貨", "調整", "用戶黏性", "骰子"))
    assert otherwise == ["调整 tiao zheng", "用户粘性 yong hu nian xing"]
    assert common.startswith("a2 ai13 an")
    lengths = [int(size) for size in re.findall(r"[a-zü:]+(\d+)", common)]
    assert sum(lengths) == 3755
    assert rare == "tou骰;"


def test_a_missing_word_can_be_reported_from_pages_without_a_foot() -> None:
    assert index("en")["report"] == "about/#feedback"
    script = worker(handbook(), "en", urls(), [])[WORKER]
    moved = relocated(script, lambda page: f"en/{page}index.html")
    assert '"report":"en/about/index.html#feedback"' in moved
