"""What `check` prints: the report that was asked for, and text for people beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

import click

from handbook.base.words import Words
from handbook.checks.formats.github import as_github
from handbook.checks.formats.gitlab import as_gitlab
from handbook.checks.formats.json_list import as_json
from handbook.checks.formats.sarif import as_sarif
from handbook.checks.formats.summary import as_summary
from handbook.checks.formats.text import as_text
from handbook.pages.diagnostics import Diagnostic, tally
from handbook.pages.loader import Reading


def number_of_pages(reading: Reading) -> int:
    """How many pages were looked at, with those that could not be read."""
    return len(reading.handbook.pages) + len(reading.unread)


def report(found: Sequence[Diagnostic], form: str | None, reading: Reading, say: Words) -> None:
    """Print the report; one for a machine goes to a file, so people read the text in the log."""
    pages = number_of_pages(reading)
    if form == "json":
        print(as_json(found))
        return
    if form == "github":
        if found:
            print(as_github(found))
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(as_summary(found, pages))
    elif form == "gitlab":
        print(as_gitlab(found))
    elif form == "sarif":
        print(as_sarif(found, reading.handbook, say.language, reading.config.site_url))
    if form != "github":
        tell(found, sys.stderr if form in {"gitlab", "sarif"} else sys.stdout, say)
    print(say("check.total", n=pages, found=tally(found, say.language)), file=sys.stderr)


def tell(found: Iterable[Diagnostic], stream: TextIO, say: Words) -> None:
    """Print problems as text, in colour on a terminal whose owner does not refuse it."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    colour = stream.isatty() and not refused
    for diagnostic in found:
        told = as_text(diagnostic.told_in(say.language), colour=colour)
        click.echo(told, file=stream, color=colour)
