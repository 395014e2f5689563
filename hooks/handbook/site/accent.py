"""The accent colour of `docs/handbook.yml` as a style sheet, for the others to name its shades."""

from __future__ import annotations

from handbook.pages.handbook_file import OWN, Shades

ACCENT = "assets/stylesheets/accent.css"
"""Where it is on the site."""


def accent_css() -> str:
    """The shades as custom properties, of light pages and of dark ones.

    Dark ones are given twice, as in theme.css: as chosen, and before the theme's script has run.
    """
    light, dark = map(_properties, (OWN.accent.light, OWN.accent.dark))
    return (
        f"body {{ {light} }}\n"
        f'body[data-md-color-scheme="slate"] {{ {dark} }}\n'
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"  .no-js body:not([data-md-color-media]) {{ {dark} }}\n"
        "}\n"
    )


def _properties(shades: Shades) -> str:
    return (
        f"--hb-accent: {shades.text}; --hb-accent-ground: {shades.ground}; "
        f"--hb-accent-line: {shades.line}; --hb-on-accent: {shades.inverse};"
    )
