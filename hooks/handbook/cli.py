"""The command `handbook`: `check` pages, `fix` what it can, start a `new-role`, make an `edition`.

Exit 0 clean, 1 problems found or something left to a person, 2 the tool itself failed (nothing
checked is a failure, not a pass).
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

import click

from handbook import agreements, edition_commands, loader, redirects, rules, schema, vocabulary
from handbook import fix as fixing
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
from handbook.git import GitError
from handbook.history import NoSuchCommit, gone_since
from handbook.new_role import NewRole, NotPossible, free_section, start
from handbook.rules.gone import check_gone
from handbook.site_config import ConfigError
from handbook.translation_status import as_list, known_standings, taken_as_agreed

CLEAN, FOUND, FAILED = 0, 1, 2
_SCHEMAS = {
    "role-front-matter": schema.front_matter_schema,
    "vocabulary": vocabulary.vocabulary_schema,
    "redirects": redirects.redirects_schema,
}
_SLUG = (
    "Name of the page in its address, such as live-streaming / 頁面代號（英文），如 live-streaming"
)
_NAMES = {
    "zh": "Name in Traditional Chinese / 中文名（繁體）",
    "en": "Name in English / 英文名",
}


def _repository() -> Path:
    """The nearest folder upwards that holds `mkdocs.yml`, else the current one."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "mkdocs.yml").is_file()), here)


@click.group(help="The role handbook's own tools.")
def handbook() -> None:
    """All commands."""


_root = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=_repository,
    callback=lambda _context, _option, root: root.resolve(),
    help="the repository (default: here)",
)
_paths = click.argument("paths", nargs=-1, metavar="[PATH]...")


@handbook.command(help="validate the pages of both languages")
@click.option("--format", "form", type=click.Choice(["text", "github", "gitlab", "json"]))
@click.option(
    "--since",
    metavar="COMMIT",
    help="compare with what was published: pages that are gone must be redirected, and a language "
    "that has changed by itself is told from there",
)
@_root
@_paths
def check(form: str | None, since: str | None, root: Path, paths: Sequence[str]) -> int:
    """Say what is wrong with all pages, or with those at `paths`."""
    reading = rules.read(root)
    pages = len(reading.handbook.pages) + len(reading.unread)
    if not pages:
        return _failed(f"no pages found under {root / loader.DOCS}")
    if since is None:
        found = rules.check(reading)
    else:
        gone = gone_since(root, since, loader.DOCS)
        found = rules.check(reading, taken_as_agreed(root, since))
        found = in_order([*found, *check_gone(reading, gone)])
    wanted = [fixing.from_root(path, root) for path in paths]
    for path, given in zip(wanted, paths, strict=True):
        if not any(fixing.is_within(file.path, path) for file in reading.files):
            return _failed(f"no such file under docs/: {given}")
    if wanted:
        found = [d for d in found if any(fixing.is_within(d.path, path) for path in wanted)]
    _report(found, form, pages)
    return FOUND if has_errors(found) else CLEAN


def _report(found: Sequence[Diagnostic], form: str | None, pages: int) -> None:
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


@handbook.command(help="mend what can be mended without a doubt")
@click.option("--diff", is_flag=True, help="show what would change, write nothing")
@click.option("--same", multiple=True, metavar="SECTION", help="its two languages mean the same")
@click.option("--translate", multiple=True, metavar="SECTION", help="it is to be translated later")
@_root
@_paths
def fix(
    diff: bool, same: Sequence[str], translate: Sequence[str], root: Path, paths: Sequence[str]
) -> int:
    """Mend the pages; SECTION is such as duty-3-2 or marketing/intro."""
    fixed = fixing.fix(root, [fixing.from_root(path, root) for path in paths], same, translate)
    if diff:
        print(fixing.as_diff(fixed), end="")
        return FOUND if fixed.files else CLEAN
    fixing.write(fixed, root)
    for line in fixed.lines:
        print(line)
    n = len(fixed.files)
    print(f"{n or 'no'} file{'' if n == 1 else 's'} changed", file=sys.stderr)
    return FOUND if fixed.undecided else CLEAN


@handbook.command(help="list the sections that are behind")
@_root
def translation(root: Path) -> int:
    """Print the list, for pull requests; that something waits is no failure."""
    print(as_list(known_standings(root, loader.load(root))), end="")
    return CLEAN


@handbook.command("new-role", help="start a role's page in both languages")
@click.argument("slug", required=False)
@click.option("--zh", help="the role's name in Traditional Chinese")
@click.option("--en", help="the role's name in English")
@click.option("--section", type=int, help="its section (default: the one after the last)")
@_root
def new_role(
    slug: str | None, zh: str | None, en: str | None, section: int | None, root: Path
) -> int:
    """Start a role; what is left out is asked for."""
    reading = rules.read(root)
    try:
        slug = slug or _ask(_SLUG)
        given = {"zh": zh, "en": en}
        names = {of: (given[of] or _ask(question)).strip() for of, question in _NAMES.items()}
        free = free_section(reading) if section is None else section
        written = start(NewRole(slug, free, names), reading)
    except NotPossible as reason:
        print(visible(str(reason)), file=sys.stderr)
        return FOUND
    except EOFError:
        return _failed("new-role needs a slug, --zh and --en")
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
    return CLEAN


def _ask(question: str) -> str:
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    return input().strip()


@handbook.command(help="draft the change log's entry: what changed between two commits")
@click.argument("old", required=False)
@click.argument("new", required=False)
@_root
def changes(old: str | None, new: str | None, root: Path) -> int:
    """OLD and NEW are commits or editions; by default the newest edition, and the pages as is."""
    return edition_commands.changes(old, new, root)


@handbook.command(help="make an edition of the pages as they are")
@click.argument("name")
@_root
def edition(name: str, root: Path) -> int:
    """NAME is year and month, such as 2026.12."""
    return edition_commands.edition(name, root)


@handbook.command("schema", help="print a JSON Schema, for editors' tools")
@click.argument("of", type=click.Choice([*_SCHEMAS]), default="role-front-matter")
def print_schema(of: str) -> int:
    """Print one of the schemas."""
    print(json.dumps(_SCHEMAS[of](), ensure_ascii=False, indent=2))
    return CLEAN


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows may not take Chinese
            stream.reconfigure(errors="backslashreplace")
    # What is read is kept to the end: looking for what could be freed is a fifth of the time.
    gc.disable()
    try:
        code: int = handbook.main(arguments, prog_name="handbook", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except NoSuchCommit as name:
        return _failed(f"the history has no commit {visible(str(name))}")
    except (
        ConfigError, OSError, GitError, agreements.Unreadable, agreements.Gone,
        fixing.UnknownSection, fixing.NotWritten,
    ) as error:  # fmt: skip
        return _failed(str(error))
    except Exception:  # noqa: BLE001 - a bug of ours must not look like problems found
        traceback.print_exc()
        return FAILED
    return code


def _failed(why: str) -> int:
    print(f"handbook: {why}", file=sys.stderr)
    return FAILED
