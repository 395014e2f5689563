"""A handbook in a Git repository whose editors make one edit after another."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from test_cases import small_handbook

from handbook.base.words import Words
from handbook.checks import fix, rules
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic
from handbook.versions import baseline, recording
from handbook.versions.translation_status import known_statuses, taken_as_agreed
from handbook.versions.word_changes import as_text

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"

_SHORT = Words(
    "", {"behind.removed": "-{words}", "behind.added": "+{words}", "sign.comma.clause": " "}
)


@dataclass(frozen=True)
class Editors:
    """What people do in the repository `root`, and what they are told."""

    root: Path

    @classmethod
    def begin(cls, root: Path) -> Editors:
        """A handbook whose languages agree, in its first commit."""
        root.mkdir()
        small_handbook(root)
        editors = cls(root)
        editors.git("init", "--quiet", "--initial-branch=main")
        editors.write(EN, editors.read(EN).replace("a promotion strategy", "the strategy"))
        editors.fix()
        editors.commit()
        return editors

    def git(self, *arguments: str) -> str:
        """Run git."""
        settings = ("user.name=E", "user.email=e@example.org", "commit.gpgsign=false")
        options = [option for each in settings for option in ("-c", each)]
        result = subprocess.run(
            ["git", *options, *arguments],
            cwd=self.root,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.root.parent),  # without the settings of whoever runs the tests
                "GIT_COMMITTER_DATE": "2026-11-05T12:00:00Z",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace what occurs once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def at_the_top(self, path: str, line: str) -> None:
        """Write a line between the two `---`."""
        self.edit(path, "---\nsection: ", f"---\n{line}\nsection: ")

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--date=2026-11-05T12:00:00Z", "--message", "an edit")

    def fix(self, *, same: Sequence[str] = (), translate: Sequence[str] = ()) -> str:
        """`handbook fix`; what it says."""
        fixed = fix.fix(self.root, same=same, translate=translate)
        fix.write(fixed, self.root)
        return "\n".join(fixed.lines)

    def problems(self) -> list[Diagnostic]:
        """What the check says."""
        return rules.check(loader.read(self.root))

    def rules(self) -> list[str]:
        """The names of the rules that the check finds broken, with the pages."""
        return _named(self.problems())

    def rules_since(self, commit: str) -> list[str]:
        """The same, compared with what was published at `commit`."""
        return _named(rules.check(loader.read(self.root), taken_as_agreed(self.root, commit)))

    def told(self) -> list[str]:
        """What readers are told: the section, the language behind, and the words."""
        return [
            f"{status.role}/{status.part} {status.behind} "
            + as_text(status.changes(status.ahead), _SHORT)
            for status in known_statuses(self.root, loader.load(self.root))
            if status.behind
        ]

    def pasted(self, word: str) -> str:
        """The line that begins with `word` in the hint of the only problem."""
        (problem,) = self.problems()
        return next(line for line in problem.hint.split("\n") if line.startswith(f"{word}: "))

    def is_filed(self) -> bool:
        """Whether `fix` would change nothing in the record."""
        known = baseline.read(self.root)
        assert known is not None
        record = recording.record(loader.load(self.root), known, date(2026, 11, 1))
        return record.text == self.read(baseline.FILE)


def _named(problems: Sequence[Diagnostic]) -> list[str]:
    return [f"{d.rule} {Path(d.path).parts[1]}" for d in problems]
