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

const closeSearch = () => {
  if (searchToggle.checked) searchToggle.click();
  query.blur();
};

const inText = (target) =>
  target.isContentEditable || target.closest?.("input:not([type=radio]), select, textarea");

const onKey = (event) => {
  const { key, target } = event;
  if ((event.metaKey || event.ctrlKey) && !event.altKey && key.toLowerCase() === "k" && query) {
    event.preventDefault();
    query.focus();
    query.select();
  } else if (key === "Escape" && searchToggle.checked) {
    closeSearch();
  } else if (key.length === 1 && !event.metaKey && !event.ctrlKey && !inText(target)
    && !target.closest?.(".md-search")) {
    // Keys of a single letter cannot be switched off (WCAG 2.1.4): the theme has some.
    event.stopImmediatePropagation();
  }
};
addEventListener("keydown", onKey, true);

if (query) {
  const box = query.closest(".md-search");
  // After the click on a label that leads here has had its own effect, hence the timer.
  query.addEventListener("focus", () => setTimeout(openSearch));
  query.form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) closeSearch();
  });
  document
    .querySelector(".md-header__button[for=__search]")
    .addEventListener("click", () => query.focus());
}

// ---- Scripts: the search's when it is wanted, the theme's at the first act, after it ---------------

const ACTS = ["focusin", "keydown", "pointerdown", "touchstart", "wheel"];
const asked = { capture: true, passive: true };
const [searching, ...theme] = scripts;
const SLOW = 4000; // milliseconds that the theme waits for a search
let loading = false;
let searches = null;

const load = (src) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.async = false;
  script.src = src;
  script.addEventListener("load", resolve);
  script.addEventListener("error", reject);
  document.head.append(script);
});

const loadSearch = () => {
  searches ??= load(searching).then(() => new Promise((resolve) => {
    addEventListener("hb-search-ready", resolve, { once: true });
    setTimeout(resolve, document.activeElement === query ? SLOW : 0);
  })).catch(() => {
    searches = null; // the next act tries again
  });
  return searches;
};

const loadTheme = async () => {
  if (loading) return;
  loading = true;
  try {
    await searches;
    await Promise.all(theme.map(load));
    untilThen.abort();
    // It waits for this event, which has long been.
    document.dispatchEvent(new Event("DOMContentLoaded"));
  } catch {
    loading = false; // the next act tries again
  }
};

const nearSearch = ({ target }) => target.closest?.(".md-search, .md-header__button[for=__search]");
for (const act of [...ACTS, "pointerover"]) {
  addEventListener(act, (event) => {
    if (nearSearch(event) || document.activeElement === query) loadSearch();
    if (act !== "pointerover" || nearSearch(event)) loadTheme();
  }, asked);
}
// The browser itself scrolls to the place that an address names: that is no act.
addEventListener("load", () => {
  requestAnimationFrame(() => setTimeout(() => addEventListener("scroll", loadTheme, asked), 100));
});
if (/[?&][hq]=/.test(location.search)) loadSearch();
