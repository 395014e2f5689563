// Filters the list of topics: by their names, and by all that the search knows of as soon as it
// answers (search.js asks it); leads old addresses on.
{
  const form = document.querySelector(".hb-finder");
  const items = [...document.querySelectorAll(".hb-topics > li")];
  const words = Object.fromEntries(
    [...form.querySelectorAll("template")].map((each) => [each.dataset.count, each.innerHTML]),
  );
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const address = (item) => item.querySelector("a").href;
  const plain = (text) => text.normalize("NFKC").toLowerCase().trim();
  const names = items.map((item) => plain(item.textContent));
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(base.replace(/\/?$/, "/"), location.href);
  let answered = "", found = new Set();
  let undecided = false, going = false; // whether nothing is known yet; whether Enter waits for it

  const go = () => {
    going = undecided;
    if (!going) items.find((item) => !item.hidden)?.querySelector("a").click();
  };

  const apply = () => {
    const asked = plain(input.value).split(/\s+/);
    const waiting = input.value.trim() !== answered;
    let shown = items.filter((item, i) => asked.every((word) => names[i].includes(word))
      || (!waiting && found.has(address(item))));
    undecided = !shown.length && waiting;
    if (undecided) {
      status.textContent = "";
      shown = items;
    } else {
      status.textContent = (words[shown.length] ?? words["#"]).replace("#", shown.length);
    }
    for (const item of items) item.hidden = !shown.includes(item);
    for (const area of document.querySelectorAll(".hb-area")) {
      area.hidden = !area.querySelector("li:not([hidden])");
    }
  };
  input.addEventListener("input", () => {
    going = false;
    apply();
  });
  addEventListener("hb-answer", ({ detail: { query, groups } }) => {
    if (query !== input.value.trim()) return;
    answered = query;
    found = new Set(groups.flatMap(({ items: results }) =>
      results.map((result) => new URL(result.location, root).href)));
    apply();
    if (going) go();
  });
  addEventListener("hb-search-failed", () => {
    going = false;
    if (undecided) status.textContent = status.dataset.failed;
  });
  if (input.value) apply(); // typed while this was on its way
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });

  // A topic once stood on this page.
  const lead = () => {
    const item = items.find(({ id }) => id === location.hash.slice(1));
    if (item) location.replace(address(item));
  };
  const linked = document.referrer.startsWith(new URL(".", location.href).href);
  if (!linked) lead();
}
