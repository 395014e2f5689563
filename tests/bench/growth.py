"""How the validation grows with the handbook: `python -m bench.growth [ROLES…]`.

Handbooks of more and more roles are written and checked by the real command. Wall time, its ratio
to that of the smallest, and the memory of the largest process are shown.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import ROOT, generate
from conftest import environment, run_in

SIZES = (25, 50, 100)


def measure(folder: Path, *command: str) -> tuple[float, float]:
    """Seconds of wall time and MiB of memory that `python -m …` takes in `folder`."""
    began = time.perf_counter()
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", *command, "--root", str(folder)],
        environment(ROOT),
        file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)],
    )
    _, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"{command} fails in {folder}"
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Print a table of `sizes`, the numbers of roles."""
    print("| roles | pages | seconds | ratio | MiB |\n|---|---|---|---|---|")
    first = None
    for roles in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generate(folder, roles)
            run_in(folder, "handbook", "fix", PYTHONPATH=str(ROOT / "hooks"))
            seconds, memory = measure(folder, "handbook", "check")
            first = first or seconds
            pages = len(list(folder.glob("docs/*/**/*.md")))
            print(f"| {roles} | {pages} | {seconds:.1f} | {seconds / first:.1f} | {memory:.0f} |")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [*SIZES])
