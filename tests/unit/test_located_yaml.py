"""Front matter and vocabulary may hold anything: what is read is plain data or a `YamlProblem`."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.base import located_yaml
from handbook.base.located_yaml import LocatedYaml, YamlProblem

TOKENS = st.sampled_from([
    "section", "description", ":", ": ", "\n", "\n", "  ", "- ", "[", "]", "{", "}", ",", '"', "'",
    "&a ", "*a", "!!python/object:os.system ", "!x ", "<<: ", "? ", "|", ">", "#", "%", "@", "`",
    "3", "0x_", "0b_", "1:99", "9999-12-31t23:59:59-23:59", "2001-99-99", ".inf", "~", "yes", "no",
    "9" * 5000, "...", "---", "\t", "\x00", "\x85", "\u2028", "\ufeff", "文字", "\U0001f600",
])  # fmt: skip
TEXT = st.lists(TOKENS, max_size=20).map("".join) | st.text(max_size=60)


@given(TEXT)
@example("[" * 3000)
@example("{a: " * 3000)
@example("- " * 3000)
@example("[" * 100_000)
@example("section: ._")
@example("? [a]\n: b")
@example("\x00")
@example("a: \ud800")
def test_anything_gives_plain_data_or_a_problem_with_its_place(text: str) -> None:
    result = read(text)
    if isinstance(result, YamlProblem):
        assert 1 <= result.line <= len(re.split("\r\n|[\r\n\x85\u2028\u2029]", text)) + 1
        assert result.column >= 1
        assert result.kind in {"syntax", "duplicate", "unsafe", "shape"}
    else:
        assert all(isinstance(key, str) for key in result.data)
        assert all(result.place((key,)) >= (1, 1) for key in result.data)


def read(text: str) -> LocatedYaml | YamlProblem:
    try:
        return located_yaml.read(text)
    except YamlProblem as problem:
        return problem


@given(
    st.dictionaries(
        st.text("abcde-", min_size=1),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text("ab 文\n:#'\"")
        | st.lists(st.integers()),
    )
)
def test_plain_data_is_read_as_yaml_reads_it(data: dict[str, object]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    assert located_yaml.read(text).data == {
        str(key): value for key, value in yaml.safe_load(text).items()
    }


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("section: 3\nsection: 4", "duplicate", 2, 1),
        ("section: &a 3", "unsafe", 1, 10),
        ("a: 1\nsection: *a", "unsafe", 2, 10),
        ("section: !!python/object/apply:os.system [ls]", "unsafe", 1, 10),
        ("a: {<<: {b: 1}}", "unsafe", 1, 5),
        ("- section", "shape", 1, 1),
        ("section", "shape", 1, 1),
        ("section: [3", "syntax", 1, 12),
        ("section: 3\n\tdescription: x", "syntax", 2, 1),
        (f"a: {'9' * 5000}", "syntax", 1, 1),
        ("---\na: 1\n---\nb: 2", "syntax", 3, 1),
    ],
)
def test_problem_stands_at_its_place(text: str, kind: str, line: int, column: int) -> None:
    with pytest.raises(YamlProblem) as caught:
        located_yaml.read(text)
    assert (caught.value.kind, caught.value.line, caught.value.column) == (kind, line, column)


def test_keys_are_words_even_where_yaml_disagrees() -> None:
    assert located_yaml.read("yes: 1\n3: 2\n2001-01-01: 3\n~: 4").data == {
        "yes": 1,
        "3": 2,
        "2001-01-01": 3,
        "~": 4,
    }


def test_place_of_what_is_missing_is_that_of_its_parent() -> None:
    located = located_yaml.read("a:\n  b: 1\n  c:\n  - x\n  - y: 2")
    assert located.place(("a", "c", 1, "y")) == (5, 5)
    assert located.place(("a", "c", 1, "z")) == (5, 5)
    assert located.place(("a", "d")) == (1, 1)
    assert located.place(("z",)) == (1, 1)


def test_a_day_stays_what_was_typed() -> None:
    found = located_yaml.read("a: 2026-11-02\nb: 2001-99-99")
    assert found.data == {"a": "2026-11-02", "b": "2001-99-99"}
