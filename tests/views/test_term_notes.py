"""Notes on terms: where they stand, and where they do not."""

from __future__ import annotations

import re

import pytest

from handbook.base.html import fragment, inner
from handbook.pages.vocabulary import Vocabulary
from handbook.site.page.term_notes import TermNotes

VOCABULARY = Vocabulary.model_validate(
    {
        "abilities": {
            "patience": {
                "origin": "source",
                "zh": {"name": "耐心", "definition": "不急不躁"},
                "en": {"name": "patience", "definition": "staying unhurried"},
            }
        },
        "measures": {
            "rate": {
                "origin": "source",
                "zh": {"name": "轉化率", "definition": "購買者的<比例>", "also": ["轉化"]},
                "en": {"name": "rate", "definition": 'the "share" of buyers', "also": ["ratio"]},
            }
        },
        "partners": {
            "management": {
                "origin": "source",
                "zh": {"name": "管理層", "definition": "決策者"},
                "en": {"name": "management", "definition": "those who decide"},
            }
        },
    }
)
ENGLISH = TermNotes(VOCABULARY, "en")


def added(notes: TermNotes, html: str, glossary: str = "../glossary/") -> str:
    body = fragment(html)
    notes.add(body, glossary)
    return inner(body)


def noted(html: str) -> list[str]:
    return re.findall(r'class="hb-term"[^>]*>([^<]*)<', added(ENGLISH, html))


@pytest.mark.parametrize(
    ("glossary", "opens", "closes"),
    [
        ("../glossary/", '<a href="../glossary/measures-rate/"', "</a>"),
        ("", '<button type="button"', "</button>"),
    ],
)
def test_a_note_is_reached_by_keyboard_and_says_what_the_term_means(
    glossary: str, opens: str, closes: str
) -> None:
    html = added(TermNotes(VOCABULARY, "zh"), "<p>提高轉化率。</p>", glossary)
    assert html == (
        f'<p>提高{opens} class="hb-term" aria-description="購買者的&lt;比例&gt;">'
        f"轉化率{closes}。</p>"
    )


@pytest.mark.parametrize(
    ("html", "terms"),
    [
        ("<p>the rate, the rate</p>", ["rate"]),
        ("<p>the rate</p><h3>2.1 The rate</h3><p>the rate</p>", ["rate", "rate"]),
        ("<h2>The rate</h2><p><a href='#x'>rate</a> <code>rate</code></p>", []),
        ("<p>separate rates</p>", []),
        ("<p>the flat-rate, the rate</p>", ["rate"]),
        ("<p>static management</p>", []),
        ('<p class="duty-partners">Works with: management</p>', ["management"]),
        ('<p>the rate</p><p class="duty-measures">Measures: rate</p>', ["rate"]),
        ('<p class="duty-measures">Measures: ratio</p><p>rate</p>', ["ratio"]),
        ('<p class="wide duty-partners">Works with: management</p>', ["management"]),
        ('<p class="duty-partners-not">management</p>', []),
        ("<h3>The <em>rate</em> we ask for</h3>", []),
        ("<p>a <em>rate</em> b rate</p>", ["rate"]),
        ("<p>rate <!-- c --> rate</p><h2>x</h2><p><!-- c --> rate</p>", ["rate", "rate"]),
        ('<p class="wide duty-terms duty-partners">management</p>', ["management"]),
        (
            '<ul><li id="ability-patience"><strong>Patience</strong>: patience</li></ul>',
            ["Patience"],
        ),
        ("<p>patience</p>", []),
        ('<p title="a > rate">x<br>rate</p>', ["rate"]),
        ("<!-- rate --><p>x</p>", []),
    ],
)
def test_terms_that_carry_a_note(html: str, terms: list[str]) -> None:
    assert noted(html) == terms


def test_the_labelled_line_is_preferred_to_the_text_above_it() -> None:
    html = added(ENGLISH, '<p>the rate</p><p class="duty-measures">Measures: rate</p>')
    assert html.startswith("<p>the rate</p>")


def test_without_notes_nothing_changes() -> None:
    html = '<p>A &amp; B<br>\n<img alt="x &gt; y" src="a.png"></p><!-- c -->\n'
    assert added(ENGLISH, html) == html


def test_a_name_is_found_however_its_characters_are_typed() -> None:
    text = {"name": """R&D's "rate" <x>""", "definition": "what it says"}
    term = {"origin": "source", "zh": text, "en": text}
    vocabulary = Vocabulary.model_validate({"measures": {"x": term}})
    notes = TermNotes(vocabulary, "en")
    for typed in ("""R&amp;D's "rate" &lt;x&gt;""", "R&#38;D&#39;s &quot;rate&quot; &#60;x&#62;"):
        assert 'aria-description="what it says"' in added(
            notes, f'<p class="duty-measures">{typed}'
        )
