"""Templates are compiled once, not for each language and each reload: a third of a reload's time.

MkDocs makes a new Jinja environment for every build, and static-i18n builds once for each language.
"""

from __future__ import annotations

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


_memory = _Memory()


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let this language's environment share what the others compiled."""
    env.bytecode_cache = _memory
