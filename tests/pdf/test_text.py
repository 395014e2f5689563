"""What is printed is what the pages say, whole, in order, and set as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pdf.prints import Print, squeezed

from handbook.base.script import simplified
from handbook.pages.model import Handbook, Page
from handbook.site.print.book import AFTER, BEFORE
from handbook.site.print.words import words
from handbook.views import Views

HANDBOOKS = {"zh": "handbook-zh-Hant", "zh-Hans": "handbook-zh-Hans", "en": "handbook-en"}
NEVER_FIRST = "、。，：；！？」』）》〉】…"
_NUMBER = re.compile(r"^\d+\.\d+ ")
NEVER_LAST = "「『（《〈【"


def passages(page: Page) -> Iterator[str]:
    """Every heading, paragraph and list item of a page, in order, as the model has them."""
    for block in page.blocks:
        for passage in block.items or (block.passage,):
            yield passage.text


def printed_pages(handbook: Handbook, language: str) -> Iterator[Page]:
    own = "en" if language == "en" else "zh"
    roles = [f"roles/{role.slug}" for role in handbook.roles(own)]
    for key in (*AFTER, *BEFORE, *roles):
        page = handbook.page(own, key)
        assert page is not None
        yield page


def assert_in_order(passages: Iterator[str], text: str, start: int = 0) -> None:
    for passage in passages:
        at = text.find(squeezed(passage), start)
        assert at >= 0, f"not there, or not in its place: {passage}"
        start = at + len(squeezed(passage))


@pytest.mark.parametrize("language", HANDBOOKS)
def test_the_handbook_holds_every_passage_in_order(
    language: str, handbook: Handbook, prints: dict[str, Print]
) -> None:
    say = simplified if language == "zh-Hans" else str
    found = prints[HANDBOOKS[language]]
    all_passages = (
        say(passage) for page in printed_pages(handbook, language) for passage in passages(page)
    )
    assert_in_order(all_passages, found.running, len(squeezed(found.pages[0])))


@pytest.mark.parametrize("language", HANDBOOKS)
def test_a_role_pack_holds_its_page_and_its_duties_twice(
    language: str, handbook: Handbook, prints: dict[str, Print]
) -> None:
    say = simplified if language == "zh-Hans" else str
    tag = HANDBOOKS[language].removeprefix("handbook-")
    for role in handbook.roles("en" if language == "en" else "zh"):
        found = prints[f"role-{role.slug}-{tag}"]
        page = handbook.pages[role.language, f"roles/{role.slug}"]
        body = (say(text) for text in list(passages(page))[1:])  # the title stands on page 1
        assert_in_order(body, squeezed("".join(found.pages[1:])))
        for duty in role.duties:
            heading = squeezed(say(f"{duty.number} {duty.name}"))
            assert found.running.count(heading) >= 3, (found.name, heading)  # in short, full, check


def test_the_bilingual_edition_has_both_languages_beside_each_other(
    handbook: Handbook, prints: dict[str, Print]
) -> None:
    found = prints["handbook-bilingual"]
    start = len(squeezed(found.pages[0]))
    for language in ("zh", "en"):
        for page in printed_pages(handbook, language):
            for passage in passages(page):
                # A duty's number stands once, before both languages.
                said = squeezed(passage if language == "zh" else _NUMBER.sub("", passage))
                assert said in found.running[start:], passage
    starts = [(title, n) for _, title, n in found.bookmarks()]
    for role, twin in zip(handbook.roles("zh"), handbook.roles("en"), strict=True):
        for duty, other in zip(role.duties, twin.duties, strict=True):
            (at,) = [n for title, n in starts if title.startswith(f"{duty.number} ")]
            if duty.purpose and other.purpose:
                left, right = (
                    _place(found, at, passage.text[:12])
                    for passage in (duty.purpose, other.purpose)
                )
                assert abs(left[1] - right[1]) < 3, duty.number  # on one line
                assert left[0] < 250 < right[0]


def _place(found: Print, page: int, words: str) -> tuple[float, float]:
    """Where on a page words begin: from the left, and the line's foot from the bottom."""
    text = found.document[page - 1].get_textpage()
    occurrence = text.search(words).get_next()
    assert occurrence, words
    left, bottom, _, _ = text.get_charbox(occurrence[0], loose=True)
    return left, bottom


@pytest.mark.parametrize("name", [*HANDBOOKS.values(), "handbook-bilingual"])
def test_no_line_begins_or_ends_with_the_wrong_sign(name: str, prints: dict[str, Print]) -> None:
    lines = list(prints[name].lines())
    assert len(lines) > 500
    assert [line for line in lines if line[1][0] in NEVER_FIRST] == []
    assert [line for line in lines if line[1][-1] in NEVER_LAST] == []


@pytest.mark.parametrize("name", ["handbook-zh-Hant", "handbook-zh-Hans", "handbook-bilingual"])
def test_no_line_is_one_character(name: str, prints: dict[str, Print]) -> None:
    alone = re.compile("[\u4e00-\u9fff][。；？！，、]?")
    assert [line for line in prints[name].lines() if alone.fullmatch(line[1])] == []


def test_apostrophes_and_quotation_marks_are_real(prints: dict[str, Print]) -> None:
    english, simplified_ = prints["handbook-en"].text, prints["handbook-zh-Hans"].text
    assert "’" in english
    assert "“Measures”" in english
    assert re.findall("['\"]", english) == []
    assert "“指标”" in simplified_
    assert re.findall("[「」]", simplified_) == []


def test_role_packs_keep_the_rule_too(prints: dict[str, Print]) -> None:
    for name, found in prints.items():
        if name.startswith("role-") and not name.endswith("-en"):
            assert [line for line in found.lines() if line[1][0] in NEVER_FIRST] == [], name


@pytest.mark.parametrize("language", HANDBOOKS)
def test_each_script_is_set_in_its_own_font(language: str, prints: dict[str, Print]) -> None:
    wanted = "NotoSansSC" if language == "zh-Hans" else "NotoSansTC"
    fonts = {re.sub(r"^/[A-Z]{6}\+|-.*", "", name) for name in prints[HANDBOOKS[language]].fonts()}
    assert wanted in fonts
    if language != "zh-Hans":
        assert fonts == {"NotoSansTC"}


@pytest.mark.parametrize("language", HANDBOOKS)
def test_the_derived_parts_are_whole(
    language: str, handbook: Handbook, prints: dict[str, Print]
) -> None:
    say = simplified if language == "zh-Hans" else str
    found = prints[HANDBOOKS[language]]
    views = Views(handbook, "en" if language == "en" else "zh")
    starts = {title: n for depth, title, n in found.bookmarks() if depth == 0}
    matrix, who, glossary = (
        say(handbook.pages[views.language, key].title)
        for key in ("matrix", "who-handles-what", "glossary")
    )
    assert starts[who] == starts[matrix] + 1  # on one page
    table = squeezed(found.pages[starts[matrix] - 1])
    for row in views.abilities:
        assert squeezed(say(row.text.name)).casefold() in table.casefold()
    assert table.count("●") == sum(len(row.asked) for row in views.abilities if row.shared)
    index_at = starts[words(language)["index"]]
    topics = squeezed("".join(found.pages[starts[who] - 1 : starts[glossary] - 1]))
    terms = squeezed("".join(found.pages[starts[glossary] - 1 : index_at - 1]))
    assert_in_order(
        (
            say(f"{t.text.name[:1].upper()}{t.text.name[1:]}{t.text.definition}")
            for t in views.topics
        ),
        topics,
    )
    for group in views.glossary:
        for entry in group.entries:
            assert squeezed(say(entry.text.definition)) in terms
            assert squeezed(entry.other.name).casefold() in terms.casefold()


def test_index_entries_lead_to_pages_that_have_the_term(prints: dict[str, Print]) -> None:
    for name, term in (
        ("zh-Hant", "復購率"),
        ("zh-Hans", "复购率"),
        ("en", "repeat-purchase rate"),
    ):
        found = prints[f"handbook-{name}"]
        entry = re.search(rf"^{term} +([\d、, ]+)\s*$", found.text, re.MULTILINE)
        assert entry, name
        numbers = [int(n) for n in re.findall(r"\d+", entry[1])]
        assert len(numbers) > 1
        for n in numbers:  # in the glossary with a capital letter
            assert squeezed(term) in squeezed(found.pages[n - 1]).casefold(), (name, n)


def test_heads_and_folios_are_mirrored(prints: dict[str, Print]) -> None:
    """What is wanted when leafing through stands at the outer edge of both pages of a leaf."""
    for name in ("handbook-zh-Hant", "handbook-en"):
        found = prints[name]
        starts = {n: title for depth, title, n in found.bookmarks() if depth == 0}
        seen = set()
        for number in range(2, len(found.document) + 1):
            foot = found.foot(number)
            assert "2026.11" in foot
            assert foot.endswith(f" {number}") if number % 2 else foot.startswith(f"{number} ")
            if number not in starts:  # where a part begins there is no head
                title = starts[max(start for start in starts if start < number)]
                assert title in found.outer_head(number), (name, number)
                seen.add(number % 2)
        assert seen == {0, 1}, name
