"""The command `handbook new-role`: asks for what it was not told, starts a role, says what to fill.

Exit 0 started, 1 not possible (nothing was written), 2 the tool itself failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from handbook import rules
from handbook.diagnostics import as_text, visible
from handbook.new_role import NewRole, NotPossible, free_section, start

_SLUG = (
    "Name of the page in its address, such as live-streaming / 頁面代號（英文），如 live-streaming"
)
_NAMES = {
    "zh": "Name in Traditional Chinese / 中文名（繁體）",
    "en": "Name in English / 英文名",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command's arguments; what is left out is asked for."""
    parser = commands.add_parser("new-role", help="start a role's page in both languages")
    parser.add_argument("slug", nargs="?", help="the page's name, such as live-streaming")
    parser.add_argument("--zh", help="the role's name in Traditional Chinese")
    parser.add_argument("--en", help="the role's name in English")
    parser.add_argument("--root", type=Path, default=None, help="the repository (default: here)")
    parser.add_argument("--section", type=int, help="its section (default: the one after the last)")


def run(options: argparse.Namespace, root: Path) -> int:
    """Start the role that `options` and the editor's answers describe."""
    reading = rules.read(root)
    try:
        slug = options.slug or _ask(_SLUG)
        names = {of: getattr(options, of) or _ask(question) for of, question in _NAMES.items()}
        section = free_section(reading) if options.section is None else options.section
        role = NewRole(slug, section, {of: name.strip() for of, name in names.items()})
        written = start(role, reading)
    except NotPossible as reason:
        print(visible(str(reason)), file=sys.stderr)
        return 1
    except EOFError:
        print("handbook: new-role needs a slug, --zh and --en", file=sys.stderr)
        return 2
    _report(written, root)
    return 0


def _ask(question: str) -> str:
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    return input().strip()


def _report(written: Sequence[str], root: Path) -> None:
    """What was written, and every place in it that is still to be filled."""
    print("Written / 已建立:")
    for path in written:
        print(f"  {path}")
    print("To fill in / 待填:")
    for problem in rules.check(rules.read(root)):
        if problem.path in written:
            print(as_text(problem))
    print(
        "Then run `make check`; if docs/*/overview.md lists the areas, name the role there too.\n"
        "填好後執行 `make check`；docs/*/overview.md 如列出各領域，也請加上這個崗位。"
    )
