"""Marks change nothing: a page rendered with them and stripped of them is the page the site shows.

The rules decide on what is rendered with marks, the reader sees what is rendered without.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from test_cases import CASES, TESTS, apply, small_handbook

from handbook.base import source
from handbook.base.limits import LARGEST_FILE
from handbook.base.site_config import read as read_config
from handbook.pages.parsing.anchors import PublicAnchors
from handbook.pages.parsing.observation import Observation
from handbook.pages.parsing.rendering import MADE_BY_MARKDOWN, UNREADABLE, WITHOUT_ANCHOR, Renderer
from handbook.pages.parsing.source_map import mark, unmarked
from handbook.pages.vocabulary import Index
from handbook.pages.vocabulary import read as read_vocabulary

_MADE_UP = "made-up"
"""The id of a heading that has none of its own; `toc` gives it where somebody asks for it."""

_SITE = read_config(TESTS.parent)
_TOC = {**_SITE.extension_settings["toc"], "slugify": lambda *_: _MADE_UP}
CONFIG = replace(_SITE, extension_settings={**_SITE.extension_settings, "toc": _TOC})
TERMS = Index(read_vocabulary(TESTS / "handbook/docs/vocabulary.yml", "")[0])

_OURS = re.compile(
    rf' (?:{MADE_BY_MARKDOWN}|{WITHOUT_ANCHOR}|data-typed-id)="[^"]*"| id="{_MADE_UP}(?:_\d+)?"'
)

_SPACE = re.compile(r"\s*(<[^<>]*>)\s*|\s+")

INLINE = st.sampled_from([
    "one", "two", "二", "，", " ", " ", "*", "**", "_", "__", "`", "``", "[", "]", "(", ")",
    "](x.md)", "][", "!", "<b>", "</b>", "<https://a.b>", "<br>", "&amp;", "\\", "|", '"', "'",
    ":", "：", "#", "{", "}", "{ #x }", "{.c}", "[^1]", "ROI", "  ", "\t", "\u3000", "< ",
    "> ", "-", "+", "1.",
    "~~", "==", "$", "https://a.b", "」", "（", "<!-- c -->", "[one]",
    '<span lang="zh">', "</span>",
])  # fmt: skip
START = st.sampled_from([
    "", "", "", "# ", "## ", "###", "####### ", "- ", "* ", "+ ", "1. ", "12. ", "> ", ">", ">> ",
    "    ", "  ", "        ", "\t", "- - ", "- > ", "1. - ", "| ", ": ", ":   ", "!!! note ",
    '!!! note "', "??? tip ", '???+ tip "', "```", "```py ", "~~~", "````", "[^1]: ", "[x]: ",
    "*[ROI]: ", "[one]: x.md ", "\u3000", "=", "---", "***", "|--|--|", "--- | ---", "[TOC]",
    "{: #y }", "\\", "    - ", "   ", '"', "(", "  [^1]: ", "- [ ] ", "<div>", "<p>", "<summary>",
])  # fmt: skip
HTML = st.sampled_from([
    "<div>", "</div>", '<div markdown="1">', "<details><summary>one</summary>", "</details>",
    "<pre>", "</pre>", "<h2>one</h2>", "<script>", "</script>", "<table><tr><td>", "</table>",
    "<!-- ", "-->", '<div\n  class="a"\n  onclick="b">', "<hr>", "<p>", "</p>", "<x-y>",
    "- <div>one</div>",
])  # fmt: skip
LINE = st.builds(lambda start, parts: start + "".join(parts), START, st.lists(INLINE, max_size=8))
PAGE = st.lists(LINE | LINE | LINE | HTML | st.just(""), max_size=12).map("\n".join)
"""What editors write, well or badly; not HTML that ends in the middle of a tag."""


_NUMBERED = re.compile(r"字\d+字")
_FIRST = ord(mark("x", 0)[0])


@cache
def renderer() -> Renderer:
    return Renderer(CONFIG, TERMS)


@cache
def plain_markdown() -> Markdown:
    settings: dict[str, dict[str, object]] = {
        **CONFIG.extension_settings,
        "toc": {**CONFIG.extension_settings.get("toc", {}), "permalink": False},
        "pymdownx.highlight": {"use_pygments": False},
    }
    return Markdown(
        extensions=[*CONFIG.extensions, PublicAnchors(TERMS)], extension_configs=settings
    )


def both(text: str) -> tuple[str, str]:
    """The page as the library renders it, without its marks, and as the site does."""
    with_marks = renderer().html(text.split("\n"), 1)
    plain = plain_markdown().reset().convert(UNREADABLE.sub("\ufffd", text))
    return _seen(unmarked(with_marks)), _seen(plain)


def _seen(html: str) -> str:
    """Without our attributes, made-up ids, and white space that no reader sees."""
    return _SPACE.sub(lambda match: match[1] or " ", _OURS.sub("", html)).strip()


@given(PAGE)
@example('[x](a\n"title")')
@example('[x]: a.md\n  "title"\n\n[x]')
@example("[long\nname][]\n\n[long name]: a.md")
@example("*one **two*three**")
@example("text\n*** more *x*")
@example("a\tb\n\n    c\td")
@example("[TOC]\n\n# A")
@example('!!! note ""\n    x')
def test_marks_change_nothing(text: str) -> None:
    with_marks, plain = both(text)
    assert with_marks == plain


@pytest.mark.parametrize("path", [*(TESTS.parent / "docs").glob("*/**/*.md")], ids=str)
def test_marks_change_nothing_on_the_real_pages(path: Path) -> None:
    assert_same(path)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_marks_change_nothing_in_the_cases(path: Path, tmp_path: Path) -> None:
    small_handbook(tmp_path)
    apply(yaml.safe_load(path.read_text(encoding="utf-8")), tmp_path)
    for page in tmp_path.glob("docs/*/**/*.md"):
        if page.is_file() and page.stat().st_size < LARGEST_FILE:
            assert_same(page)


def assert_same(path: Path) -> None:
    _assert_same(path.read_bytes())


@cache
def _assert_same(raw: bytes) -> None:
    """Of most cases all pages but one are those of the case before."""
    try:
        text = source.decode(raw)
    except source.NotUtf8:
        return
    with_marks, plain = both("\n".join(source.split(text).markdown))
    assert with_marks == plain


@given(st.text(), st.integers(1, 0xFFFD))
def test_a_mark_adds_only_itself(line: str, number: int) -> None:
    line = unmarked(line)
    marked = mark(line, number)
    assert unmarked(marked) == line
    assert len(marked) <= len(line) + 2


def marked_part(line: str, number: int) -> str:
    return mark(line.expandtabs(4), number).partition(chr(_FIRST + number))[2]


@given(PAGE)
def test_words_are_found_on_their_line(text: str) -> None:
    numbers = count()
    text = re.sub("one|two|二|ROI", lambda match: f"{match[0]}字{next(numbers)}字", text)
    lines = text.split("\n")
    marked = {
        word: number
        for number, line in enumerate(lines, start=1)
        for word in _NUMBERED.findall(marked_part(line, number))
    }
    for run in Observation(renderer().render(lines, 1), lines, 1).runs:
        for word in _NUMBERED.findall(run.text):
            assert run.line == marked.get(word, run.line)
