"""Waiting that counts what is done, not how long it takes: a busy machine is slow, not broken."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_PROC = Path("/proc")
STUCK = 120 if (_PROC / "self" / "stat").exists() else 900
"""Seconds without progress after which nothing more is to come; many, where none can be seen."""


class Patience:
    """Gives up once `progress` has said the same for `STUCK` seconds.

    Args:
        progress: anything that differs as long as there is progress.
    """

    def __init__(self, progress: Callable[[], object]) -> None:
        self._progress, self._seen, self._since = progress, progress(), time.monotonic()

    def is_over(self) -> bool:
        """Whether it is no use to wait any longer; ask again and again."""
        if (seen := self._progress()) != self._seen:
            self._seen, self._since = seen, time.monotonic()
        return time.monotonic() - self._since > STUCK


def work_of(process: int) -> float:
    """The seconds of processor time that a process and those it started have had so far.

    0 for a process that has ended, and where the system does not tell.
    """
    try:
        said = (_PROC / str(process) / "stat").read_text()
        children = (_PROC / f"{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    # Behind the name, which may hold anything: user, system, and both of children that have ended.
    ticks = sum(map(int, said.rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK") + sum(work_of(int(child)) for child in children)


def finished(
    command: Iterable[str | Path], folder: Path, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run `command` in `folder` until it ends, and keep what it says.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        variables: its environment, whole.

    Raises:
        AssertionError: if it does nothing any more; it is ended then.
    """
    arguments = [str(each) for each in command]
    with subprocess.Popen(
        arguments,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        patience = Patience(lambda: work_of(process.pid))
        while True:
            try:
                output, errors = process.communicate(timeout=5)
            except subprocess.TimeoutExpired:
                if patience.is_over():
                    process.kill()
                    raise AssertionError(f"{arguments} does nothing any more") from None
            else:
                return subprocess.CompletedProcess(arguments, process.returncode, output, errors)
