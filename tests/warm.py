"""The command `handbook`, each time in a copy of a process that has read its code: 0.1 s, not 0.8.

The copies are those of `multiprocessing`'s fork server, which has imported the command and done
nothing else. Where a process begins of itself is what is tried, start it: `conftest.run_in`.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from pathlib import Path
from tempfile import TemporaryDirectory

from e2e.patience import Patience, work_of

_COPIES = multiprocessing.get_context("forkserver") if hasattr(os, "fork") else None
_READ = ["warm", "handbook.commands.cli", "handbook.site.print.presses", "warmed"]
"""The third has copies of the same process print."""
_AT_START = "PYTHON", "TZ"
"""What these variables say, Python asks for once, when it starts."""


def up() -> None:
    """Start the process that is copied; there is one for all that this process does."""
    if _COPIES:
        _COPIES.set_forkserver_preload(_READ)
        forkserver.ensure_running()


def can_run(given: Mapping[str, str]) -> bool:
    """Whether a copy does what a new process would with these variables beside its own."""
    return _COPIES is not None and not any(name.startswith(_AT_START) for name in given)


def handbook(
    arguments: Sequence[str], folder: Path, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `handbook` with `arguments` in `folder`; `variables` is its environment, whole.

    Raises:
        AssertionError: if it does nothing any more; it is ended then.
    """
    assert _COPIES
    with TemporaryDirectory() as place:
        said = [Path(place) / name for name in ("out", "err")]
        copy = _COPIES.Process(target=_be, args=(arguments, folder, variables, said))
        copy.start()
        assert copy.pid
        patience = Patience(lambda: work_of(copy.pid or 0))
        while copy.is_alive():
            copy.join(5)
            if copy.is_alive() and patience.is_over():
                copy.kill()
                raise AssertionError(f"{arguments} does nothing any more")
        output, errors = (path.read_text("utf-8") for path in said)
        code = copy.exitcode if copy.exitcode is not None else -1
        return subprocess.CompletedProcess([*arguments], code, output, errors)


def _be(
    arguments: Sequence[str], folder: Path, variables: dict[str, str], said: Sequence[Path]
) -> None:
    """Be the command: in its folder, with its environment, and what it says kept."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(variables)
    for number, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - likewise
    from handbook.commands.cli import main

    sys.exit(main(arguments))
