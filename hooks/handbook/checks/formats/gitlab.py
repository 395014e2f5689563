"""As a code-quality report, which GitLab shows at the lines of a merge request."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.base.job_log import as_inert_json
from handbook.pages.diagnostics import Diagnostic, fingerprints, visible


def as_gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects as GitLab reads them."""
    return as_inert_json(
        [
            {
                "description": visible(d.with_hint),
                "check_name": d.rule,
                "fingerprint": fingerprint,
                "severity": "major" if d.severity == "error" else "minor",
                "location": {"path": d.path, "lines": {"begin": d.line}},
            }
            for d, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
        ]
    )
