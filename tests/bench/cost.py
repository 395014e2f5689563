"""What a command costs: CPU, not wall time, so that a busy machine measures the same."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from math import log
from pathlib import Path

PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "typst", "lxml")
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2), Linux 3.4."""


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a command and its helpers; MiB that the largest of these processes took."""

    seconds: float
    memory: float


def cost(command: Sequence[str], variables: Mapping[str, str], told: Path | None = None) -> Cost:
    """Run `python …` and wait for it; what it says goes to the file `told`.

    Raises:
        AssertionError: if it fails.
    """
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(told or os.devnull), write, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    if sys.platform == "linux":  # what its helpers leave behind is waited for here
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    pid = os.posix_spawn(command[0], [*command], variables, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    used = [usage]
    with suppress(ChildProcessError):
        while True:
            used.append(os.wait3(0)[2])
    said = told.read_text("utf-8", "replace")[-2000:] if told else ""
    assert os.waitstatus_to_exitcode(status) == 0, f"{command} fails\n{said}"
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    return Cost(seconds, max(each.ru_maxrss for each in used) / 1024)


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The p of `cost = size ** p` between the first and the last; 1 grows as what is written."""
    return log(costs[-1] / costs[0]) / log(sizes[-1] / sizes[0])


def machine() -> str:
    """Where and with what this was measured."""
    names = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    return f"{python}, {platform.system()} {platform.machine()}, {cores}; {names}"


PYTHON = sys.executable
