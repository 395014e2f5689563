"""Asks git about the repository, the one way that works within git's own hooks too."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from handbook.base.words import Told

_SECONDS = 30


class GitError(Told):
    """What was asked of git cannot be had; says why."""


def git(root: Path, *arguments: str) -> bytes:
    """What git prints in the folder `root`.

    Raises:
        GitError: where there is no git, no repository, none that may be read, or no answer.
    """
    above = (root.resolve(), *root.resolve().parents)
    if not any((folder / ".git").exists() for folder in above):
        raise GitError("git.no-repository")  # without a process that finds out
    # Within a git hook, these variables would lead to the repository that the hook runs for.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment["LC_ALL"] = "C"
    try:
        return subprocess.run(  # noqa: S603 - no shell, and paths of the repository
            ["git", "-C", str(root), *arguments],  # noqa: S607 - wherever git is
            env=environment,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        ).stdout
    except OSError as error:
        raise GitError("git.not-there") from error
    except subprocess.TimeoutExpired as error:
        raise GitError("git.no-answer") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        if not said:
            wanted = arguments[-1].removesuffix("^{commit}")
            raise GitError("git.no-commit", commit=wanted) from error
        if "not a git repository" in said[-1]:
            raise GitError("git.no-repository") from error
        raise GitError("git.said", said=said[-1]) from error
