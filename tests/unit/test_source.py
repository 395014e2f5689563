"""A page's file is split as MkDocs splits it: what it takes for front matter is front matter."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import META_RE, get_data

from handbook.base import source
from handbook.base.source import NotUtf8

LINES = st.sampled_from([
    "---", "...", "--- ", "---\t", "----", " ---", "--", "section: 3", "description: x", "", " ",
    "# 標題", "text", "- a", "a: [1", "Note: x", "---x", "... #", "# 註",
])  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
TEXT = st.lists(st.tuples(LINES, ENDS), max_size=10).map(
    lambda lines: "".join(line + end for line, end in lines)
)


@given(TEXT)
@example("---\n---\n")
@example("---\nsection: 3\n---")
@example("---\n\n---\ntext\n")
@example("---\n---\n---\n")
def test_split_agrees_with_mkdocs(text: str) -> None:
    parts = source.split(text)
    # MkDocs opens files with universal line ends.
    rest, data = get_data(text.replace("\r\n", "\n").replace("\r", "\n"))
    if parts.front_matter is not None and parts.closed:
        try:
            own = yaml.safe_load(parts.front_matter)
        except yaml.YAMLError:
            return
        if isinstance(own, dict):
            assert data == own
            assert rest == "\n".join(parts.markdown).lstrip("\n")
    elif not META_RE.match(parts.lines[0]):
        assert data == {}
        assert rest.lstrip() == "\n".join(parts.markdown).lstrip()


@given(TEXT)
def test_no_line_is_lost(text: str) -> None:
    parts = source.split(text)
    assert list(parts.lines) == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert parts.lines[parts.first_line - 1 :] == parts.markdown
    assert 1 <= parts.first_line <= len(parts.lines)


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8")))
def test_any_bytes_are_text_or_said_not_to_be(raw: bytes) -> None:
    try:
        text = source.decode(raw)
    except NotUtf8 as error:
        named, line = error.encoding, error.line
    else:
        named, line = "", 1
        assert text.encode() in {raw, raw.removeprefix(b"\xef\xbb\xbf")}
    assert named in {"", "UTF-16", "UTF-32", "BIG5", "GB18030", "Latin-1"}
    assert 1 <= line <= raw.count(b"\n") + 1


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("big5", "BIG5"),
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
    ],
)
def test_wrong_encoding_is_recognised(encoding: str, named: str) -> None:
    simplified = encoding.startswith("gb")
    text = "# 市场推广\n\n为平台带来流量。\n" if simplified else "# 市場推廣\n\n為平台帶來流量。\n"
    with pytest.raises(NotUtf8) as caught:
        source.decode((text * 5).encode(encoding))
    assert caught.value.encoding == named


def test_western_encoding_is_recognised_where_it_shows() -> None:
    with pytest.raises(NotUtf8) as caught:
        source.decode("# Cafe\n\nA caf\u00e9 \u2013 really.\n".encode("cp1252"))
    assert (caught.value.encoding, caught.value.line) == ("Latin-1", 3)
