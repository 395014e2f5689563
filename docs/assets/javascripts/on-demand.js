// Loads the theme's script when the reader first acts: reading needs none of it. What must not wait
// for it works from here until it has arrived: light and dark, opening search, typing, keys.
const scripts = JSON.parse(document.getElementById("hb-on-demand").textContent);
const query = document.querySelector("[data-md-component=search-query]");
const searchToggle = document.querySelector("[data-md-toggle=search]");

// What style sheets learn from the browser (theme.css), older browsers must be told.
if (!matchMedia("(scripting)").matches) document.documentElement.classList.replace("no-js", "js");

// A printed page says where it comes from.
addEventListener("beforeprint", () => {
  const address = document.querySelector(".hb-address");
  if (address) address.textContent ||= location.href.split(/[?#]/)[0];
});

// ---- Light and dark: kept where the theme's script in the head of the page looks for it ----------

const paint = (index) => {
  const [scheme, system] = [["default", "light"], ["slate", "dark"]][index];
  const media = `(prefers-color-scheme: ${system})`;
  const color = { media, scheme, primary: "custom", accent: "custom" };
  for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value);
  return { index, color };
};

const dark = matchMedia("(prefers-color-scheme: dark)");
const paintAsChosen = () => {
  let chosen;
  try {
    chosen = __md_get("__palette");
  } catch {
    // Storage is forbidden: as the system has it.
  }
  paint(Number(chosen?.index ?? dark.matches));
};

document.querySelector(".hb-palette").addEventListener("click", () => {
  __md_set("__palette", paint(Number(document.body.dataset.mdColorScheme === "default")));
});
dark.addEventListener("change", paintAsChosen);
paintAsChosen();

// ---- Search: opened at once, what is typed is kept and searched for ------------------------------

const openSearch = () => {
  if (!searchToggle.checked) searchToggle.click();
};

const closeSearch = () => {
  query.blur();
  if (searchToggle.checked) searchToggle.click();
};

// As it starts, the theme closes the search on a page whose address names a place.
const stayOpen = (event) => {
  if (!event.isTrusted && !searchToggle.checked && document.activeElement === query) event.preventDefault();
};

const inText = (target) =>
  target.isContentEditable || target.closest?.("input:not([type=radio]), select, textarea");

const onKey = (event) => {
  const { key, target } = event;
  if ((event.metaKey || event.ctrlKey) && !event.altKey && key.toLowerCase() === "k" && query) {
    event.preventDefault();
    openSearch(); // at once: what is typed into a box that is not seen yet stands in any order
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
  query.addEventListener("focus", () => setTimeout(() => {
    if (document.activeElement === query) openSearch(); // not for who has passed it already
  }));
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
const [searching, copying, ...theme] = scripts;
const SLOW = 4000; // milliseconds that the theme waits for a search
let loading = false;
let searches = null;
let copies = null;

const load = (src) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.async = false;
  script.src = src;
  script.addEventListener("load", resolve);
  script.addEventListener("error", reject);
  document.head.append(script);
});

// The worker that answers comes beside the script that asks it, not after.
const startWorker = () => {
  if (location.protocol === "file:" || globalThis.hbWorker) return;
  const { search } = JSON.parse(document.getElementById("__config").textContent);
  globalThis.hbWorker = new Worker(new URL(search, location.href));
  hbWorker.onerror = () => delete globalThis.hbWorker;
};

const loadSearch = () => {
  startWorker();
  searches ??= load(searching).then(() => new Promise((resolve) => {
    addEventListener("hb-search-ready", resolve, { once: true });
    setTimeout(resolve, document.activeElement === query ? SLOW : 0);
  })).catch(() => {
    searches = null; // the next act tries again
    dispatchEvent(new Event("hb-search-failed"));
  });
  return searches;
};

// A link that is tapped before there is what copies it.
const copyLater = (event) => {
  const link = event.target.closest?.(".hb-link, .hb-text");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  loadCopying().then(() => link.click(), () => location.assign(link.href));
};
addEventListener("click", copyLater);

const loadCopying = () => {
  copies ??= load(copying).then(() => removeEventListener("click", copyLater), (error) => {
    copies = null;
    throw error;
  });
  return copies;
};

const loadTheme = async () => {
  if (loading) return;
  loading = true;
  try {
    await searches;
    await loadCopying();
    await Promise.all(theme.map(load));
    searchToggle.addEventListener("click", stayOpen);
    setTimeout(() => searchToggle.removeEventListener("click", stayOpen), 1000);
    // It waits for this event, which has long been.
    document.dispatchEvent(new Event("DOMContentLoaded"));
  } catch {
    loading = false; // the next act tries again
  }
};

const nearSearch = ({ target }) => target.closest?.(".md-search, .md-header__button[for=__search], .hb-finder");
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
const topics = document.querySelector(".hb-finder input");
if (/[?&][hq]=/.test(location.search) || topics?.value) loadSearch();
