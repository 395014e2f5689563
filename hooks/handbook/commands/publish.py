"""A fresh site put in the place of the one that is served, in one step, whoever else builds."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2), Linux 3.15
_PREFIX = "site-"


@contextmanager
def workplace(aside: Path) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """A folder in `aside` to build in, cleared away afterwards; so is what killed builds left.

    Yields:
        The folder, and the file descriptors that hold it: while a program has them, it is building.
    """
    aside.mkdir(exist_ok=True)
    with ExitStack() as stack:
        with _alone(aside):
            left = [*aside.glob(f"{_PREFIX}*")]
            folder = Path(stack.enter_context(TemporaryDirectory(prefix=_PREFIX, dir=aside)))
            held = stack.enter_context(_alone(folder))
            for each in left:
                with suppress(OSError), _alone(each, wait=False):  # nobody builds there any more
                    rmtree(each)
        yield folder, held


def put_in_place(fresh: Path, target: Path, lock: Path) -> None:
    """Make `fresh` what stands at `target`; what stood there is beside `fresh` afterwards.

    Several builds at once do it one after the other: they hold the folder `lock`.
    """
    with _alone(lock):
        if not target.exists():
            fresh.rename(target)
        elif not _exchange(fresh, target):
            old = fresh.with_name("old")
            target.rename(old)
            try:
                fresh.rename(target)
            except OSError:
                old.rename(target)
                raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, so that there always is one; False where that cannot be."""
    if sys.platform != "linux":
        return False
    places = (_HERE, os.fsencode(one), _HERE, os.fsencode(other))
    try:
        return int(ctypes.CDLL(None).renameat2(*places, _EXCHANGE)) == 0
    except AttributeError:  # musl before 1.2.5
        return False


@contextmanager
def _alone(folder: Path, *, wait: bool = True) -> Iterator[tuple[int, ...]]:
    """While this lasts no other process has `folder`, where the system knows such locks.

    Yields:
        The file descriptor that holds it, if any.

    Raises:
        BlockingIOError: if another process has it, and this one is not to `wait`.
    """
    if sys.platform == "win32":
        yield ()
        return
    import fcntl

    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield (opened,)
    finally:
        os.close(opened)
