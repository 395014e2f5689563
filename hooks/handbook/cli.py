"""The command `handbook`: `check` pages, `fix` what it can, start a `new-role`, make an `edition`.

Exit 0 clean, 1 problems found, 2 the tool itself failed (nothing checked is a failure, not a pass).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

from handbook import (
    agreements,
    edition_commands,
    fix_command,
    loader,
    new_role_command,
    redirects,
    rules,
    schema,
    vocabulary,
)
from handbook.diagnostics import (
    Diagnostic,
    as_github,
    as_gitlab,
    as_json,
    as_summary,
    as_text,
    has_errors,
    in_order,
    tally,
    visible,
)
from handbook.history import NoSuchCommit, gone_since
from handbook.rules.gone import check_gone
from handbook.site_config import ConfigError
from handbook.translation_status import taken_as_agreed

CLEAN, FOUND, FAILED = 0, 1, 2

_SCHEMAS = {
    "role-front-matter": schema.front_matter_schema,
    "vocabulary": vocabulary.vocabulary_schema,
    "redirects": redirects.redirects_schema,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows may not take Chinese
            stream.reconfigure(errors="backslashreplace")
    # What is read is kept to the end: looking for what could be freed is a fifth of the time.
    gc.disable()
    try:
        return _RUN[options.command](options, getattr(options, "root", None) or _repository())
    except NoSuchCommit as name:
        print(f"handbook: the history has no commit {visible(str(name))}", file=sys.stderr)
    except (ConfigError, OSError, agreements.Unreadable) as error:
        print(f"handbook: {error}", file=sys.stderr)
    except Exception:  # noqa: BLE001 - a bug of ours must not look like problems found
        traceback.print_exc()
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description="The role handbook's own tools.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="validate the pages of both languages")
    check.add_argument("--format", choices=["text", "github", "gitlab", "json"], default="text")
    check.add_argument("--root", type=Path, default=None, help="the repository (default: here)")
    check.add_argument(
        "--since",
        metavar="COMMIT",
        help="compare with what was published: pages that are gone must be redirected, and a "
        "language that has changed by itself is told from there",
    )
    check.add_argument("paths", nargs="*", metavar="PATH", help="report on these files only")
    fix_command.add_fix(commands)
    fix_command.add_translation(commands)
    new_role_command.add(commands)
    edition_commands.add_to(commands)
    schemas = commands.add_parser("schema", help="print a JSON Schema, for editors' tools")
    schemas.add_argument("of", nargs="?", choices=[*_SCHEMAS], default="role-front-matter")
    return parser


def _repository() -> Path:
    """The nearest folder upwards that holds `mkdocs.yml`, else the current one."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "mkdocs.yml").is_file()), here)


def _schema(options: argparse.Namespace, _: Path) -> int:
    print(json.dumps(_SCHEMAS[options.of](), ensure_ascii=False, indent=2))
    return CLEAN


def _check(options: argparse.Namespace, root: Path) -> int:
    paths, since = options.paths, options.since
    reading = rules.read(root)
    pages = len(reading.handbook.pages) + len(reading.unread)
    if not pages:
        print(f"handbook: no pages found under {root / loader.DOCS}", file=sys.stderr)
        return FAILED
    if since is None:
        found = rules.check(reading)
    else:
        gone = gone_since(root, since, loader.DOCS)
        found = rules.check(reading, taken_as_agreed(root, since))
        found = in_order([*found, *check_gone(reading, gone)])
    if paths:
        wanted = [_relative(path, root) for path in paths]
        for path, given in zip(wanted, paths, strict=True):
            if not any(_is_within(file.path, path) for file in reading.files):
                print(f"handbook: no such file under docs/: {given}", file=sys.stderr)
                return FAILED
        found = [d for d in found if any(_is_within(d.path, path) for path in wanted)]
    _report(found, options.format, pages)
    return FOUND if has_errors(found) else CLEAN


def _relative(path: str, root: Path) -> str:
    absolute = Path(path).resolve()
    if absolute.is_relative_to(root.resolve()):
        return absolute.relative_to(root.resolve()).as_posix()
    return Path(path).as_posix()


def _is_within(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(f"{folder}/")


def _report(found: Sequence[Diagnostic], form: str, pages: int) -> None:
    if form == "json":
        print(as_json(found))
        return
    if form == "github":
        if found:
            print(as_github(found))
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(as_summary(found, pages))
    else:
        if form == "gitlab":
            print(as_gitlab(found))
        # A report for a machine goes to a file: people then read the text in the job's log.
        stream = sys.stderr if form == "gitlab" else sys.stdout
        for diagnostic in found:
            print(as_text(diagnostic), file=stream)
    print(f"{pages} pages checked, {tally(found)['en']}", file=sys.stderr)


_RUN: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "check": _check,
    "fix": fix_command.run_fix,
    "translation": fix_command.run_translation,
    "new-role": new_role_command.run,
    "schema": _schema,
    **dict.fromkeys(edition_commands.COMMANDS, edition_commands.run),
}
"""Every command, as the function that runs it on a repository and returns its exit code."""
