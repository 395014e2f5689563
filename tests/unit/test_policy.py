"""The policy of a page."""

from __future__ import annotations

import pytest

from handbook.site.finished.policy import (
    THEME_SCRIPTS,
    PublishingError,
    digest,
    inline_scripts,
    policy,
)


def test_the_policy_names_the_inline_parts_by_hash_and_lets_nothing_else_in() -> None:
    text = policy(["b", "a"], ["c"])
    scripts = " ".join(sorted([f"'{digest('a')}'", f"'{digest('b')}'"]))
    assert text.startswith(f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' '")
    assert "unsafe" not in text
    assert "http" not in text
    assert text == policy(["a", "b"], ["c"])


def test_only_own_files_are_loaded_and_neither_base_nor_forms_lead_away() -> None:
    directives = dict(each.split(" ", 1) for each in policy([], []).split("; "))
    assert directives == {
        "default-src": "'none'",
        **{f"{kind}-src": "'self'" for kind in ("script", "style", "font", "connect", "worker")},
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_a_script_that_the_theme_has_changed_is_not_trusted() -> None:
    with pytest.raises(PublishingError, match=next(iter(THEME_SCRIPTS))):
        inline_scripts(lambda name: "<script>new</script>", "/")
