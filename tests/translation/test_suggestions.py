"""Suggestions on pull requests: a forge that plays back is told what the check found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from conftest import ROOT
from translation.history import EN, ZH, Editors

from handbook.checks.fixes.page import Change
from handbook.checks.formats.suggestions import as_suggestions

MARK = "<!-- handbook "
RULES = "https://forge.example/o/r/blob/HEAD/docs/zh/contributing/rules.md"
HOSTILE = [
    ("path", "docs/zh/../../.github/workflows/ci.yml"),
    ("path", "README.md"),
    ("line", "20"),
    ("line", None),
    ("lines", None),
    ("lines", 0),
    ("lines", 2),
    ("lines", 10**9),
    ("rule", "x](https://evil.example)"),
    ("was", "another line"),
    ("becomes", "a\u202eb"),
    ("becomes", "x" * 4_001),
    ("becomes", None),
]


@dataclass
class Forge:
    """What a forge answers by address, and what was sent to it."""

    answers: dict[str, Any]
    sent: list[tuple[str, Any]] = field(default_factory=list)
    address: str = ""

    def post(self, kind: str, *more: str, **variables: str) -> str:
        """Run the tool; what it says."""
        result = subprocess.run(
            [sys.executable, "-I", ROOT / "tools/post_suggestions.py", kind, *more],
            env={"PATH": os.environ["PATH"], **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return result.stdout


@contextmanager
def playing(answers: dict[str, Any]) -> Iterator[Forge]:
    forge = Forge(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("page=")[0].rstrip("?&").replace("?per_", "").rstrip("?&")
            path = path.replace("&per_", "")
            known = path in forge.answers
            answer = forge.answers.get(path, {})
            self._answer(
                answer if isinstance(answer, bytes) else json.dumps(answer).encode(), known
            )

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            forge.sent.append((self.path, json.loads(raw)))
            self._answer(b"{}", known=True)

        def _answer(self, raw: bytes, known: bool) -> None:
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object, **__: object) -> None:
            """Nothing: what is asked is in the test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    forge.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield forge
    server.shutdown()
    server.server_close()


@pytest.fixture
def editors(tmp_path: Path) -> Editors:
    """Two mistakes on one line, one on another, and one that stood on the page before."""
    editors = Editors.begin(tmp_path / "repository")
    editors.edit(ZH, "用好預算。", "用好預算,盡早用。")
    editors.commit()
    editors.edit(ZH, "### 3.2 廣告投放與渠道管理", "#### 3.3 廣告投放與渠道管理")
    editors.edit(EN, "- Monitor the placements", "- Monitor the ``color`` , the the placements")
    return editors


def listed(editors: Editors) -> bytes:
    """What the check lists of the pages as they are."""
    result = subprocess.run(
        [sys.executable, "-m", "handbook", "check", "--format", "suggestions"],
        cwd=editors.root,
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    return result.stdout


def patch(editors: Editors, path: str) -> str:
    """What changed on a page, as forges give it: from the first hunk on."""
    return "@@" + editors.git("diff", "HEAD", "--", path).partition("@@")[2]


def github(editors: Editors, comments: list[dict[str, str]] | None = None) -> dict[str, Any]:
    html = {"repo": {"html_url": "https://forge.example/o/r"}}
    pulls = [
        {"number": 6, "head": {"sha": "old"}, "base": html},
        {"number": 7, "head": {"sha": "abc"}, "base": html},
    ]
    files = [{"filename": path, "patch": patch(editors, path)} for path in (ZH, EN)]
    return {
        "/repos/o/r/pulls?state=open&head=fork%3Abranch": pulls,
        "/repos/o/r/pulls/7/files": [*files, {"filename": "docs/zh/a.png"}],
        "/repos/o/r/pulls/7/comments": comments or [{"body": None}],
    }


def post(forge: Forge, tmp_path: Path, raw: bytes) -> str:
    path = tmp_path / "suggestions.json"
    path.write_bytes(raw)
    return forge.post(
        "github",
        str(path),
        GITHUB_API_URL=forge.address,
        GITHUB_REPOSITORY="o/r",
        GITHUB_TOKEN="t",
        HEAD="fork:branch",
        HEAD_SHA="abc",
    )


def test_a_pull_request_gets_what_its_lines_need_and_only_once(
    editors: Editors, tmp_path: Path
) -> None:
    raw = listed(editors)
    with playing(github(editors)) as forge:
        assert post(forge, tmp_path, raw) == "3 suggestions posted\n"
    ((path, review),) = forge.sent
    assert path == "/repos/o/r/pulls/7/reviews"
    assert (review["commit_id"], review["event"]) == ("abc", "COMMENT")
    english, chinese, beside = review["comments"]
    assert (beside["path"], beside["line"]) == (ZH, 22)  # the forge shows it with the change
    assert {key: chinese[key] for key in ("path", "line", "side")} == {
        "path": ZH, "line": 20, "side": "RIGHT",
    }  # fmt: skip
    assert chinese["body"].partition(MARK)[0] == (
        "```suggestion\n### 3.2 廣告投放與渠道管理\n```\n"
        f"可以直接採納 · Ready to accept · [duty-level]({RULES}#duty-level)\n"
    )
    assert english["body"].partition(MARK)[0] == (
        "```suggestion\n- Monitor the ``color`` , the placements\n```\n"
        f"可以直接採納 · Ready to accept · [repeated]({RULES}#repeated)\n"
    )
    with playing(github(editors, review["comments"])) as forge:
        assert post(forge, tmp_path, raw) == "0 suggestions posted\n"
    assert forge.sent == []


def test_a_suggestion_cannot_end_its_fence(editors: Editors, tmp_path: Path) -> None:
    suggestion = {
        "path": ZH, "line": 20, "lines": 1, "rule": "", "was": "#### 3.3 廣告投放與渠道管理",
        "becomes": "```\n@everyone <img src=x>\n````\n",
    }  # fmt: skip
    with playing(github(editors)) as forge:
        post(forge, tmp_path, json.dumps([suggestion]).encode())
    (comment,) = forge.sent[0][1]["comments"]
    assert comment["body"].startswith(f"`````suggestion\n{suggestion['becomes']}\n`````\n可以")


def test_every_exact_hint_is_offered(editors: Editors) -> None:
    """Front matter, a link, several lines as one, a line to delete, a file that both share."""
    editors.edit(ZH, "section: 3", "section: three")
    editors.edit(
        ZH, "用好預算,盡早用。", "見［售後］（after-sales.md）。\n\n渠道\t預算\n搜索\t一半"
    )
    editors.edit(EN, "section: 3", "section: 3\nhide: [toc]")
    editors.edit("docs/vocabulary.yml", "  suppliers:\n", "  suppliers:\n    role: marketting\n")
    found = [
        {key: each[key] for key in ("path", "line", "lines", "rule", "becomes")}
        for each in json.loads(listed(editors))
    ]
    expected: list[tuple[object, ...]] = [
        (EN, 3, 1, "front-matter-key", ""),
        (EN, 26, 1, "repeated", "- Monitor the ``color`` , the placements"),
        ("docs/vocabulary.yml", 25, 1, "partner-role", "    role: marketing"),
        (ZH, 2, 1, "front-matter-value", "section: 3"),
        (ZH, 20, 1, "duty-level", "### 3.2 廣告投放與渠道管理"),
        (ZH, 22, 1, "link-broken", "見[售後](after-sales.md)。"),
        (ZH, 24, 2, "markup-shown", "| 渠道 | 預算 |\n|---|---|\n| 搜索 | 一半 |"),
    ]
    assert [tuple(each.values()) for each in found] == expected


def test_a_line_that_becomes_empty_is_not_deleted() -> None:
    """With nothing in its place a forge deletes it, and two paragraphs would be one."""
    blank = Change(2, "spaces", "  ", "", frozenset({"space"}))
    assert json.loads(as_suggestions([], {ZH: [blank]}, {ZH: ["A", "  ", "B"]})) == []


@pytest.mark.parametrize("lines", [1, 3])
def test_several_lines_and_none_are_posted(editors: Editors, tmp_path: Path, lines: int) -> None:
    was = "#### 3.3 廣告投放與渠道管理\n\n用好預算,盡早用。"
    suggestion = {
        "path": ZH, "line": 20, "lines": lines, "rule": "", "becomes": "",
        "was": "\n".join(was.split("\n")[:lines]),
    }  # fmt: skip
    with playing(github(editors)) as forge:
        post(forge, tmp_path, json.dumps([suggestion]).encode())
    (comment,) = forge.sent[0][1]["comments"]
    body = comment.pop("body")
    first = {"start_line": 20, "start_side": "RIGHT"} if lines == 3 else {}
    assert comment == {"path": ZH, **first, "line": 19 + lines, "side": "RIGHT"}
    assert body.startswith("```suggestion\n```\n可以直接採納")


def test_what_was_made_up_is_not_posted(editors: Editors, tmp_path: Path) -> None:
    was = "#### 3.3 廣告投放與渠道管理"
    right = {"path": ZH, "line": 20, "lines": 1, "rule": "", "was": was, "becomes": "x"}
    hostile = [{**right, key: value} for key, value in HOSTILE]
    no_lists = [b"", b"{}", b"\xff", b"[" * 100_000, b"[1]" + b" " * 500_000]
    with playing(github(editors)) as forge:
        for raw in (json.dumps(hostile).encode(), *no_lists):
            assert post(forge, tmp_path, raw) == "0 suggestions posted\n"
        assert post(forge, tmp_path, json.dumps([right]).encode()) == "1 suggestions posted\n"


def test_a_pull_request_that_has_moved_on_gets_nothing(editors: Editors, tmp_path: Path) -> None:
    answers = github(editors)
    answers["/repos/o/r/pulls?state=open&head=fork%3Abranch"].pop()
    with playing(answers) as forge:
        assert post(forge, tmp_path, listed(editors)) == "0 suggestions posted\n"


def test_a_merge_request_gets_the_same(editors: Editors) -> None:
    at = "/projects/1/merge_requests/3"
    refs = {"base_sha": "b", "start_sha": "b", "head_sha": "abc"}
    request = {
        "sha": "abc",
        "diff_refs": refs,
        "web_url": "https://forge.example/o/r/-/merge_requests/3",
        "head_pipeline": {"id": 5, "project_id": 9, "sha": "abc"},
    }
    answers = {
        "/projects/1/merge_requests?state=opened": [{"iid": 3}, {"iid": 4}],
        at: request,
        f"{at}/diffs": [{"new_path": ZH, "diff": patch(editors, ZH)}],
        f"{at}/discussions": [{"notes": [{"body": "hello"}]}],
        "/projects/9/pipelines/5/jobs": [{"name": "site", "id": 1}, {"name": "check", "id": 2}],
        "/projects/9/jobs/2/artifacts/suggestions.json": listed(editors),
        "/projects/1/merge_requests/4": {**request, "head_pipeline": None},
        "/projects/1/merge_requests/4/diffs": [],
        "/projects/1/merge_requests/4/discussions": [],
    }
    variables = {"CI_PROJECT_ID": "1", "SUGGESTIONS_TOKEN": "t"}
    with playing(answers) as forge:
        said = forge.post("gitlab", CI_API_V4_URL=forge.address, **variables)
    assert said == "2 suggestions posted\n"
    (path, duty), (_, purpose) = forge.sent
    assert path == f"{at}/discussions"
    assert duty["position"] == {
        **refs, "position_type": "text", "old_path": ZH, "new_path": ZH, "new_line": 20,
    }  # fmt: skip
    assert duty["body"].startswith("```suggestion:-0+0\n### 3.2 廣告投放與渠道管理\n```\n")
    # A line beside the change is shown by the forge too, and has its number from before.
    assert purpose["position"]["new_line"] == purpose["position"]["old_line"] == 22
    assert purpose["body"].startswith("```suggestion:-0+0\n用好預算，盡早用。\n```\n")
