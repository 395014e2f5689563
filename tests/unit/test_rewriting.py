from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.rewriting import DROP, Attributes, Decision, Instead, rewritten


def decide(tag: str, attributes: Attributes, around: Sequence[str]) -> Decision:
    match attributes.get("id"):
        case "gone":
            return DROP
        case "other":
            return Instead("&amp;")
        case "open":
            return "unwrap"
        case "moved":
            return {"href": 'a"b&c', "rel": "x"}
        case "inside":
            return Instead(" ".join(around))
    return "keep"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<p>a<b id="gone">b<i>c</i></b>d</p>', "<p>ad</p>"),
        ('<p>a<br id="gone">d</p>', "<p>ad</p>"),
        ("<p>a<br id=gone />d</p>", "<p>ad</p>"),
        ('<p>a<span id="other">b</span>d</p>', "<p>a&amp;d</p>"),
        ('<p>a<a id="open" href="x">b<i>c</i></a>d</p>', "<p>ab<i>c</i>d</p>"),
        ('<a id="open"><a id="open">b</a>c</a>', "bc"),
        ('<a ID="moved" href=x>b</a>', '<a id="moved" href="a&quot;b&amp;c" rel="x">b</a>'),
        ('<link id="moved"/>b', '<link id="moved" href="a&quot;b&amp;c" rel="x"/>b'),
        ('<div><br><p><img id="inside"></p></div>', "<div><br><p>div p</p></div>"),
        ('<div><p id="gone">a</div>b<p>c</p>', "<div></div>b<p>c</p>"),
        ('<b id="gone"><b id="gone"></b>a</b>c', "c"),
    ],
)
def test_elements_become_what_is_decided(page: str, expected: str) -> None:
    assert rewritten(page, decide) == expected


def test_all_else_stays_byte_for_byte() -> None:
    page = (
        "<!doctype html>\n<HTML  Lang='zh'><!-- a > b --><script>if (a<b) x='</p>'</script>"
        '<svg viewBox="0 0 1 1"/><p Class=x>&nbsp;&#20013; a & b < c</p>\n'
    )
    assert rewritten(page, decide) == page


@given(st.text(alphabet="<>/ab=\"' &;!-x", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    rewritten(text, decide)
