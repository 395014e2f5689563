// Keeps the reader's place when the language changes, and remembers the choice: the head of each
// page offers it from then on (overrides/partials/javascripts/offer.html). It never redirects.
const remember = (language) => {
  try {
    localStorage.setItem("handbook.language", language);
  } catch {
    // Then the offer comes again: no harm.
  }
};

for (const link of document.querySelectorAll(".hb-languages a, .hb-offer a, .hb-in-both a, .hb-back a")) {
  const keepPlace = () => {
    link.hash = location.hash;
  };
  link.addEventListener("pointerdown", keepPlace);
  link.addEventListener("click", () => {
    keepPlace();
    if (link.hreflang) remember(link.hreflang);
  });
}

for (const decline of document.querySelectorAll(".hb-offer button")) {
  decline.addEventListener("click", () => {
    remember(document.documentElement.lang);
    document.documentElement.dataset.wanted = "";
    document.getElementById("hb-main").focus({ preventScroll: true });
  });
}
