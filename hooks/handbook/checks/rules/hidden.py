"""Headings that are there, but where the site sees none: in a quotation, a comment, in bold."""

from __future__ import annotations

from handbook.checks.rules.places import code_lines, seen_lines
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Page
from handbook.pages.structure import bare

HEADING_HIDDEN = rule("heading-hidden")

CONTAINERS = {
    "quote": {"zh": "寫在引用（>）之內", "en": "inside a quotation (`>`)"},
    "list": {"zh": "寫在列表項之內", "en": "inside a list item"},
    "box": {"zh": "寫在提示框之內", "en": "inside a box"},
    "html": {"zh": "寫在 HTML 標籤之內", "en": "inside an HTML tag"},
    "code": {"zh": "寫在代碼框之內", "en": "inside a code block"},
    "comment": {"zh": "寫在註解（<!-- -->）之內", "en": "inside a comment (`<!-- -->`)"},
    "text": {"zh": "寫成了普通文字", "en": "as ordinary text"},
}
_MOVE = {
    "zh": "把這一行移到外面，上下各空一行：",
    "en": "move the line out, with an empty line above and below:",
}
_RETYPE = {
    "zh": "這一行改為（上下各空一行）：",
    "en": "change the line to this, with an empty line above and below:",
}


def hidden(page: Page, heading: str, line: int, container: str = "") -> Diagnostic:
    """The diagnostic for `heading`, which stands on `line` where the site does not see it.

    Args:
        page: the page.
        heading: the whole line as it should be, such as `## 能力要求`.
        line: where it stands.
        container: what it stands in, if the parser knows.
    """
    kind = container or _container(page, line)
    where = Place(page.path, line, 1, page.language)
    fix = _RETYPE if kind == "text" else _MOVE
    return HEADING_HIDDEN.at(where, heading=heading, found=CONTAINERS[kind], fix=fix)


def _container(page: Page, line: int) -> str:
    """What a line that the site does not take for a heading stands in, as a key of CONTAINERS."""
    if line in code_lines(page):
        return "text" if page.lines[line - 1].lstrip().startswith("`") else "code"
    return "text" if line in seen_lines(page) else "comment"


def hidden_duty(page: Page, number: str, before: int = 0) -> Diagnostic | None:
    """The diagnostic for a duty that is there, but where the site sees no heading; else None.

    Args:
        page: a role page.
        number: the number that is missed.
        before: the line of the next duty, if there is one.
    """
    for heading in page.headings:
        if heading.container and heading.text.startswith(f"{number} "):
            return hidden(page, f"### {heading.text}", heading.line, heading.container)
    line = numbered_line(page, number, page.first_line, before or len(page.lines) + 1)
    return hidden(page, f"### {number} {name_on(page, line, number)}", line) if line else None


def numbered_line(page: Page, number: str, start: int, end: int) -> int:
    """The first line from `start` to before `end` that is just `number` and a name, or 0."""
    for line in range(start, min(end, len(page.lines) + 1)):
        rest = bare(page.lines[line - 1])
        named = rest.startswith(number) and rest[len(number) :][:1].isspace()
        if named and not rest.endswith(("。", ".", "；", ";")):
            return line
    return 0


def name_on(page: Page, line: int, number: str) -> str:
    """The name that stands behind `number` on `line`."""
    return bare(page.lines[line - 1]).removeprefix(number).strip(" #*_\u3000")
