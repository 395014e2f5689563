"""One mistake, one message: drops what is only reported because of another problem.

A line is mended in stages: its characters, what it is, what it says, its words. Of a line only the
problems of its first stage are told. What is dropped comes back, if it is a problem of its own,
once the line is mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handbook.pages.diagnostics import Diagnostic, in_order
from handbook.pages.loader import DOCS, VOCABULARY, page_place
from handbook.pages.schema import other

_STAGES = (
    # Two versions of a page at once, or a page read as something else: nothing else is told of it.
    (
        "conflict-marker file-disguised file-stray file-taken front-matter-unclosed page-empty "
        "page-language size-limit"
    ),
    "invisible-character",
    "lookalike-character simplified-character",
    "image-remote unsafe-html",
    "heading-hidden",
    "raw-html",
    # What is not closed swallows the lines below it.
    "markup-misread",
    # All rules that are not named here. A page with a problem of a stage up to this one is not
    # compared with its twin, nor its anchors with links, until it is mended.
    "",
    "markup-shown",
    "wrong-language",
    "print-character punctuation",
    # Reminders about words, once the line is right.
    "repeated wording",
)
_STAGE = {rule: stage for stage, rules in enumerate(_STAGES) for rule in rules.split()}
_SAYS, _SWALLOWS, _HEADINGS = _STAGES.index(""), "markup-misread", _STAGE["heading-hidden"]
_OF_A_PAGE = {
    "front-matter-eaten": {"title"},
    "front-matter-missing": {"title", "punctuation"},
    "file-name": {"page-missing"},
    # A page in the wrong folder has the front matter of the right one.
    "page-missing": {"front-matter-key"},
    "markup-shown": {"ability-list", "duty-tasks", "parity-ability"},
    # "3.2 is missing" says why 3.3 is out of order.
    "parity-duty": {"duty-order", "parity-term"},
    # A duty that was pasted twice has all its tasks twice; a duty's number gives its anchor.
    "duty-order": {"repeated", "anchor-typed"},
    "duty-section": {"anchor-typed"},
}
"""Cause → what it explains anywhere on the page."""
_LACKING = {"duty-empty", "section-empty", "section-missing"}
"""They tell of what is not there; the line on which they stand may be right."""
_TERMS = {"ability-term", "term-unknown"}


def breaks(diagnostic: Diagnostic) -> bool:
    """Whether its page must be mended before it can be compared with others, or linked to."""
    return (
        diagnostic.severity == "error"
        and diagnostic.path != VOCABULARY
        and _stage(diagnostic) <= _SAYS
        and not diagnostic.rule.startswith(("parity-", "link-", "image-", "front-matter-key"))
    )


def twin_of(path: str) -> str:
    """The path of the same page in the other language; `path` itself if it is none of a page."""
    place = page_place(path)
    return f"{DOCS}/{other(place[0])}/{place[1]}.md" if place else path


def without_noise(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """`found` without what follows from something else in it."""
    kept = _unexplained(in_order(found))
    broken = {d.path for d in kept if breaks(d)}
    first = _first_stages(kept)
    swallowed = {d.path: d.line for d in kept if d.rule == _SWALLOWS}

    def is_told(d: Diagnostic) -> bool:
        if d.rule == "topic-words":
            return not broken
        if _compares(d):
            return broken.isdisjoint({d.path, twin_of(d.path)})
        if first[d.path] == 0:
            return _stage(d) == 0
        if d.rule != _SWALLOWS and swallowed.get(d.path, d.line) != d.line:
            return _stage(d) < _HEADINGS
        return d.rule in _LACKING or _stage(d) <= first[d.path, d.line]

    return [d for d in kept if is_told(d)]


def _unexplained(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What no problem of the vocabulary, of the page or of its twin explains."""
    errors = (d for d in found if d.path == VOCABULARY and d.severity == "error")
    if any(not d.rule.startswith("topic-") for d in errors):
        found = [d for d in found if d.rule not in _TERMS and not _compares(d)]
    explained: dict[str, set[str]] = defaultdict(set)
    for d in found:
        for path in (d.path, twin_of(d.path)) if _compares(d) else (d.path,):
            explained[path] |= _OF_A_PAGE.get(d.rule, set())
    return [d for d in found if d.rule not in explained[d.path]]


def _first_stages(found: Iterable[Diagnostic]) -> dict[str | tuple[str, int], int]:
    """The first stage at which a page, and a line of it, must be mended."""
    first: dict[str | tuple[str, int], int] = defaultdict(lambda: len(_STAGES))
    for d in found:
        if not _compares(d):
            first[d.path] = min(first[d.path], _stage(d))
            for line in () if d.rule in _LACKING else range(d.line, d.line + d.lines):
                first[d.path, line] = min(first[d.path, line], _stage(d))
    return first


def _stage(diagnostic: Diagnostic) -> int:
    return _STAGE.get(diagnostic.rule, _SAYS)


def _compares(diagnostic: Diagnostic) -> bool:
    return diagnostic.rule.startswith("parity-")
