"""Templates are compiled once while serving, not at each reload: a fifth of its time.

MkDocs makes a new Jinja environment for every build. Each language has a memory of its own: what a
filter makes of a constant is compiled in, and some filters speak the page's language.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class _Memory(BytecodeCache):
    """Keeps what was compiled as long as the source of the template stays the same."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._compiled[bucket.key, bucket.checksum] = bucket.code


_memories: defaultdict[str, _Memory] = defaultdict(_Memory)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let this language's environment use what those before it compiled."""
    env.bytecode_cache = _memories[config.plugins["i18n"].current_language]  # type: ignore[attr-defined]
