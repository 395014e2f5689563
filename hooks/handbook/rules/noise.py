"""One mistake, one message: drops what is only reported because of another problem.

Each table names a cause and what follows from it. What is dropped here comes back, if it is a
problem of its own, once the cause is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from handbook.diagnostics import Diagnostic

_HEADINGS = {
    "section-missing", "section-level", "section-name", "section-language", "section-duplicate",
    "section-order", "heading-hidden", "duty-number", "duty-level", "duty-section", "duty-order",
    "duty-name",
}  # fmt: skip
_TERMS = {"ability-term", "term-unknown", "label-name"}

ON_A_LINE = {
    # A heading or term that is wrong because of one odd character.
    "invisible-character": _HEADINGS | _TERMS | {"title"},
    "lookalike-character": _HEADINGS | _TERMS | {"title"},
    "simplified-character": _HEADINGS | _TERMS,
    "heading-hidden": {"raw-html"},
    "section-level": {"title"},
    "label-name": {"duty-purpose"},
}
"""Cause → what it explains on the same line."""

ON_A_PAGE = {
    # Two versions of a page at once, or a page read as something else, break every other rule.
    "conflict-marker": {"*"},
    "front-matter-unclosed": {"*"},
    "front-matter-eaten": {"title"},
    # "3.2 is missing" says why 3.3 is out of order.
    "parity-duty": {"duty-order"},
}
"""Cause → what it explains on the same page; "*" for everything."""

IN_THE_HANDBOOK = {
    # Without a vocabulary every term is unknown.
    "vocabulary": _TERMS | {"parity-ability", "parity-order", "parity-term"},
}
"""Cause → what it explains anywhere."""

BETWEEN_TWINS = {
    "parity-duty": _HEADINGS - {"duty-order"} | {"section-empty"},
    "parity-term": _HEADINGS | {"duty-empty", "label-name", "label-duplicate", "term-unknown"},
    "parity-ability": {"ability-term", "ability-list", "section-empty"} | _HEADINGS,
    "parity-order": {"ability-term", "ability-list", "ability-duplicate"} | _HEADINGS,
}
"""A comparison → the causes on either page that make it say nothing."""

MOVES_ANCHORS = _HEADINGS | {
    "invisible-character", "lookalike-character", "simplified-character", "conflict-marker",
    "front-matter-unclosed", "ability-term", "parity-duty", "parity-ability", "anchor-typed",
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
    kept = _drop(list(found), IN_THE_HANDBOOK, lambda _: None)
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
