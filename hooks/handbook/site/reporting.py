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

    @property
    def page(self) -> str:
        """The page as a report names it: `市場推廣 (docs/zh/roles/marketing.md)`."""
        return f"{self.title} ({self.path})"

    @property
    def passage(self) -> str:
        """The duty as a report names it: `3.2 廣告投放與渠道管理`."""
        return f"{self.number} {self.duty}" if self.number else words(self.language)("report.whole")

    @property
    def heading(self) -> str:
        """A report's first line."""
        return words(self.language)("report.title", where=f"{self.title} {self.number}".strip())

    @property
    def body(self) -> str:
        """A report to fill in."""
        return words(self.language)("report.body", page=self.page, duty=self.passage)


def report_address(subject: Subject, repository: str, own: str = "") -> str:
    """Where to report a mistake in `subject`; "" if no place is known.

    Args:
        subject: the page and the duty.
        repository: the repository's address. One on GitHub opens the issue form
            `.github/ISSUE_TEMPLATE/mistake-<language>.yml`, one on GitLab a new issue.
        own: an address that goes before it: `mailto:someone@example.com`, or a form of any kind,
            in whose address `{page}` and `{duty}` are replaced.
    """
    if own:
        return _own(subject, own)
    repository = repository.rstrip("/").removesuffix(".git")
    host = urlsplit(repository).hostname or ""
    if "github" in host:
        fields = {
            "template": f"mistake-{subject.language}.yml",
            "title": subject.heading,
            "page": subject.page,
            "duty": subject.passage,
        }
        return f"{repository}/issues/new?{urlencode(fields, quote_via=quote)}"
    if "gitlab" in host:
        fields = {"issue[title]": subject.heading, "issue[description]": subject.body}
        return f"{repository}/-/issues/new?{urlencode(fields, quote_via=quote)}"
    return ""


def _own(subject: Subject, address: str) -> str:
    if address.startswith("mailto:") and "?" not in address:
        fields = {"subject": subject.heading, "body": subject.body.replace("\n", "\r\n")}
        return f"{address}?{urlencode(fields, quote_via=quote)}"
    filled = {"{page}": subject.page, "{duty}": subject.passage}
    for name, value in filled.items():
        address = address.replace(name, quote(value, safe=""))
    return address
