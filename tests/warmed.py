"""What the process has done that is copied: it has checked the real pages once.

What is kept of them (patterns, pages by their text) fills a check of any copy in a third of the
time. `test_cli` begins the command from nothing, as people do.
"""

from __future__ import annotations

from pathlib import Path

from handbook.checks import rules
from handbook.pages import loader

rules.check(loader.read(Path(__file__).parents[1]))
