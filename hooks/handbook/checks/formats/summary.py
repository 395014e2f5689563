"""As Markdown, for the summary of a workflow's step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from handbook.base.words import both, words
from handbook.checks.formats.text import as_text
from handbook.checks.rules.suppression import twin_of
from handbook.pages.diagnostics import Diagnostic, has_errors, tally

_PLAIN = re.compile(r"[\w./-]+", re.ASCII)
"""What a path in a link's words is made of; others stand in the fence alone."""
_RULES = "contributing/rules.md"


def as_summary(diagnostics: Sequence[Diagnostic], pages: int, files: str = "") -> str:
    """How it went, in both languages, and every problem as text, file by file.

    Args:
        diagnostics: the problems, in order.
        pages: how many pages were checked.
        files: where the files of this commit are shown, "" if nowhere: each file is a link then,
            with its twin and the rules that it breaks.
    """
    zh, en = (
        words(of)("check.total", n=pages, found=tally(diagnostics, of)) for of in ("zh", "en")
    )
    sign = "❌" if has_errors(diagnostics) else "✅"
    heading = f"### {sign} {' · '.join(both('check.summary').values())}\n\n{zh}。 · {en}.\n\n"
    of_files = groupby(diagnostics, key=lambda each: each.path)
    return heading + "".join(_of_file(path, [*those], files) for path, those in of_files)


def shown_at(variables: Mapping[str, str]) -> str:
    """The address of this commit's files, from what GitHub says of a workflow's run; or ""."""
    said = [variables.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    return "{}/{}/blob/{}".format(*said) if all(said) else ""


def _of_file(path: str, found: Sequence[Diagnostic], files: str) -> str:
    """The links of a file, and its problems in a fence that none of them closes."""
    body = "\n".join(as_text(d) for d in found)
    longest = max(map(len, re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    links = " · ".join(_links(path, found, files)) if files and _PLAIN.fullmatch(path) else ""
    return f"{links}\n\n{fence}text\n{body}\n{fence}\n\n".lstrip("\n")


def _links(path: str, found: Sequence[Diagnostic], files: str) -> Iterator[str]:
    yield f"**[{path}]({files}/{path}#L{found[0].line})**"
    twin = twin_of(path)
    if twin != path:
        yield f"[{twin}]({files}/{twin})"
    language = "en" if "en" in PurePosixPath(path).parts else "zh"
    for rule in dict.fromkeys(d.rule for d in found):
        yield f"[{rule}]({files}/docs/{language}/{_RULES}#{rule})"
