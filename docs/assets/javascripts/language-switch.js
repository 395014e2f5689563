// Keeps the reader's place: the switch leads to the same anchor in the other language.
for (const link of document.querySelectorAll(".hb-languages a")) {
  const keepPlace = () => {
    link.hash = location.hash;
  };
  link.addEventListener("pointerdown", keepPlace);
  link.addEventListener("click", keepPlace);
}
