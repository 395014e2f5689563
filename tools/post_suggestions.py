"""Posts what `handbook check --format suggestions` found on a pull or merge request, line by line.

Runs where there is a token that may comment, so it takes nothing from the pull request but the
list, which it distrusts, and the diff, as the forge has it: a suggestion counts only if its lines
are in the diff and say what the list says. What is posted is what they become, in a fence that it
cannot close, and words of our own. Needs Python alone. Sources: the REST APIs of GitHub
(docs.github.com/rest/pulls) and GitLab (docs.gitlab.com/api/discussions).

    python3 tools/post_suggestions.py github suggestions.json
    python3 tools/post_suggestions.py gitlab
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

MOST_BYTES = 500_000
MOST_POSTED = 20
"""Of one run; the others come once these are accepted."""
LONGEST = 4_000
"""Characters of what a suggestion replaces, or puts there."""
MOST_LINES = 100
"""Of one suggestion; both forges take as many (GitLab no more)."""
SECONDS = 30
PER_PAGE = 100
NOT_FOUND = 404

_PATH = re.compile(r"docs/(?:(?:zh|en)/(?:[a-z0-9-]+/){0,5}[a-z0-9-]+\.md|[a-z]+\.yml)", re.ASCII)
_RULE = re.compile(r"(?:[a-z]{1,20}-?){0,4}", re.ASCII)
_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_MARK = re.compile(r"<!-- handbook ([0-9a-f]{16}) -->")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines in a row and what should stand there; `rule` is "" where it is only tidied."""

    path: str
    line: int
    lines: int
    rule: str
    was: str
    becomes: str

    @property
    def mark(self) -> str:
        """The same for the same suggestion, wherever its line has moved."""
        said = "\0".join((self.path, self.was, self.becomes))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.line + self.lines - 1

    def is_in(self, diff: Diff) -> bool:
        """Whether the diff shows its lines, as they are said to be."""
        shown = [diff.get((self.path, number)) for number in range(self.line, self.last + 1)]
        return [line and line.text for line in shown] == self.was.split("\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a diff shows it: its text, and its number before the change if it was there."""

    text: str
    old: int | None


Diff = Mapping[tuple[str, int], Line]
"""The lines that a diff shows, by path and number after the change."""


def read(raw: bytes) -> list[Suggestion]:
    """The suggestions in a list that anyone may have written; [] if it is none."""
    if len(raw) > MOST_BYTES:
        return []
    try:
        listed = json.loads(raw)
    except (ValueError, RecursionError):
        return []
    found = (_suggestion(each) for each in listed if isinstance(each, dict))
    return [each for each in found if each] if isinstance(listed, list) else []


def _suggestion(each: Mapping[str, object]) -> Suggestion | None:
    path, line, lines, rule, was, becomes = (
        each.get(key) for key in ("path", "line", "lines", "rule", "was", "becomes")
    )
    if not (isinstance(path, str) and isinstance(rule, str)):
        return None
    if not (isinstance(line, int) and isinstance(lines, int) and 1 <= lines <= MOST_LINES):
        return None
    if not (isinstance(was, str) and isinstance(becomes, str)):
        return None
    plain = not _UNSEEN.search(becomes) and max(len(was), len(becomes)) <= LONGEST
    named = _PATH.fullmatch(path) and _RULE.fullmatch(rule)
    return Suggestion(path, line, lines, rule, was, becomes) if plain and named else None


def shown(path: str, patch: str) -> Iterator[tuple[tuple[str, int], Line]]:
    """The lines of one file that its patch shows."""
    old = new = 0
    for text in patch.split("\n"):
        if hunk := _HUNK.match(text):
            old, new = int(hunk[1]), int(hunk[2])
        elif text.startswith("+"):
            yield (path, new), Line(text[1:], None)
            new += 1
        elif text.startswith(" "):
            yield (path, new), Line(text[1:], old)
            old, new = old + 1, new + 1
        elif text.startswith("-"):
            old += 1


def to_post(found: Sequence[Suggestion], diff: Diff, before: str) -> list[Suggestion]:
    """Those whose lines the diff shows as they say, that `before`, all comments, does not have."""
    known = set(_MARK.findall(before))
    fitting = [each for each in found if each.mark not in known and each.is_in(diff)]
    return fitting[:MOST_POSTED]


def body(of: Suggestion, rules: str, lines: str = "") -> str:
    """The comment, in Markdown; `rules` is the address of the page of rules.

    With nothing in the fence, the forges delete the lines.
    """
    longest = max(map(len, re.findall("`+", of.becomes)), default=0)
    fence = "`" * max(3, longest + 1)
    why = f" · [{of.rule}]({rules}#{of.rule})" if of.rule else ""
    said = f"可以直接採納 · Ready to accept{why}"
    instead = f"{of.becomes}\n" if of.becomes else ""
    return f"{fence}suggestion{lines}\n{instead}{fence}\n{said}\n<!-- handbook {of.mark} -->"


class Forge:
    """An API that speaks JSON; what it has no permission for, or does not have, is an error."""

    def __init__(self, address: str, header: str, token: str) -> None:
        self._address, self._headers = address.rstrip("/"), {header: token}

    def ask(self, path: str, sent: object = None) -> Any:
        """What it answers to a GET of `path`, or to a POST if something is `sent`."""
        return json.loads(self.raw(path, sent))

    def raw(self, path: str, sent: object = None) -> bytes:
        """The same as bytes."""
        headers = {**self._headers, "Accept": "application/json", "User-Agent": "handbook"}
        data = None if sent is None else json.dumps(sent).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = Request(f"{self._address}/{path}", data, headers)  # noqa: S310 - see `main`
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            found: bytes = answer.read(20 * MOST_BYTES)
            return found

    def all(self, path: str) -> Iterator[Any]:
        """The items of a list, page by page."""
        sign, number = "&" if "?" in path else "?", 1
        while True:
            found = self.ask(f"{path}{sign}per_page={PER_PAGE}&page={number}")
            yield from found
            if len(found) < PER_PAGE:
                return
            number += 1


def on_github(forge: Forge, repository: str, head: str, commit: str, raw: bytes) -> int:
    """Post on the open pull request from `head` (owner:branch) at `commit`; how many.

    Nothing is posted if the pull request has moved on since: its next run will.
    """
    pulls = forge.all(f"repos/{repository}/pulls?state=open&head={quote(head)}")
    pull = next((each for each in pulls if each["head"]["sha"] == commit), None)
    if pull is None:
        return 0
    at = f"repos/{repository}/pulls/{int(pull['number'])}"
    files = forge.all(f"{at}/files")
    diff = dict(item for each in files for item in shown(each["filename"], each.get("patch") or ""))
    before = "".join(each["body"] or "" for each in forge.all(f"{at}/comments"))
    posted = to_post(read(raw), diff, before)
    if posted:
        rules = f"{pull['base']['repo']['html_url']}/blob/HEAD/docs/zh/contributing/rules.md"
        comments = [
            {"path": each.path, **_lines(each), "body": body(each, rules)} for each in posted
        ]
        said = "可以直接採納的改法 · Suggestions to accept"
        review = {"commit_id": commit, "event": "COMMENT", "body": said, "comments": comments}
        forge.ask(f"{at}/reviews", review)
    return len(posted)


def _lines(of: Suggestion) -> dict[str, object]:
    """Which lines of a pull request a comment is about."""
    first = {"start_line": of.line, "start_side": "RIGHT"} if of.lines > 1 else {}
    return {**first, "line": of.last, "side": "RIGHT"}


def on_gitlab(forge: Forge, project: str) -> int:
    """Post on every open merge request what its last `check` found; how many."""
    open_ones = forge.all(f"projects/{project}/merge_requests?state=opened")
    return sum(_on_merge_request(forge, project, each["iid"]) for each in open_ones)


def _on_merge_request(forge: Forge, project: str, number: int) -> int:
    at = f"projects/{project}/merge_requests/{int(number)}"
    request = forge.ask(at)
    raw = _artifact(forge, request.get("head_pipeline") or {}, request["sha"])
    diffs = forge.all(f"{at}/diffs")
    diff = dict(item for each in diffs for item in shown(each["new_path"], each["diff"]))
    before = "".join(
        note["body"] for each in forge.all(f"{at}/discussions") for note in each["notes"]
    )
    posted = to_post(read(raw), diff, before)
    rules = f"{request['web_url'].partition('/-/')[0]}/-/blob/HEAD/docs/zh/contributing/rules.md"
    for each in posted:
        position = {
            **request["diff_refs"],
            "position_type": "text",
            "old_path": each.path,
            "new_path": each.path,
            "new_line": each.line,
        }
        if old := diff[each.path, each.line].old:
            position["old_line"] = old
        sent = {"body": body(each, rules, f":-0+{each.lines - 1}"), "position": position}
        forge.ask(f"{at}/discussions", sent)
    return len(posted)


def _artifact(forge: Forge, pipeline: Mapping[str, Any], commit: str) -> bytes:
    """What the job `check` of a pipeline listed; b"" if it was not for `commit`, or has none."""
    if pipeline.get("sha") != commit:
        return b""
    project = int(pipeline["project_id"])
    jobs = forge.all(f"projects/{project}/pipelines/{int(pipeline['id'])}/jobs")
    job = next((each for each in jobs if each["name"] == "check"), None)
    if job is None:
        return b""
    try:
        return forge.raw(f"projects/{project}/jobs/{int(job['id'])}/artifacts/suggestions.json")
    except HTTPError as error:
        if error.code == NOT_FOUND:
            return b""
        raise


def main(arguments: Sequence[str]) -> int:
    """Post; the addresses come from the forge's own variables, never from a pull request."""
    said = os.environ
    if arguments[:1] == ["github"]:
        forge = Forge(said["GITHUB_API_URL"], "Authorization", f"Bearer {said['GITHUB_TOKEN']}")
        listed = Path(arguments[1])
        raw = listed.read_bytes() if listed.stat().st_size <= MOST_BYTES else b""
        head, commit = said["HEAD"], said["HEAD_SHA"]
        posted = on_github(forge, said["GITHUB_REPOSITORY"], head, commit, raw)
    else:
        forge = Forge(said["CI_API_V4_URL"], "PRIVATE-TOKEN", said["SUGGESTIONS_TOKEN"])
        posted = on_gitlab(forge, said["CI_PROJECT_ID"])
    print(f"{posted} suggestions posted")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
