// Keeps the reader's place when the language changes, remembers the choice, and offers the page in
// the language of the reader's choice or browser. It never redirects.
const KEY = "handbook.language";
const here = document.documentElement.lang;

const remembered = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off
  }
};

const remember = (language) => {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Then the offer comes again: no harm.
  }
};

// The site's language that a browser's preference means: `zh-TW` and `zh-Hant-HK` read Traditional,
// other Chinese Simplified.
const siteLanguage = (preference) => {
  const tag = preference.toLowerCase();
  if (tag.startsWith("en")) return "en";
  if (!tag.startsWith("zh")) return null;
  return /hant|-(tw|hk|mo)\b/.test(tag) ? "zh-Hant" : "zh-Hans";
};

const preferred = () => (navigator.languages ?? []).map(siteLanguage).find(Boolean) ?? null;

for (const link of document.querySelectorAll(".hb-languages a, .hb-offer a")) {
  const keepPlace = () => {
    link.hash = location.hash;
  };
  link.addEventListener("pointerdown", keepPlace);
  link.addEventListener("click", () => {
    keepPlace();
    remember(link.hreflang);
  });
}

const wanted = remembered() ?? preferred();
for (const offer of document.querySelectorAll(".hb-offer")) {
  offer.hidden = offer.lang !== wanted || wanted === here;
  offer.querySelector("button").addEventListener("click", () => {
    remember(here);
    offer.hidden = true;
  });
}
