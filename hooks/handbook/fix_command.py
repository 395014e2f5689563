"""The commands `handbook fix` and `handbook translation`.

Exit 0 done, 1 something was left to a person or, with `--diff`, would change; 2 it failed.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import agreements, fix
from handbook.loader import load
from handbook.site_config import ConfigError
from handbook.translation_status import as_list, known_standings

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

DONE, LEFT, FAILED = 0, 1, 2


def add_fix(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser("fix", help="mend what can be mended without a doubt")
    parser.add_argument("--diff", action="store_true", help="show what would change, write nothing")
    parser.add_argument("--root", type=Path, default=None, help="the repository (default: here)")
    for name, meaning in (("same", "mean the same"), ("translate", "are to be translated later")):
        text = f"a section whose two languages {meaning}: duty-3-2, marketing/intro"
        parser.add_argument(f"--{name}", action="append", default=[], metavar="SECTION", help=text)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="mend these pages only")


def add_translation(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command that lists what waits for translation, for pull requests."""
    parser = commands.add_parser("translation", help="list the sections that are behind")
    parser.add_argument("--root", type=Path, default=None, help="the repository (default: here)")


def run_translation(options: Namespace, repository: Path) -> int:
    """Print the list and return the exit code; that something waits is no failure."""
    root = (options.root or repository).resolve()
    try:
        found = known_standings(root, load(root))
    except (ConfigError, OSError) as error:
        print(f"handbook: {error}", file=sys.stderr)
        return FAILED
    print(as_list(found), end="")
    return DONE


def run_fix(options: Namespace, repository: Path) -> int:
    """Run it on `repository`, unless the options name another, and return its exit code."""
    root = (options.root or repository).resolve()
    try:
        fixed = fix.fix(
            root, [_within(path, root) for path in options.paths], options.same, options.translate
        )
        if options.diff:
            print(fix.as_diff(fixed), end="")
            return LEFT if fixed.files else DONE
        fix.write(fixed, root)
    except (
        ConfigError, OSError, agreements.Unreadable, agreements.Gone, fix.UnknownSection,
        fix.NotWritten,
    ) as error:  # fmt: skip
        print(f"handbook: {error}", file=sys.stderr)
        return FAILED
    for line in fixed.lines:
        print(line)
    n = len(fixed.files)
    print(f"{n or 'no'} file{'' if n == 1 else 's'} changed", file=sys.stderr)
    return LEFT if fixed.undecided else DONE


def _within(path: str, root: Path) -> str:
    """A path as typed, from the repository root."""
    absolute = Path(path).resolve()
    inside = absolute.is_relative_to(root)
    return absolute.relative_to(root).as_posix() if inside else Path(path).as_posix()
