"""What several commands are given: the repository, names that are asked for, a dry run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

CLEAN, FOUND, FAILED = 0, 1, 2


def _repository() -> Path:
    """The nearest folder upwards that holds `mkdocs.yml`, else the current one."""
    here = Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "mkdocs.yml").is_file()), here)


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=_repository,
    callback=lambda _context, _option, root: root.resolve(),
)


def ask(question: str) -> str:
    """What a person answers.

    Raises:
        EOFError: if there is nobody to ask.
    """
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    return input().strip()
