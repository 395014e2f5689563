"""Nothing is published that breaks a rule; while serving nothing is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import validation
from hooks.conftest import Make
from mkdocs.exceptions import PluginError

from engine.context import session
from handbook.base import days


def test_pages_that_break_a_rule_are_refused_before_anything_is_written(
    make: Make, root: Path
) -> None:
    with pytest.raises(PluginError, match=r"docs/zh/overview\.md"):
        make("zh", ["validation"])
    assert not (root / "site").exists()


def test_while_serving_they_are_told_of_only(make: Make) -> None:
    session.serving = True
    make("zh", ["validation"])


def test_each_configuration_is_checked_once(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    session.serving = True
    config = make("zh", ["validation"]).config
    session.serving = False
    validation.on_config(config)  # the next language


def test_an_empty_handbook_is_not_published(make: Make, root: Path) -> None:
    for path in (root / "docs").rglob("*.md"):
        path.unlink()
    with pytest.raises(PluginError, match="docs/"):
        make("zh", ["validation"])


def test_an_address_that_is_set_but_empty_is_none(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "")
    session.serving = True
    assert make("zh", ["validation"]).config.extra["scope"] == "/"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"site_url": "https://x.example/'/"}, "SITE_URL"),
        ({"extra": {"report_url": "javascript:alert(1)"}}, "report_url|REPORT_URL"),
        ({"extra": {"review_months": -1}}, "review_months"),
        ({"extra": {"review_months": "12"}}, "review_months"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    make: Make, settings: dict[str, object], told: str
) -> None:
    session.serving = True  # whatever the pages say
    with pytest.raises(PluginError, match=told):
        make("zh", ["validation"], **settings)


@pytest.mark.parametrize(
    ("command", "wanted", "serving", "downloads"),
    [
        ("build", "1", False, True),
        ("build", "0", False, False),
        ("serve", "1", True, False),
    ],
)
def test_only_a_whole_build_makes_downloads(
    monkeypatch: pytest.MonkeyPatch, command: str, wanted: str, serving: bool, downloads: bool
) -> None:
    monkeypatch.setitem(os.environ, "HANDBOOK_DOWNLOADS", wanted)
    monkeypatch.setattr(days, "settle", lambda: None)
    validation.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    assert (session.serving, session.downloads) == (serving, downloads)
