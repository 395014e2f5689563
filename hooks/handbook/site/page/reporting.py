"""Where a reader reports a mistake: an address at which page and duty are already filled in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from handbook.base.words import words


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: a page, by title and path, and a duty of it ("" for all of it)."""

    language: str
    title: str
    path: str
    number: str = ""
    duty: str = ""


def report_address(subject: Subject, repository: str, own: str = "") -> str:
    """Where to report a mistake in `subject`; "" if no place is known.

    Args:
        subject: the page and the duty.
        repository: the repository's address. One on GitHub opens the issue form
            `.github/ISSUE_TEMPLATE/mistake-<language>.yml`, one on GitLab a new issue.
        own: an address that goes before it: `mailto:someone@example.com`, or a form of any kind,
            in whose address `{page}` and `{duty}` are replaced.
    """
    say = words(subject.language)
    # As a report names them: 市場推廣 (docs/zh/roles/marketing.md), 3.2 廣告投放與渠道管理.
    page = f"{subject.title} ({subject.path})"
    duty = f"{subject.number} {subject.duty}" if subject.number else say("report.whole")
    heading = say("report.title", where=f"{subject.title} {subject.number}".strip())
    body = say("report.body", page=page, duty=duty)
    if own.startswith("mailto:") and "?" not in own:
        fields = {"subject": heading, "body": body.replace("\n", "\r\n")}
        return f"{own}?{urlencode(fields, quote_via=quote)}"
    if own:
        for name, value in {"{page}": page, "{duty}": duty}.items():
            own = own.replace(name, quote(value, safe=""))
        return own
    repository = repository.rstrip("/").removesuffix(".git")
    host = urlsplit(repository).hostname or ""
    if "github" in host:
        template = f"mistake-{subject.language}.yml"
        fields = {"template": template, "title": heading, "page": page, "duty": duty}
        return f"{repository}/issues/new?{urlencode(fields, quote_via=quote)}"
    if "gitlab" in host:
        fields = {"issue[title]": heading, "issue[description]": body}
        return f"{repository}/-/issues/new?{urlencode(fields, quote_via=quote)}"
    return ""
