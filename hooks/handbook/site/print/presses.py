"""Files made by processes of their own: Typst keeps much of what it has set, and gives none back.

One process prints each book, one book after the other, as one takes the memory of ten packs; beside
it others print packs, some each.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from handbook.site.print.typesetting import Typesetter, TypesettingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from multiprocessing.connection import Connection
    from pathlib import Path

    from handbook.site.print.downloads import Download

    Job = tuple[Download, Path]

_PACKS = 7
"""What one process prints of them."""
_AHEAD = 6
"""Work made ready before the first of it is done; the contents of each file take 1 MB."""
if sys.platform == "win32":
    _PROCESSES = multiprocessing.get_context("spawn")
else:
    _PROCESSES = multiprocessing.get_context("forkserver")
    _PROCESSES.set_forkserver_preload([__name__])  # read once, for all of them


def make(jobs: Iterable[Job], root: Path, made: datetime) -> None:
    """Make each file at its path.

    Args:
        jobs: what is to be made, and where.
        root: the repository, where pictures are.
        made: what the files give as the time at which they were made.

    Raises:
        TypesettingError: if one cannot be printed; names the first. Those after it are given up.
    """
    waiting: deque[Future[None]] = deque()
    packs: list[Job] = []
    beside = max(1, (os.cpu_count() or 1) - 1)
    with ThreadPoolExecutor(1) as for_books, ThreadPoolExecutor(beside) as for_packs:

        def start(at: ThreadPoolExecutor, work: Sequence[Job]) -> None:
            waiting.append(at.submit(_in_a_process, work, root, made))
            if len(waiting) > _AHEAD:
                waiting.popleft().result()

        try:
            for job in jobs:
                if not job[0].fields:
                    start(for_books, [job])
                    continue
                packs.append(job)
                if len(packs) == _PACKS:
                    start(for_packs, packs)
                    packs = []
            if packs:
                start(for_packs, packs)
            for work in waiting:
                work.result()
        finally:
            for work in waiting:
                work.cancel()


def _in_a_process(work: Sequence[Job], root: Path, made: datetime) -> None:
    ours, theirs = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_print, args=(work, root, made, theirs))
    process.start()
    theirs.close()
    with ours:
        try:
            refused = ours.recv()
        except EOFError:  # it was ended, as by a system that has no more memory
            process.join()
            refused = TypesettingError("print.ended", name=work[0][0].name, code=process.exitcode)
    process.join()
    if refused:
        raise refused


def _print(work: Sequence[Job], root: Path, made: datetime, told: Connection) -> None:
    """Make files; send why that was not possible, or None."""
    try:
        typesetter = Typesetter(root, made)
        for download, path in work:
            _store(path, download.made(typesetter))
    except Exception as error:  # noqa: BLE001 - raised again where it can be told
        told.send(error)
    else:
        told.send(None)


def _store(path: Path, content: bytes) -> None:
    """Write in one step: a build that is cut off leaves no half of a file behind."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
