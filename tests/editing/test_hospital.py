"""Another handbook, with other headings and labels, is changed by the same commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import copy_hospital, run_in

STEPS = (
    ("edition", "2026.10"),
    ("fix",),
    ("remove-duty", "2.2"),
    ("move-duty", "3.1", "4"),
    ("rename-role", "pharmacy", "--zh", "藥房", "--en", "Dispensary"),
    ("rename-term", "patience", "--zh", "忍耐力", "--en", "forbearance"),
    ("check",),
)


@pytest.fixture
def hospital(tmp_path: Path) -> Path:
    return copy_hospital(tmp_path)


def test_steps_of_a_year(hospital: Path) -> None:
    for step in STEPS:
        done = run_in(hospital, "handbook", *step)
        assert done.returncode == 0, (step, done.stdout + done.stderr)
    assert "no problems" in done.stderr
    redirects = (hospital / "docs/redirects.yml").read_text("utf-8")
    assert "roles/pharmacy: roles/dispensary\n" in redirects
    assert redirects.count("#duty-") >= 2
    page = (hospital / "docs/zh/roles/dispensary.md").read_text("utf-8")
    assert "\n# 藥房\n" in page
