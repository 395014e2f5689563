// Escape puts a term's note away, also while the pointer stays on the term.
{
  const away = "hb-term--away";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const term of document.querySelectorAll(".hb-term:is(:hover, :focus)")) {
      term.classList.add(away);
      for (const end of ["pointerleave", "blur"]) {
        term.addEventListener(end, () => term.classList.remove(away), { once: true });
      }
    }
  });
}
