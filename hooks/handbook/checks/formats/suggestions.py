"""As a list of lines to put in place of others, which a job offers on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.base.job_log import as_inert_json
from handbook.checks.fixes.page import Change
from handbook.pages.diagnostics import Diagnostic

_Offered = tuple[str, int, int, str, str]
_KEYS = ("path", "line", "lines", "rule", "was", "becomes")


def as_suggestions(
    diagnostics: Sequence[Diagnostic],
    changes: Mapping[str, Sequence[Change]],
    texts: Mapping[str, Sequence[str]],
) -> str:
    """A list of objects with path, first line, how many lines, rule, and what they are and become.

    The rule is "" for what only `fix` does; what lines become is "" if they are to go.

    Args:
        diagnostics: the problems; those count that know the lines as they should be.
        changes: what `fix` would do to each page, by its path.
        texts: the lines of pages and of the files that they share, by path.
    """
    fixed = {
        (path, change.line): change.after
        for path, those in changes.items()
        for change in those
        if change.keys and change.after  # with nothing instead, the line would go
    }
    told = [d for d in diagnostics if d.mended is not None and d.path in texts]
    told.sort(key=lambda d: d.mended_line is None)  # one of a line knows all that is told of it
    found = []
    offered = [_offered(d, fixed) for d in told]
    offered += [(path, line, 1, "", after) for (path, line), after in fixed.items()]
    for path, line, lines, rule, becomes in _apart(offered):
        was = "\n".join(texts[path][line - 1 : line - 1 + lines])
        found.append(dict(zip(_KEYS, (path, line, lines, rule, was, becomes), strict=True)))
    return as_inert_json(found)


def _offered(of: Diagnostic, fixed: Mapping[tuple[str, int], str]) -> _Offered:
    """What a problem offers; where `fix` mends all its lines, that mends other things too."""
    after = [fixed.get((of.path, line)) for line in range(of.line, of.line + of.lines)]
    known = [each for each in after if each is not None]
    whole = of.mended_line is None and len(known) == of.lines
    return of.path, of.line, of.lines, of.rule, "\n".join(known) if whole else of.mended or ""


def _apart(offered: Sequence[_Offered]) -> Iterator[_Offered]:
    """Those of which none is about a line of another, in order; what comes first in them wins."""
    taken = set[tuple[str, int]]()
    kept = []
    for each in offered:
        path, line, lines, *_ = each
        own = {(path, number) for number in range(line, line + lines)}
        if not taken & own:
            taken |= own
            kept.append(each)
    yield from sorted(kept)
