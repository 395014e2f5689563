"""What an SVG drawing may consist of: elements, attributes, CSS. Anything else is refused.

Not here, on purpose: what acts (scripts, handlers, animation, links), what loads (pictures, fonts,
other files), HTML, and filters, of which a small one keeps the printing of a page busy for seconds.
"""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


EDITORS = frozenset(
    {
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.inkscape.org/namespaces/inkscape",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://creativecommons.org/ns#",
        "http://web.resource.org/cc/",
        "http://purl.org/dc/elements/1.1/",
        "http://www.serif.com/",
        "http://www.bohemiancoding.com/sketch/ns",
        "https://boxy-svg.com",
        "http://www.vectornator.io",
        "http://schemas.microsoft.com/visio/2003/SVGExtensions/",
        "http://ns.adobe.com/AdobeIllustrator/10.0/",
        "http://ns.adobe.com/Extensibility/1.0/",
        "http://ns.adobe.com/Graphs/1.0/",
        "http://ns.adobe.com/SaveForWeb/1.0/",
    }
)
"""The namespaces of drawing programs' notes to themselves: no browser makes anything of them."""

DOCTYPES = frozenset(
    {
        "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd",
        "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11-basic.dtd",
        "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11-tiny.dtd",
        "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd",
    }
)
"""Older programs name one of these; nobody fetches them."""

ELEMENTS = _names(
    "circle clipPath defs desc ellipse g line linearGradient marker mask metadata path pattern "
    "polygon polyline radialGradient rect stop style svg switch symbol text textPath title tspan "
    "use"
)

REFERRING = _names("linearGradient pattern radialGradient textPath use")
"""Elements that may have `href="#id"`."""

PROPERTIES = _names(
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation "
    "color-rendering cursor direction display dominant-baseline fill fill-opacity fill-rule font "
    "font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch "
    "font-style font-variant font-variant-caps font-variant-east-asian font-variant-ligatures "
    "font-variant-numeric font-variant-position font-variation-settings font-weight "
    "glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning "
    "letter-spacing line-height marker marker-end marker-mid marker-start mask mask-type "
    "mix-blend-mode opacity overflow paint-order pointer-events shape-inside shape-margin "
    "shape-padding shape-rendering shape-subtract solid-color solid-opacity stop-color "
    "stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-align text-align-all text-align-last "
    "text-anchor text-decoration text-decoration-color text-decoration-line "
    "text-decoration-style text-indent text-orientation text-overflow text-rendering "
    "text-transform transform transform-box transform-origin unicode-bidi user-select "
    "vector-effect visibility white-space word-spacing word-wrap writing-mode "
    "-inkscape-font-specification -inkscape-stroke background background-color block-progression "
    "clip color-interpolation-filters color-scheme enable-background inline-size"
)
"""CSS, in a style sheet, a `style` or an attribute of its own."""

NOT_IN_NOTES = _names("href src style")
"""Attributes that elements of `EDITORS` do not have; nor any that begins with `on`."""

TEXTS = _names("class content id lang name role")
"""Attributes that hold any text; so do those that begin with `aria-` and `data-`."""

ATTRIBUTES = _names(
    "baseProfile clipPathUnits contentScriptType contentStyleType cx cy d dx dy focusable fr fx fy "
    "gradientTransform gradientUnits height lengthAdjust marker-height markerHeight markerUnits "
    "markerWidth maskContentUnits maskUnits media method offset orient pathLength "
    "patternContentUnits patternTransform patternUnits points preserveAspectRatio r refX refY "
    "requiredExtensions requiredFeatures rotate rx ry side spacing spreadMethod startOffset style "
    "systemLanguage tabindex textLength type version viewBox width x x1 x2 y "
    "y1 y2 zoomAndPan"
)
"""Beside the properties. `content` is where draw.io keeps its own form of a drawing."""

FUNCTIONS = _names(
    "calc color color-mix hsl hsla hwb lab lch light-dark matrix oklab oklch rgb rgba rotate scale "
    "scalex scaley skewx skewy translate translatex translatey var"
)
"""CSS functions, in small letters; `url(#id)` too, and no other address."""

PLACES = _names("clip-path fill marker marker-end marker-mid marker-start mask shape-inside "
                   "shape-subtract stroke")  # fmt: skip
"""Properties that may refer to `url(#id)`."""
