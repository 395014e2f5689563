"""Whatever a page holds, mending it once is enough, and what was no prose is still there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from test_cases import CASES, TESTS, apply, small_handbook
from unit.test_marks import CONFIG, HTML, INLINE, LINE, START

from handbook.base import source
from handbook.base.source import NotUtf8
from handbook.checks.fixes.page import mend
from handbook.pages.loader import page_place
from handbook.pages.model import Page
from handbook.pages.parsing.page_parser import PageFile, PageParser, PageResult
from handbook.pages.vocabulary import read as read_vocabulary

_LETTER, _SIMPLIFIED = re.compile(r"[^\W_]"), OpenCC("t2s")
_ITEM = re.compile(r"[\s>]*(?:-|\d{1,2}\.)(?:\s|$)")
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Ha-h]|[①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉Ⅰ-ⅻ])?"
UNBOUND = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
VOCABULARY = read_vocabulary(TESTS / "handbook/docs/vocabulary.yml", "")[0]
ROLE = (TESTS / "handbook/docs/zh/roles/marketing.md").read_text("utf-8")

_KINDS = {
    "anchor-missing", "anchor-typed", "heading-space", "markup-misread", "markup-shown",
    "punctuation", "right", "simplified-character",
}  # fmt: skip
WITH_SLIPS = [path for path in CASES if path.parent.name in _KINDS]

SLIP = st.sampled_from([
    "说明,", "发", "头发", "好.", "(好)", '"好"', "好...", "好--好", "ROI指標", "第3節", " ，",
    "One，", "（two）", "`说,A`", "[说](x.md)", "<!-- 说, -->", "*Yes,no*{ lang=en }", "•", "• ",
    "好  ", "轉化率", "**指標**:", "**好**,", "https://a.b/说,", "{ #说 }", "|说|A說|", "|-|:-:|",
    "。。", "\r",
])  # fmt: skip
SLIPS = st.builds(
    lambda start, parts: start + "".join(parts), START, st.lists(SLIP | INLINE, max_size=8)
)
TEXT = st.lists(SLIPS | SLIPS | LINE | HTML | st.just(""), max_size=10).map("\n".join)


@cache
def parser() -> PageParser:
    return PageParser(CONFIG, VOCABULARY)


def parse(file: PageFile) -> PageResult:
    return parser().parse(file)


def assert_mended_once(language: str, key: str, raw: bytes, twin: Page | None = None) -> None:
    file = PageFile(f"docs/{language}/{key}.md", language, key, raw)
    done = mend(file, parse, twin)
    assert mend(PageFile(file.path, language, key, done.raw), parse, twin).raw == done.raw
    assert (done.raw == raw) == (not done.changes)
    before, after = parse(file).page, parse(PageFile(file.path, language, key, done.raw)).page
    if before is None or after is None:
        return
    assert kept(before) == kept(after)
    assert re.fullmatch(said_before(after), "".join(letters(before)))
    assert front_matter(raw) == front_matter(done.raw)


def kept(page: Page) -> tuple[object, ...]:
    """What no mend may touch. Ids may come or go only where the rules say so."""
    code = [run.text for run in page.runs if run.code]
    foreign = [run.text for run in page.runs if run.language]
    return code, foreign, [(link.kind, link.target) for link in page.links], page.front_matter


def letters(page: Page) -> list[str]:
    """The letters and digits that readers see, in Simplified, without signs, by source line."""
    lines = [""] * len(page.lines)
    for run in page.runs:
        if not run.code:
            lines[run.line - 1] += "".join(_LETTER.findall(_SIMPLIFIED.convert(run.text)))
    return lines


def said_before(mended: Page) -> str:
    """The pattern of what a page may have said before: the same, and numbers that items had.

    Such a number was shown as text, where the list was none to the site.
    """
    return "".join(
        (_NUMBER if _ITEM.match(typed) else "") + text
        for typed, text in zip(mended.lines, letters(mended), strict=True)
    )


def front_matter(raw: bytes) -> str:
    text = source.decode(raw).replace("\r\n", "\n").replace("\r", "\n")
    return (source.split(text).front_matter or "").rstrip("\n")


@UNBOUND
@given(text=TEXT, language=st.sampled_from(["zh", "en"]))
def test_any_page_is_mended_once(text: str, language: str) -> None:
    assert_mended_once(language, "page", text.encode())


@UNBOUND
@given(
    text=TEXT,
    at=st.sampled_from(["為平台帶來流量。", "用好預算。", "分配預算", "轉化率", "## 能力要求"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_role_page_is_mended_once(text: str, at: str, end: str) -> None:
    raw = ROLE.replace(at, text).replace("\n", end).encode()
    assert_mended_once("zh", "roles/marketing", raw)


@UNBOUND
@given(raw=st.binary())
def test_any_bytes(raw: bytes) -> None:
    file = PageFile("docs/zh/page.md", "zh", "page", raw)
    try:
        source.decode(raw)
    except NotUtf8:
        assert mend(file, parse, None).raw == raw
    else:
        assert_mended_once("zh", "page", raw)


@pytest.mark.parametrize("path", WITH_SLIPS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_slip_is_mended_once(path: Path, tmp_path: Path) -> None:
    small_handbook(tmp_path)
    apply(yaml.safe_load(path.read_text(encoding="utf-8")), tmp_path)
    for page in (tmp_path / "docs").rglob("*.md"):
        place = page_place(page.relative_to(tmp_path).as_posix())
        clean = TESTS / "handbook" / page.relative_to(tmp_path)
        if place and not (clean.exists() and clean.read_bytes() == page.read_bytes()):
            assert_mended_once(*place, page.read_bytes())


def test_term_of_the_vocabulary_keeps_its_spelling(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    vocabulary = tmp_path / "docs/vocabulary.yml"
    vocabulary.write_text(
        vocabulary.read_text("utf-8").replace("name: 轉化率", "name: ROI率"), "utf-8"
    )
    terms = PageParser(CONFIG, read_vocabulary(vocabulary, "")[0])
    raw = ROLE.replace("轉化率", "ROI率").replace("分配預算", "看ROI率").encode()
    done = mend(PageFile("docs/zh/roles/m.md", "zh", "roles/m", raw), terms.parse, None)
    assert [change.after for change in done.changes] == ["- 看 ROI 率"]


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("\ufeff\ufeff# 題 { #a }\n", "# 題 { #a }\n"),
        ("# 題 { #a }\n\n文。\n  \n", "# 題 { #a }\n\n文。\n"),
        ("# 題 { #a }\n\n文。 \n\t\n\n ", "# 題 { #a }\n\n文。\n"),
    ],
    ids=["two byte order marks", "space on the last line", "both"],
)
def test_a_file_is_mended_once(raw: str, right: str) -> None:
    done = mend(PageFile("docs/zh/page.md", "zh", "page", raw.encode()), parse, None)
    assert (done.raw.decode(), bool(done.changes)) == (right, True)
    assert mend(PageFile("docs/zh/page.md", "zh", "page", done.raw), parse, None).changes == ()
