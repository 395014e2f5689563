"""A fence with options is code here as it is on the site: what stands in it is not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_cases import small_handbook

from handbook.checks import rules
from handbook.pages import loader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "opening", ['```markdown title="sample.md"', '``` hl_lines="2"', '~~~ yaml linenums="1"']
)
def test_a_fence_with_options_is_code(tmp_path: Path, opening: str) -> None:
    small_handbook(tmp_path)
    page = tmp_path / "docs/en/roles/marketing.md"
    sample = f"{opening}\n## Duties\n\nTODO 職責\n{opening[:3]}\n\n"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Ability req", f"{sample}## Ability req"), encoding="utf-8")
    assert rules.check(loader.read(tmp_path)) == []
