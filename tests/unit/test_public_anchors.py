"""The anchors and classes that a role's page is given."""

from __future__ import annotations

import re

from markdown import Markdown

from handbook.pages.parsing.anchors import PublicAnchors
from handbook.pages.vocabulary import Index, Vocabulary

PAGE = """\
# Marketing

## Duties

### 3.1 Plan

What it is for.
{ .wide }

**Measures**: sales
{ .wide #sales }

#### More

### 3.2 Do
"""


def rendered() -> str:
    anchors = PublicAnchors(Index(Vocabulary()))
    return Markdown(extensions=["attr_list", anchors]).convert(PAGE)


def test_duties_and_what_stands_below_them_have_the_numbers_in_their_anchors() -> None:
    found = re.findall(r'<h[2-6] id="([^"]*)"', rendered())
    assert found == ["duties", "duty-3-1", "duty-3-1-1", "duty-3-2"]


def test_a_class_that_an_editor_gave_stays_beside_that_of_the_label() -> None:
    found = re.findall(r'<p class="([^"]*)"', rendered())
    assert found == ["wide duty-purpose", "wide duty-terms duty-measures"]
