"""Parses all pages, in worker processes where there are many."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

from handbook.pages import Examine, PageFile, PageParser, PairResult
from handbook.site_config import SiteConfig
from handbook.vocabulary import Vocabulary

_FEWEST = 100
"""Pairs of pages. Below, starting processes takes longer than they save."""

_MOST_WORKERS = 8
_AT_ONCE = 8


def parse_all(
    pairs: Sequence[Sequence[PageFile]],
    config: SiteConfig,
    vocabulary: Vocabulary,
    examine: Examine | None,
) -> Iterator[PairResult]:
    """The results of `pairs`, in their order; the same with and without worker processes."""
    done = 0
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    if len(pairs) >= _FEWEST and workers > 1:
        try:
            for result in _parse_in_workers(pairs, config, vocabulary, examine, workers):
                yield result
                done += 1
        except (BrokenExecutor, OSError, NotImplementedError):
            # A machine without semaphores, or without the memory: this process does the rest.
            pass
    parser = PageParser(config, vocabulary)
    for pair in pairs[done:]:
        yield parser.parse_pair(pair, examine)


def _parse_in_workers(
    pairs: Sequence[Sequence[PageFile]],
    config: SiteConfig,
    vocabulary: Vocabulary,
    examine: Examine | None,
    workers: int,
) -> Iterator[PairResult]:
    context = get_context(_start_method())
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([examine.__module__ if examine else __name__])
    with ProcessPoolExecutor(workers, context, _start, (config, vocabulary, examine)) as pool:
        yield from pool.map(_parse, pairs, chunksize=_AT_ONCE)


def _start_method() -> str:
    """How to start workers: by a fork where that is safe, since they then need import nothing."""
    # A fork of a process with threads, such as `mkdocs serve`, may hang; not all are Python's.
    if sys.platform == "linux" and len([*Path("/proc/self/task").iterdir()]) == 1:
        return "fork"
    return "forkserver" if "forkserver" in get_all_start_methods() else "spawn"


_parse_pair: Callable[[Sequence[PageFile]], PairResult] | None = None
"""What the worker does; it lives as long as the process."""


def _start(config: SiteConfig, vocabulary: Vocabulary, examine: Examine | None) -> None:
    global _parse_pair  # noqa: PLW0603 - how a worker is given what all its pages share
    _parse_pair = partial(PageParser(config, vocabulary).parse_pair, examine=examine)
    gc.disable()


def _parse(pair: Sequence[PageFile]) -> PairResult:
    assert _parse_pair is not None, "the pool starts each worker with `_start`"  # noqa: S101
    return _parse_pair(pair)
