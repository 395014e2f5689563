"""The one adapter to MkDocs 1.6.1, static-i18n 1.3.1 and Material 9.8.1.

The stages of a build (`hooks/*.py`) ask here for whatever is no public promise of those three; each
function names what it relies on, and tests/hooks/test_upstream.py fails by its name if that moves.
"""

from __future__ import annotations

FIRST = 100
"""The priority of what must come before static-i18n chooses a language (its own is -100)."""

LAST = -300
"""The priority of what must find all else done, static-i18n's builds of other languages too."""
