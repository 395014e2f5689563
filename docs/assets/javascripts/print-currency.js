// Compares what a print holds, by the numbers in its address, with the handbook of today.
{
  const NUMBER = /\d{6}/g;
  const [, level, held] = /^#([1-4])((?:\d{6})+)$/.exec(location.hash) ?? [];
  const numbers = new Set(held?.match(NUMBER));
  const has = (some) => (some?.match(NUMBER) ?? []).some((each) => numbers.has(each));
  const own = document.getElementById("by-print");
  const texts = own?.dataset;
  const verdicts = ["current", "wording", "changed"];
  const gravest = (found) => verdicts[Math.max(0, ...found.map((each) => verdicts.indexOf(each)))];

  // What became of a part; nothing if the print never had it.
  const judged = (part) => {
    const told = [...part.querySelectorAll("[data-kind]")];
    const { now, quoted } = part.dataset;
    if (quoted !== undefined && level !== "4") {
      part.hidden = true; // it was printed before there was a number for this
      return "";
    }
    const found = told.find((each) => has(each.dataset.then)) ?? (now && told[0]);
    part.hidden = !now && !found;
    if (has(now)) {
      part.append(" ", note(texts.same));
      return "current";
    }
    if (found) found.hidden = false;
    else if (now) part.append(" ", note(texts.other));
    return part.hidden ? "" : found?.dataset.kind === "wording" ? "wording" : "changed";
  };

  const note = (text) => {
    const made = document.createElement("span");
    made.className = "quiet";
    made.textContent = text;
    return made;
  };

  // A page of the handbook: part by part where the print has a number for each.
  const page = (heading) => {
    const list = heading.nextElementSibling?.matches("ul") ? heading.nextElementSibling : null;
    const parts = [...(list?.querySelectorAll("li") ?? [])];
    const apart = level === "1" && !("then" in heading.dataset);
    let found = "current";
    if (apart) {
      found = gravest(parts.map(judged));
      for (const part of parts) part.hidden ||= has(part.dataset.now);
    } else if (!has(heading.dataset.all)) {
      const kinds = parts.flatMap((part) => [...part.querySelectorAll("[data-kind]")].slice(0, 1));
      for (const each of kinds) each.hidden = false;
      const wording = has(heading.dataset.then) && kinds.every((each) => each.dataset.kind === "wording");
      found = wording ? "wording" : "changed";
    }
    if (list && found === "current") list.hidden = true;
    heading.querySelector("span").textContent = texts[found];
    return found;
  };

  if (own && held) {
    const headings = [...own.querySelectorAll("h2")];
    let found = [...numbers].every((each) => texts.all.match(NUMBER)?.includes(each)) ? "current" : "changed";
    if (level !== "3") {
      found = gravest(headings.length ? headings.map(page) : [...own.querySelectorAll("li")].map(judged));
    } else {
      for (const each of own.querySelectorAll("h2, ul")) each.hidden = true;
    }
    own.querySelector(`[data-verdict=${found}]`).hidden = false;
    own.hidden = false;
    const edition = document.getElementById("by-edition");
    if (level !== "3" || found === "current") edition.hidden = true;
    else edition.querySelector(".verdict").hidden = true;
  }
  addEventListener("hashchange", () => location.reload());
}
