"""As SARIF 2.1.0, the standard that code hosts and editors read the reports of linters in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from handbook.base.job_log import as_inert_json
from handbook.pages.diagnostics import RULES, Diagnostic, fingerprints, visible
from handbook.pages.model import Handbook
from handbook.pages.parsing.parser import between

RULES_PAGE = "contributing/rules"
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
"""Paths are from here: by convention the root of the repository."""


def as_sarif(
    diagnostics: Sequence[Diagnostic], handbook: Handbook, language: str, site_url: str = ""
) -> str:
    """One run with its problems, and the rules that they break.

    Args:
        diagnostics: the problems.
        handbook: its page of rules says what they are for.
        language: that of the explanations.
        site_url: where the handbook is published, "" if nowhere.
    """
    broken = sorted({d.rule for d in diagnostics})
    told = _explanations(handbook, language)
    pages = f"{site_url.rstrip('/')}/{'' if language == 'zh' else f'{language}/'}{RULES_PAGE}/"
    driver = {
        "name": "handbook",
        "rules": [_rule(rule, told, pages if site_url else "") for rule in broken],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(d, broken.index(d.rule), fingerprint)
            for d, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
        ],
    }
    return as_inert_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _explanations(handbook: Handbook, language: str) -> Mapping[str, tuple[str, str]]:
    """What the page of rules says of each: its title, then what it is for and how to fix it."""
    page = handbook.page(language, RULES_PAGE)
    found = {}
    for heading in page.headings if page else ():
        blocks = between(page.blocks, heading, page.headings) if page else ()
        texts = [block.passage.text for block in blocks if block.tag == "p"][:2]
        found[heading.anchor] = heading.text, "\n\n".join(texts)
    return found


def _rule(rule: str, told: Mapping[str, tuple[str, str]], pages: str) -> dict[str, Any]:
    title, help_text = told.get(rule, (rule, ""))
    return {
        "id": rule,
        "shortDescription": {"text": _message(title)},
        **({"help": {"text": _message(help_text)}} if help_text else {}),
        **({"helpUri": f"{pages}#{rule}"} if pages else {}),
        "defaultConfiguration": {"level": RULES[rule].severity},
    }


def _result(d: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    artifact = {"uri": quote(d.path), "uriBaseId": _ROOT}
    place = {
        "artifactLocation": artifact,
        "region": {"startLine": d.line, "startColumn": d.column},
    }
    return {
        "ruleId": d.rule,
        "ruleIndex": index,
        "level": d.severity,
        "message": {"text": _message(visible(d.with_hint))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"pathRuleMessage/v1": fingerprint},
        **_fixes(d, artifact),
    }


def _fixes(d: Diagnostic, artifact: Mapping[str, str]) -> dict[str, Any]:
    """The lines as they should be, where that is known."""
    if d.mended is None:
        return {}
    # A region without columns is its lines without the end of the last.
    region = {"startLine": d.line, "endLine": d.line + d.lines - 1}
    replacement = {"deletedRegion": region, "insertedContent": {"text": d.mended}}
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    return {"fixes": [{"description": {"text": _message(d.hint)}, "artifactChanges": [change]}]}


def _message(text: str) -> str:
    """Brackets are escaped, or `[words](address)` of a page would be a link in the report."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
