// Filters the list of topics by their names, words and everyday words; leads old addresses on.
{
  const form = document.querySelector(".hb-finder");
  const items = [...document.querySelectorAll(".hb-topics > li")];
  const words = Object.fromEntries(
    [...form.querySelectorAll("template")].map((each) => [each.dataset.count, each.innerHTML]),
  );
  const input = form.querySelector("input");
  const plain = (text) => text.normalize("NFKC").toLowerCase().trim();
  const all = items.map((item) => plain(`${item.dataset.words} ${item.textContent}`));

  const apply = () => {
    const asked = plain(input.value).split(/\s+/);
    items.forEach((item, i) => {
      item.hidden = !asked.every((word) => all[i].includes(word));
    });
    for (const area of document.querySelectorAll(".hb-area")) {
      area.hidden = !area.querySelector("li:not([hidden])");
    }
    const count = items.filter((item) => !item.hidden).length;
    form.querySelector("[role=status]").textContent = (words[count] ?? words["#"]).replace("#", count);
  };
  input.addEventListener("input", apply);
  if (input.value) apply(); // typed while this was on its way
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    items.find((item) => !item.hidden)?.querySelector("a").click();
  });

  // A topic once stood on this page.
  const lead = () => {
    const item = items.find(({ id }) => id === location.hash.slice(1));
    if (item) location.replace(item.querySelector("a").href);
  };
  const linked = document.referrer.startsWith(new URL(".", location.href).href);
  if (!linked) lead();
}
