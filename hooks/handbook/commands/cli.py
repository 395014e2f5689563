"""The command `handbook`: `serve` and `build` the site, `check` and `fix` pages, make an `edition`.

Exit 0 clean, 1 problems found or something left to a person, 2 the tool itself failed (nothing
checked is a failure, not a pass).
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from handbook.base.docs_files import DocsFile, docs_files
from handbook.base.git import GitError, gone_since
from handbook.base.job_log import inert
from handbook.base.words import Told, Words, preferred, words
from handbook.checks import fix as fixing
from handbook.checks import rules
from handbook.checks.formats.github import as_github
from handbook.checks.formats.gitlab import as_gitlab
from handbook.checks.formats.json_list import as_json
from handbook.checks.formats.sarif import as_sarif
from handbook.checks.formats.suggestions import as_suggestions
from handbook.checks.formats.summary import as_summary, shown_at
from handbook.checks.formats.text import as_text
from handbook.checks.rules.shared import promises
from handbook.commands import edit_commands, edition_commands, site_commands
from handbook.commands.command_help import asked_for, explained
from handbook.commands.options import CLEAN, FAILED, FOUND, root_option
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic, has_errors, tally, visible
from handbook.pages.handbook_file import HandbookFile
from handbook.pages.loader import Project
from handbook.pages.schema import RoleFrontMatter
from handbook.pages.vocabulary import Vocabulary
from handbook.site.redirects import redirects_schema
from handbook.versions.translation_status import as_list, known_statuses, taken_as_agreed

_SCHEMAS = {
    "role-front-matter": RoleFrontMatter.model_json_schema,
    "vocabulary": Vocabulary.model_json_schema,
    "redirects": redirects_schema,
    "handbook": HandbookFile.model_json_schema,
}


class _Commands(click.Group):
    """The commands; `edition` is found by the name of its sisters too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        return super().get_command(ctx, "edition" if cmd_name == "new-edition" else cmd_name)


@click.group(cls=_Commands, subcommand_metavar="COMMAND …")
@click.version_option(package_name="handbook", message="%(prog)s %(version)s")
def handbook() -> None:
    """All commands; what `--help` says of them is in the catalogue, see `command_help`."""


_FORMS = ("text", "github", "gitlab", "sarif", "json", "suggestions")
_paths = click.argument("paths", nargs=-1, metavar="[PATH]...")


@handbook.command()
@click.option("--format", "form", type=click.Choice(_FORMS))
@click.option("--since", metavar="COMMIT")
@root_option
@_paths
@click.pass_obj
def check(say: Words, form: str | None, since: str | None, root: Path, paths: Sequence[str]) -> int:
    """Say what is wrong with all pages, or with those at `paths`."""
    project = loader.read(root)
    if not _number_of_pages(project):
        raise Told("check.no-pages", folder=root / loader.DOCS)
    wanted = _wanted(paths, root, project.files)
    if since is None:
        found = rules.check(project)
    else:
        gone = gone_since(root, since, loader.DOCS)
        promised = None
        with suppress(GitError):  # a commit without pages promised nothing
            promised = promises.since(project, since, edition_commands.at(since, root), gone)
        found = rules.check(project, taken_as_agreed(root, since), promised)
    if wanted:
        found = [d for d in found if any(fixing.is_within(d.path, path) for path in wanted)]
    _report(found, form, project, say)
    return FOUND if has_errors(found) else CLEAN


def _number_of_pages(project: Project) -> int:
    """How many pages were looked at, with those that could not be read."""
    return len(project.handbook.pages) + len(project.unread)


def _report(found: Sequence[Diagnostic], form: str | None, project: Project, say: Words) -> None:
    """Print the report; one for a machine goes to a file, so people read the text in the log."""
    pages = _number_of_pages(project)
    if form == "json":
        print(as_json(found))
        return
    if form == "suggestions":
        mended = {path: page.changes for path, (_, page) in fixing.mended_pages(project)[0].items()}
        print(as_suggestions(found, mended, loader.texts(project)))
        return
    if form == "github":
        if found:
            print(as_github(found))
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(as_summary(found, pages, shown_at(os.environ)))
    elif form == "gitlab":
        print(as_gitlab(found))
    elif form == "sarif":
        print(as_sarif(found, project.handbook, say.language, project.config.site_url))
    if form != "github":
        _tell(found, sys.stderr if form in {"gitlab", "sarif"} else sys.stdout, say)
    print(say("check.total", n=pages, found=tally(found, say.language)), file=sys.stderr)


def _tell(found: Iterable[Diagnostic], stream: TextIO, say: Words) -> None:
    """Print problems as text, in colour on a terminal whose owner does not refuse it."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    colour = stream.isatty() and not refused
    for diagnostic in found:
        told = as_text(diagnostic.told_in(say.language), colour=colour)
        click.echo(told, file=stream, color=colour)


def _wanted(paths: Sequence[str], root: Path, files: Sequence[DocsFile]) -> list[str]:
    """The paths as typed, from the repository root.

    Raises:
        Told: if there is nothing at one of them.
    """
    wanted = [fixing.from_root(path, root) for path in paths]
    for path, typed in zip(wanted, paths, strict=True):
        if not any(fixing.is_within(file.path, path) for file in files):
            raise Told("check.no-file", path=typed)
    return wanted


@handbook.command()
@click.option("--diff", is_flag=True)
@click.option("--same", multiple=True, metavar="SECTION")
@click.option("--translate", multiple=True, metavar="SECTION")
@root_option
@_paths
@click.pass_obj
def fix(
    say: Words,
    diff: bool,
    same: Sequence[str],
    translate: Sequence[str],
    root: Path,
    paths: Sequence[str],
) -> int:
    """Fix the pages, and bring the record of translations up to date."""
    within = _wanted(paths, root, docs_files(root) if paths else ())
    fixed = fixing.fix(root, within, same, translate, say.language)
    if diff and fixed.files:
        print(fixing.as_diff(fixed), end="")
        return FOUND
    if not diff:
        fixing.write(fixed, root)
        for line in fixed.lines:
            print(line)
    print(say("fix.files", n=len(fixed.files)), file=sys.stderr)
    return FOUND if fixed.undecided and not diff else CLEAN


@handbook.command()
@root_option
@click.pass_obj
def translation(say: Words, root: Path) -> int:
    """Print the list, for pull requests; that something waits is no failure."""
    listed = as_list(known_statuses(root, loader.load(root)), say)
    print(listed, end="")
    if not listed:
        print(say("translation.none"), file=sys.stderr)
    return CLEAN


for _step in (*site_commands.COMMANDS, *edition_commands.COMMANDS, *edit_commands.COMMANDS):
    handbook.add_command(_step)


@handbook.command("schema")
@click.argument("of", type=click.Choice([*_SCHEMAS]), default="role-front-matter")
def print_schema(of: str) -> int:
    """Print one of the JSON Schemas, for editors' tools."""
    of_schemas = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    print(json.dumps({**of_schemas, **_SCHEMAS[of]()}, ensure_ascii=False, indent=2))
    return CLEAN


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a pipe on Windows may not take Chinese
            stream.reconfigure(errors="backslashreplace")
    # What is read is kept to the end: looking for what could be freed is a fifth of the time.
    gc.disable()
    typed = [*(sys.argv[1:] if arguments is None else arguments)]
    say = words(asked_for(typed) or preferred(os.environ))
    try:
        with explained(handbook, say):
            return int(handbook.main(typed, prog_name="handbook", standalone_mode=False, obj=say))
    except click.ClickException as error:
        return error.exit_code
    except Told as error:
        return _failed(error.told(say), say)
    except OSError as error:
        return _failed(say.refusal(error), say)
    except Exception:  # noqa: BLE001 - a bug of ours must not look like problems found
        traceback.print_exc()
        return FAILED


def _failed(why: str, say: Words) -> int:
    print(inert(visible(say("failed", why=why))), file=sys.stderr)
    return FAILED
