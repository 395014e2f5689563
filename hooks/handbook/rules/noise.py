"""One mistake, one message: drops what is only reported because of another problem.

Each table names a cause and what follows from it. What is dropped here comes back, if it is a
problem of its own, once the cause is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from handbook.diagnostics import Diagnostic
from handbook.loader import VOCABULARY

_HEADINGS = {
    "section-missing", "section-level", "section-name", "section-language", "section-duplicate",
    "section-order", "heading-hidden", "duty-number", "duty-level", "duty-section", "duty-order",
    "duty-name",
}  # fmt: skip
_TERMS = {"ability-term", "term-unknown", "label-name"}
_LISTS = {"duty-tasks", "ability-list"}
_STRUCTURE = _HEADINGS | _LISTS | {
    "section-empty", "duty-empty", "duty-purpose", "label-name", "anchor-missing", "intro-missing",
}  # fmt: skip
_LINKS = {"link-dead", "link-anchor", "link-form", "link-language"}
_FRONT_MATTER = {"front-matter-value", "front-matter-key", "front-matter-syntax"}
_ODD_CHARACTER = (
    _HEADINGS
    | _TERMS
    | _LINKS
    | _FRONT_MATTER
    | {"title", "link-unsafe", "anchor-typed", "duty-purpose", "print-character"}
)

ON_A_LINE = {
    # A heading, term or link that is wrong because of one odd character.
    "invisible-character": _ODD_CHARACTER | {"lookalike-character"},
    "lookalike-character": _ODD_CHARACTER,
    "simplified-character": _HEADINGS | _TERMS | {"placeholder", "print-character"},
    # Words in the other language, where a rule knows the very words that are wanted.
    "section-language": {"wrong-language"},
    "wrong-language": {"punctuation", "print-character"},
    "markup-shown": {"punctuation"},
    "duty-name": {"punctuation"},
    "section-name": {"wrong-language", "punctuation"},
    "ability-term": {"wrong-language"},
    "term-unknown": {"wrong-language"},
    "label-name": {"wrong-language", "duty-purpose", "markup-shown", "punctuation"},
    "heading-hidden": {"raw-html", "markup-shown", "wrong-language", "punctuation"},
    "section-level": {"title"},
    "duty-level": {"title"},
    "duty-number": {"duty-order", "punctuation", "print-character"},
    "front-matter-eaten": {"wrong-language", "punctuation"},
    "placeholder": {"wrong-language", "markup-shown", "punctuation"},
    "link-unsafe": {"raw-html"},
    "image-remote": {"raw-html"},
    "link-broken": {"punctuation", "link-dead", "markup-shown", "link-form"},
    "unsafe-html": {"raw-html", "markup-misread"},
    "raw-html": {"markup-misread"},
    "duty-purpose": {"markup-shown"},
    "anchor-typed": {"markup-shown"},
}
"""Cause → what it explains on the same line."""

ON_A_PAGE = {
    # Two versions of a page at once, or a page read as something else, break every other rule.
    "conflict-marker": {"*"},
    "front-matter-unclosed": {"*"},
    "file-disguised": {"*"},
    "file-stray": {"*"},
    "page-empty": {"*"},
    "page-language": {"*"},
    "front-matter-eaten": {"title"},
    "front-matter-missing": {"title", "punctuation"},
    "file-name": {"page-missing"},
    # A page in the wrong folder has the front matter of the right one.
    "page-missing": {"front-matter-key"},
    # What is not closed swallows what stands below it.
    "markup-misread": _STRUCTURE | {
        "title", "markup-shown", "wrong-language", "punctuation",
    },
    "markup-shown": _LISTS,
    "invisible-character": _LISTS | {"section-missing", "front-matter-missing", "title"},
    # They show the very headings that are missing.
    "edition-entry": {"parity-anchor"},
    "change-missing": {"parity-anchor"},
    # "3.2 is missing" says why 3.3 is out of order.
    "parity-duty": {"duty-order"},
}  # fmt: skip
"""Cause → what it explains on the same page; "*" for everything."""

_HIDES_WORDS = _TERMS | {rule for rule, effects in ON_A_PAGE.items() if "*" in effects} | {
    "duty-empty", "duty-purpose", "duty-tasks", "label-name", "markup-misread", "placeholder",
}  # fmt: skip
"""What may take away the very word of a duty that a topic looks for."""

OF_THE_VOCABULARY = _TERMS | {"parity-ability", "parity-order", "parity-term"}
"""What a problem in the vocabulary explains, on every page: its terms are not known."""

_OF_TOPICS = {"topic-duty", "topic-single", "topic-words"}
"""They stand in the vocabulary, but its terms are known all the same."""

_BROKEN = _HEADINGS | {"markup-misread", "invisible-character"}
BETWEEN_TWINS = {
    "parity-section": {"duty-section"},
    "parity-duty": _BROKEN - {"duty-order", "duty-section"} | {"section-empty"},
    "parity-term": _BROKEN | _TERMS | {
        "duty-empty", "label-duplicate", "parity-duty", "placeholder", "duty-tasks",
    },
    "parity-ability": _BROKEN | {"ability-term", "ability-list", "section-empty"},
    "parity-order": _BROKEN | {"ability-term", "ability-list", "ability-duplicate"},
    "parity-anchor": {"anchor-missing", "markup-misread"},
}  # fmt: skip
"""A comparison → the causes on either page that make it say nothing."""

MOVES_ANCHORS = _BROKEN | {
    "lookalike-character", "simplified-character", "conflict-marker", "front-matter-unclosed",
    "ability-term", "parity-duty", "parity-ability", "parity-anchor", "parity-section",
    "anchor-typed", "page-empty", "page-language",
}  # fmt: skip
"""Problems of a page after which its anchors say nothing about the links to it."""


def without_noise(
    found: Iterable[Diagnostic], twin_of: Callable[[str], str | None]
) -> list[Diagnostic]:
    """`found` without what follows from something else in it.

    Args:
        found: all problems.
        twin_of: the path of the same page in the other language, or None.
    """
    kept = list(found)
    if any(d.path == VOCABULARY and d.rule not in _OF_TOPICS for d in kept):
        kept = [d for d in kept if d.rule not in OF_THE_VOCABULARY]
    if any(d.rule in _HIDES_WORDS for d in kept):
        kept = [d for d in kept if d.rule != "topic-words"]
    kept = _between_twins(kept, twin_of)
    kept = _drop(kept, ON_A_PAGE, lambda d: d.path)
    return _drop(kept, ON_A_LINE, lambda d: (d.path, d.line))


def _drop(
    found: Sequence[Diagnostic],
    causes: dict[str, set[str]],
    scope: Callable[[Diagnostic], object],
) -> list[Diagnostic]:
    explained: dict[object, set[str]] = defaultdict(set)
    for diagnostic in found:
        explained[scope(diagnostic)] |= causes.get(diagnostic.rule, set())
    return [
        d
        for d in found
        if not (
            d.rule in explained[scope(d)]
            or ("*" in explained[scope(d)] and "*" not in causes.get(d.rule, ()))
        )
    ]


def _between_twins(
    found: Sequence[Diagnostic], twin_of: Callable[[str], str | None]
) -> list[Diagnostic]:
    rules: dict[str, set[str]] = defaultdict(set)
    for diagnostic in found:
        rules[diagnostic.path].add(diagnostic.rule)
    whole = {rule for rule, effects in ON_A_PAGE.items() if "*" in effects}
    kept = []
    for d in found:
        if d.rule.startswith("parity-"):
            causes = BETWEEN_TWINS.get(d.rule, set()) | whole
            twin = twin_of(d.path)
            if causes & (rules[d.path] | (rules[twin] if twin else set())):
                continue
        kept.append(d)
    return kept
