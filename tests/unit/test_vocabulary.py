from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cases import small_handbook

from handbook.checks.formats.text import as_text
from handbook.pages.loader import load
from handbook.pages.terms import Term, TermText
from handbook.pages.vocabulary import Index, Vocabulary, read

GOOD = """\
abilities:
  data-analysis:
    origin: source
    zh: {name: 數據分析, definition: 看出規律}
    en: {name: data analysis, definition: finding patterns, also: [data skills]}
"""


def problems(folder: Path, text: str | bytes) -> list[str]:
    path = folder / "vocabulary.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    _, found = read(path, "docs/vocabulary.yml")
    return [as_text(each).split("\n")[0] for each in found]


def test_good_vocabulary(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


def test_an_empty_vocabulary_is_not_one(tmp_path: Path) -> None:
    assert len(problems(tmp_path, "")) == 1


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (GOOD.replace("zh: {name: 數據分析, d", "zh: {d"), 4, "zh.name"),
        (GOOD.replace("also: [data skills]", "alias: [x]"), 5, "unknown name"),
        (GOOD.replace("[data skills]", "data skills"), 5, "wrong kind"),
        (GOOD.replace("abilities", "skills"), 1, "skills"),
        (GOOD.replace("    origin: source\n", ""), 2, "abilities.data-analysis.origin"),
        (GOOD.replace("source", "us"), 3, "found `us`"),
        (GOOD.replace("name: 數據分析", "name: 3"), 4, "without double quotes"),
        (GOOD + GOOD.split("\n", 1)[1], 6, "the same name twice"),
        (GOOD.replace("{name: 數據分析", "&a {name: 數據分析"), 4, "`&`"),
        (GOOD.replace("{name: 數據分析", "{name: [數據分析"), 4, "not valid YAML"),
        ("- a\n", 1, "something other than `name: value`"),
        (GOOD.encode("big5"), 4, "BIG5"),
    ],
)
def test_problem_of_the_file(tmp_path: Path, text: str | bytes, line: int, found: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(f"docs/vocabulary.yml:{line}:")
    assert found in problem
    assert problem.endswith("[vocabulary]")


def test_missing_file(tmp_path: Path) -> None:
    vocabulary, (problem,) = read(tmp_path / "x", "docs/vocabulary.yml")
    assert vocabulary == Vocabulary()
    assert "no such file" in problem.message


def test_name_of_two_terms(tmp_path: Path) -> None:
    text = GOOD + GOOD.split("\n", 1)[1].replace("data-analysis", "data-skill").replace(
        "數據分析", "數據能力"
    ).replace("name: data analysis", "name: Data Skills").replace(", also: [data skills]", "")
    (problem,) = problems(tmp_path, text)
    assert problem.startswith("docs/vocabulary.yml:9:")
    assert problem.endswith("[vocabulary-name]")


TOPICS = """\
topics:
  analysis:
    term: data-analysis
    zh: {words: [分析]}
    en: {name: data skills, words: [analysis]}
    duties: ["3.1"]
  risk:
    origin: editors
    zh: {name: 風險, definition: 不利情況, words: [風險]}
    en: {name: risk, definition: what may go wrong, words: [risk]}
    duties: ["3.1"]
"""


def test_a_topic_that_is_a_term_says_what_the_term_says(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(GOOD + TOPICS, encoding="utf-8")
    vocabulary, found = read(tmp_path / "vocabulary.yml", "vocabulary.yml")
    assert found == []
    topic, term = vocabulary.topics["analysis"], vocabulary.abilities["data-analysis"]
    assert (topic.zh.name, topic.zh.definition) == (term.zh.name, term.zh.definition)
    assert (topic.en.name, topic.en.also) == ("data skills", ["data analysis"])
    assert (topic.origin, topic.zh.words, topic.duties) == ("source", ["分析"], ["3.1"])
    assert vocabulary.topic_of == {"data-analysis": "analysis"}


def test_a_word_has_one_entry(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text(GOOD + TOPICS, encoding="utf-8")
    vocabulary, _ = read(tmp_path / "vocabulary.yml", "vocabulary.yml")
    assert [*vocabulary.entries("topics")] == ["risk"]
    names = [(language, name) for _, _, language, name in vocabulary.names()]
    assert len(names) == len(set(names))
    assert ("en", "data skills") in names


def index(*names: str) -> Index:
    def term(name: str) -> Term:
        zh, en = (TermText(name=each, definition="x") for each in (f"{name}字", name))
        return Term(origin="source", zh=zh, en=en)

    return Index(Vocabulary(abilities={f"t{n}": term(name) for n, name in enumerate(names)}))


@pytest.mark.parametrize(
    ("text", "words", "term_id"),
    [
        ("Data analysis: good", "Data analysis", "t1"),
        ("data", "data", "t0"),
        ("Data (all of it)", "Data", "t0"),
        ("data-driven", "data", "t0"),
        ("database", "", ""),
        ("STRASSE: x", "STRASSE", "t2"),
        ("", "", ""),
    ],
)
def test_longest_name_that_a_text_begins_with(text: str, words: str, term_id: str) -> None:
    found = index("data", "data analysis", "Straße").leading("abilities", "en", text)
    assert found == (words, term_id)


@given(st.text(), st.sampled_from(["zh", "en"]))
def test_look_up_takes_any_text(text: str, language: str) -> None:
    terms = index("data", "ss", "i̇", "ß")
    words, term_id = terms.leading("abilities", language, text)
    assert text.startswith(words)
    assert bool(words) == bool(term_id)
    terms.find("abilities", language, text)
    terms.nearest("abilities", language, text)


def test_nearest_prefers_a_terms_own_name() -> None:
    assert index("data analysis").nearest("abilities", "en", "data analisys") == "data analysis"
    assert index("data analysis").nearest("abilities", "en", "patience") == ""


def test_a_page_is_read_anew_with_another_vocabulary(tmp_path: Path) -> None:
    small_handbook(tmp_path)

    def named() -> list[str]:
        duties = [duty for role in load(tmp_path).roles("zh") for duty in role.duties]
        return [use.id for duty in duties for use in duty.terms("measures")]

    assert named() == ["conversion-rate", "return-rate"]
    vocabulary = tmp_path / "docs/vocabulary.yml"
    text = vocabulary.read_text("utf-8")
    vocabulary.write_text(text.replace("{name: 轉化率", "{name: 訂購率"), "utf-8")
    assert named() == ["", "return-rate"]
