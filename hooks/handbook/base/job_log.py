"""What may be printed into the log of a job: the forges that run it read commands there."""

from __future__ import annotations

import json
import re

_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#(?:vso)?\[)", re.MULTILINE)
"""Where GitHub's runner takes what follows for a command: `::` as the first of a line, after any
space (`::stop-commands::`), and `##[` anywhere. Source: `ActionCommand.cs` of actions/runner.
GitLab's `section_start` needs control characters, which `diagnostics.visible` has spelt out."""


def as_inert_json(found: object) -> str:
    """JSON that is no command either, and says the same to whoever parses it."""
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return _COMMAND.sub(lambda match: f"\\u{ord(match[0][-1]):04x}", text)


def inert(text: str) -> str:
    """`text` with the first sign of what a runner would take for a command spelt out."""
    return _COMMAND.sub(lambda match: f"{match[1] or ''}<U+{ord(match[0][-1]):04X}>", text)
