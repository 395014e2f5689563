// Cuts the theme's style sheets down to what the pages, the scripts and whatever an editor may write
// can use: cut.cjs SITE CONSTRUCTS.html OWN.css OUT.css THEME.css...
const fs = require("node:fs");
const postcss = require("postcss");
const { PurgeCSS } = require("purgecss");

// What Material has and this site does not: other directions, colours, and parts of pages.
const NEVER = new RegExp(
  "\\[dir=rtl\\]|data-md-color-accent|data-md-color-primary=(?!custom)|\\[data-md-component=announce" +
    "|\\.md-(annotation|author|banner|code__|consent|feedback|icon-anim|meta|pagination|path|post" +
    "|profile|progress|select|social|status|tabs|tag|tooltip|version)" +
    "|\\.md-search-result(?:__(?:article|icon|item|link|list|more)| \\.md-typeset)" +
    "|\\.(arithmatex|critic|doc-|emojione|glightbox|grid|gslide|keys|lightbox|mermaid|tabbed" +
    "|task-list|twemoji)",
);

function cut(css, own) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes/.test(rule.parent.name)) return;
    const kept = rule.selectors
      .filter((selector) => !NEVER.test(selector))
      .map((selector) => selector.replace(/\[dir=ltr\]\s*/g, ""));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  for (let found = true; found; ) {
    found = false;
    const text = root.toString() + own;
    root.walkDecls(/^--/, (declaration) => {
      if (!text.includes(`var(${declaration.prop}`)) {
        declaration.remove();
        found = true;
      }
    });
  }
  root.walkRules((rule) => void (rule.nodes.length || rule.remove()));
  root.walkAtRules((rule) => void (rule.nodes && !rule.nodes.length && rule.remove()));
  return root.toString();
}

async function main([site, constructs, own, out, ...theme]) {
  const results = await new PurgeCSS().purge({
    content: [`${site}/**/*.html`, `${site}/assets/**/*.js`, constructs],
    css: theme,
    keyframes: true,
    fontFace: true,
    defaultExtractor: (text) => text.match(/[\w-]+/g) || [],
  });
  const css = results.map((result) => result.css).join("\n");
  fs.writeFileSync(out, cut(css, fs.readFileSync(own, "utf8")));
}

main(process.argv.slice(2));
