// Loads the theme's script when the reader first acts: reading needs none of it. What must not wait
// for it works from here until it has arrived: light and dark, opening search, typing, keys.
const scripts = JSON.parse(document.getElementById("hb-on-demand").textContent);
const query = document.querySelector("[data-md-component=search-query]");
const searchToggle = document.querySelector("[data-md-toggle=search]");
const untilThen = new AbortController();
const early = { signal: untilThen.signal };

// What style sheets learn from the browser (theme.css), older browsers must be told.
if (!matchMedia("(scripting)").matches) document.documentElement.classList.replace("no-js", "js");

// ---- Light and dark: as the theme does it, and kept where it keeps it ---------------------------

const palettes = [...document.querySelectorAll("[data-md-component=palette] input")];

const paint = (input) => {
  const color = {};
  for (const name of ["media", "scheme", "primary", "accent"]) {
    color[name] = input.getAttribute(`data-md-color-${name}`);
    document.body.setAttribute(`data-md-color-${name}`, color[name]);
  }
  for (const other of palettes) other.nextElementSibling.hidden = other !== input;
  return { index: palettes.indexOf(input), color };
};

const paintAsChosen = () => {
  const chosen = __md_get("__palette");
  const fitting = palettes.find((input) => matchMedia(input.dataset.mdColorMedia).matches);
  const input = chosen ? palettes[chosen.index] : fitting;
  if (input) paint(input);
};

for (const input of palettes) {
  input.addEventListener("change", () => __md_set("__palette", paint(input)), early);
  matchMedia(input.dataset.mdColorMedia).addEventListener("change", paintAsChosen, early);
}
paintAsChosen();

// ---- Search: opened at once, what is typed is kept and searched for ------------------------------

const openSearch = () => {
  if (!searchToggle.checked) searchToggle.click();
};

const inText = (target) =>
  target.isContentEditable || target.closest?.("input:not([type=radio]), select, textarea");
const missed = [];

const onKey = (event) => {
  const { key, target } = event;
  if (event.metaKey || event.ctrlKey) return;
  if (searchToggle.checked && (key === "Escape" || key === "Tab")) {
    searchToggle.click();
    query?.blur();
  } else if (inText(target)) {
    return;
  } else if (query && ["/", "f", "s"].includes(key)) {
    event.preventDefault();
    query.focus();
    query.select();
  } else if (["n", "p", ",", ".", "Enter"].includes(key)) {
    missed.push(key);
  }
};

if (query) {
  // After the click on a label that leads here has had its own effect, hence the timer.
  query.addEventListener("focus", () => setTimeout(openSearch), early);
  query.form.addEventListener("submit", (event) => event.preventDefault());
  document
    .querySelector(".md-header__button[for=__search]")
    .addEventListener("click", () => query.focus(), early);
}
addEventListener("keydown", onKey, early);

// ---- The theme's script ---------------------------------------------------------------------------

const ACTS = ["focusin", "keydown", "pointerdown", "touchstart", "wheel"];
const asked = { capture: true, passive: true };
let loading = false;

const load = () => {
  if (loading) return;
  loading = true;
  const elements = scripts.map((src) => {
    const script = document.createElement("script");
    script.async = false; // in their order: the theme's comes last
    script.src = src;
    return script;
  });
  elements.at(-1).addEventListener("load", () => {
    untilThen.abort();
    // It waits for this event, which has long been.
    document.dispatchEvent(new Event("DOMContentLoaded"));
    for (const key of missed) {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }
  });
  elements.at(-1).addEventListener("error", () => {
    loading = false; // the next act tries again
  });
  document.head.append(...elements);
};

for (const act of ACTS) addEventListener(act, load, asked);
for (const way of document.querySelectorAll(".md-search, .md-header__button[for=__search]")) {
  way.addEventListener("pointerover", load, asked);
}
// The browser itself scrolls to the place that an address names: that is no act.
addEventListener("load", () => {
  requestAnimationFrame(() => setTimeout(() => addEventListener("scroll", load, asked), 100));
});
if (/[?&][hq]=/.test(location.search)) load();
