"""The policy of a page, and what in a page would break it."""

from __future__ import annotations

import pytest
from lxml import html

from handbook.policy import THEME_SCRIPTS, PolicyError, digest, faults, policy, theme_scripts

THEIRS = "var theirs=1"


def found(body: str) -> list[str]:
    page = html.document_fromstring(
        f"<html><head><title>t</title></head><body>{body}</body></html>"
    )
    return list(faults(page, {THEIRS}))


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>alert(1)</script>", "inline script `alert(1)`"),
        ("<script type=module>alert(1)</script>", "inline script `alert(1)`"),
        (f"<script>{THEIRS};</script>", f"inline script `{THEIRS};`"),
        ("<style>p{}</style>", "inline style sheet `p{}`"),
        ('<p style="color:red">', '`style="color:red"` on <p>'),
        ('<img src="x" onerror="alert(1)">', '`onerror="alert(1)"` on <img>'),
        ('<a href=" java\nscript:alert(1)">x</a>', "the address ` java script:alert(1)`"),
        (
            '<img src="https://a.example/x.png">',
            "a file from another host, `https://a.example/x.png`",
        ),
        (
            '<script src="//a.example/x.js"></script>',
            "a file from another host, `//a.example/x.js`",
        ),
        (
            '<link rel="stylesheet" href="https://a.example/x.css">',
            "a file from another host, `https://a.example/x.css`",
        ),
    ],
)
def test_what_the_policy_would_stop_is_named(body: str, fault: str) -> None:
    assert [one.replace("\n", " ") for one in found(body)] == [fault]


@pytest.mark.parametrize(
    "body",
    [
        f"<script>{THEIRS}</script>",
        '<script type="application/json">{"a": 1}</script>',
        '<script src="../x.js" defer></script>',
        '<a href="https://a.example/">x</a><img src="data:image/png;base64,AA" alt="">',
        '<link rel="canonical" href="https://a.example/">',
    ],
)
def test_what_it_lets_through_is_not(body: str) -> None:
    assert found(body) == []


def test_the_policy_names_the_inline_parts_by_hash_and_lets_nothing_else_in() -> None:
    text = policy(["b", "a"], ["c"])
    scripts = " ".join(sorted([f"'{digest('a')}'", f"'{digest('b')}'"]))
    assert text.startswith(f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' '")
    assert "unsafe" not in text
    assert "http" not in text
    assert text == policy(["a", "b"], ["c"])


def test_a_script_that_the_theme_has_changed_is_not_trusted() -> None:
    with pytest.raises(PolicyError, match=next(iter(THEME_SCRIPTS))):
        theme_scripts(lambda name: "<script>new</script>", "/")
