"""As JSON, for scripts; its keys are a contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from handbook.base.job_log import as_inert_json
from handbook.pages.diagnostics import Diagnostic


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects with path, line, column, rule, message, hint and severity."""
    listed = [asdict(d) for d in diagnostics]
    for each in listed:
        del each["by_language"], each["mended"], each["lines"]
    return as_inert_json(listed)
