// Escape puts a term's note away, also while the pointer stays on the term. A finger, which cannot
// hover, first opens the note; the second tap follows the link to the glossary.
const AWAY = "hb-term--away";
let opening = false;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".hb-term:is(:hover, :focus)")) {
    term.classList.add(AWAY);
    for (const end of ["pointerleave", "blur"]) {
      term.addEventListener(end, () => term.classList.remove(AWAY), { once: true });
    }
  }
});

document.addEventListener("pointerdown", ({ target, pointerType }) => {
  const term = target.closest(".hb-term");
  opening = Boolean(term) && pointerType === "touch" && document.activeElement !== term;
});

document.addEventListener("click", (event) => {
  const term = event.target.closest(".hb-term");
  if (!term || !opening) return;
  event.preventDefault();
  term.focus();
});
