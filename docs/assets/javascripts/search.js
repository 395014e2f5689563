/* The page's side of search: the box, the results, the address; and the marks on the page that a
   result leads to. Loaded by on-demand.js when a reader is about to search, or has.

   The worker answers with groups of results (search/results.js) and brings the words of the box;
   of a long handbook with names first, and the words once more when it has the rest. */
(() => {
  "use strict";

  const settings = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(settings.base.replace(/\/?$/, "/"), location.href);
  const toggle = document.getElementById("__search");
  const input = document.querySelector(".md-search__input");
  const status = document.querySelector(".md-search-result__meta");
  const output = document.querySelector(".md-search-result__found");
  const LINK = "md-search-result__link";
  const RECENT = "hb-recent", MOST_RECENT = 5;
  const inFiles = location.protocol === "file:";

  // ---- The worker: the page itself does its work where browsers allow none (file://)

  let words = null, send = () => {}, started = false, composing = false;

  function start() {
    if (started) return;
    started = true;
    const address = new URL(settings.search, location.href);
    const failed = () => {
      started = false; // the next letter tries again
      status.textContent = status.dataset.failed;
      dispatchEvent(new Event("hb-search-failed"));
    };
    if (inFiles || !window.Worker) {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", () => {
        send = (query) => told(window.searchHandbook(query));
        ready(window.searchHandbook.words);
      });
      script.addEventListener("error", failed);
      document.head.append(script);
      return;
    }
    const worker = globalThis.hbWorker ?? new Worker(address); // on-demand.js has started it
    globalThis.hbWorker = worker;
    worker.addEventListener("message", ({ data }) => (data.words ? ready(data.words) : told(data.answer)));
    worker.addEventListener("error", () => {
      delete globalThis.hbWorker;
      failed();
    });
    worker.postMessage(null); // it answers when it has arrived
    send = (query) => worker.postMessage(query);
  }

  function ready(given) {
    words = given;
    dispatchEvent(new Event("hb-search-ready"));
    ask();
    askForTopics();
  }

  function told(answer) {
    dispatchEvent(new CustomEvent("hb-answer", { detail: answer }));
    show(answer);
  }

  function ask() {
    const query = input.value.trim();
    if (!words || composing) return;
    keep(query);
    if (query) send(query);
    else showNothingYet();
  }

  // ---- The results

  function element(name, attributes = {}, ...parts) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...parts);
    return made;
  }

  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function linkTo({ location: place, words: marks = [] }, name, ...parts) {
    const address = new URL(place, root);
    if (marks.length) address.searchParams.set("h", marks.join(" "));
    return element("a", { class: name, href: address.href }, ...parts);
  }

  function line(name, html) { // the worker escapes what it quotes
    const made = element("span", { class: `hb-hit__${name}` });
    made.innerHTML = html;
    return made;
  }

  function hit(result, small = false) {
    const lines = small ? ["title", "place"] : ["title", "place", "text"];
    return linkTo(result, small ? `${LINK} hb-use` : LINK,
      ...lines.filter((name) => result[name]).map((name) => line(name, result[name])));
  }

  function group({ kind, items }, shown) {
    const list = element("ol", { class: "md-search-result__list" });
    items.forEach((result, i) => {
      const item = element("li", { class: "md-search-result__item" }, hit(result));
      if (result.uses?.length) {
        item.append(element("ul", { class: "hb-uses" }, ...result.uses.map((use) =>
          element("li", {}, hit(use, true)))));
      }
      item.hidden = i >= shown;
      list.append(item);
    });
    const made = element("section", { class: "hb-found" },
      element("h2", { class: "hb-found__kind" }, words[kind]), list);
    if (items.length > shown) {
      const more = element("button", { type: "button", class: "hb-found__more" },
        say("more", { n: items.length - shown }));
      more.addEventListener("click", () => {
        const hidden = [...list.children].filter((item) => item.hidden);
        for (const item of hidden) item.hidden = false;
        more.remove();
        hidden[0].querySelector("a").focus();
      });
      made.append(more);
    }
    return made;
  }

  function show(answer) {
    if (answer.query !== input.value.trim()) return; // of letters that were typed since
    const made = [];
    const kinds = [...new Set(answer.groups.map(({ kind }) => words[kind]))].join(words.between);
    let told = say(answer.total === 1 ? "found-one" : "found", { n: answer.total, groups: kinds });
    if (!answer.total) told = say("none", { text: answer.query });
    if (answer.read) made.push(element("p", { class: "hb-note" }, say("read", { text: answer.read })));
    if (answer.absent) {
      told = say("absent", { subject: answer.absent.subject });
      made.push(element("p", { class: "hb-note" },
        linkTo(answer.absent, `${LINK} hb-use`, words["absent-why"])));
      if (answer.total) made.push(element("p", { class: "hb-note" }, words.close));
    }
    made.push(...answer.groups.map((each) => group(each, answer.shown)));
    if (answer.partial) {
      if (!answer.total) told = words.coming;
      else made.push(element("p", { class: "hb-note" }, words.coming));
    } else if (answer.ways) {
      made.push(...waysOn(answer));
    }
    status.textContent = told;
    const focused = links().indexOf(document.activeElement);
    output.replaceChildren(...made);
    if (focused >= 0) (links()[focused] ?? input).focus(); // the reader was there already
  }

  /* No answer is an answer: what the handbook covers, and how to tell the editors of a word. */
  function waysOn({ ways, report: elsewhere }) {
    const list = ways.map((way) => element("li", {}, linkTo(way, "hb-note__link", way.title)));
    const made = [element("p", { class: "hb-note" }, words.covers), element("ul", { class: "hb-found__ways" }, ...list)];
    const onPage = [...document.querySelectorAll(".hb-foot a")].pop()?.href;
    const report = onPage ?? (elsewhere && new URL(elsewhere, root).href);
    if (report) {
      made.push(element("p", { class: "hb-note" },
        element("a", { class: "hb-note__link", href: report }, words.report)));
    }
    return made;
  }

  // ---- Before anything is typed: what was searched for last, on this device only

  function recent() {
    try {
      return JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    } catch {
      return [];
    }
  }

  function remember(queries) {
    try {
      localStorage.setItem(RECENT, JSON.stringify(queries.slice(0, MOST_RECENT)));
    } catch { /* a browser that keeps nothing */ }
  }

  function showNothingYet() {
    status.textContent = words.hint;
    const queries = recent();
    if (!queries.length) return output.replaceChildren();
    const clear = element("button", { type: "button", class: "hb-found__more" }, words.clear);
    clear.addEventListener("click", () => {
      remember([]);
      showNothingYet();
      input.focus();
    });
    const again = queries.map((query) => {
      const button = element("button", { type: "button", class: `${LINK} hb-use` }, query);
      button.addEventListener("click", () => {
        input.value = query;
        input.focus();
        ask();
      });
      return element("li", {}, button);
    });
    return output.replaceChildren(element("section", { class: "hb-found" },
      element("h2", { class: "hb-found__kind" }, words.recent), element("ul", { class: "hb-uses" }, ...again), clear));
  }

  output.addEventListener("click", ({ target }) => {
    const query = input.value.trim();
    if (query && target.closest(`a.${LINK}`)) remember([query, ...recent().filter((each) => each !== query)]);
  });

  /* The query stands in the address, so that Back finds the results again. */
  function keep(query) {
    if (inFiles) return;
    const here = new URL(location.href);
    if (query) here.searchParams.set("q", query);
    else here.searchParams.delete("q");
    if (here.href !== location.href) history.replaceState(history.state, "", here);
  }

  // ---- The box

  input.addEventListener("focus", start);
  input.addEventListener("input", (event) => {
    composing = event.isComposing; // the letters of an input method are no words yet
    start();
    ask();
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    ask();
  });
  input.form.addEventListener("reset", () => setTimeout(() => {
    input.focus();
    ask();
  }));
  toggle.addEventListener("change", () => {
    if (!toggle.checked) keep("");
  });

  const links = () => [...output.querySelectorAll("a, button")].filter((each) => each.checkVisibility());

  document.querySelector(".md-search").addEventListener("keydown", (event) => {
    const { key, target } = event;
    const at = links().indexOf(target);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Enter" && target === input) {
      links()[0]?.click();
    } else if (key === "ArrowDown" && (at >= 0 || target === input)) {
      links()[at + 1]?.focus();
    } else if (key === "ArrowUp" && at >= 0) {
      (links()[at - 1] ?? input).focus();
    } else {
      if (at >= 0 && key.length === 1 && key !== " ") input.focus(); // a letter goes on in the box
      return;
    }
    event.preventDefault();
  });

  // The list of topics asks too (topic-finder.js).
  const topics = document.querySelector(".hb-finder input");

  function askForTopics() {
    const query = topics?.value.trim();
    if (words && query) send(query);
  }

  for (const act of ["input", "compositionend"]) {
    topics?.addEventListener(act, ({ isComposing }) => {
      if (isComposing) return;
      start();
      askForTopics();
    });
  }

  if (document.activeElement === input || topics?.value) start();
  const asked = new URL(location.href).searchParams.get("q");
  if (asked && !input.value) {
    input.value = asked;
    input.focus();
  }

  // ---- The page: what was searched for is marked where the result leads

  const here = new URL(location.href);
  const marks = (here.searchParams.get("h") ?? "").split(" ").filter(Boolean);
  if (!marks.length) return;
  if (!inFiles) { // links that readers copy are free of it
    here.searchParams.delete("h");
    history.replaceState(history.state, "", here);
  }
  const target = here.hash && document.getElementById(decodeURIComponent(here.hash.slice(1)));
  const inside = (node) => {
    if (!target || target.contains(node)) return true;
    if (!/^H[1-6]$/.test(target.tagName)) return false;
    // The section: from its heading to the next one that is no smaller.
    const next = [...document.querySelectorAll(".md-content h1, .md-content h2, .md-content h3")]
      .find((heading) => heading.tagName <= target.tagName
        && target.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING);
    return target.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING
      && !(next && next.compareDocumentPosition(node)
        & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
  };
  const letter = "[\\p{L}\\p{N}]";
  const pattern = new RegExp(marks.map((word) => {
    const plain = word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return /^\p{sc=Han}/u.test(word) ? plain : `(?<!${letter})${plain}(?!${letter})`;
  }).join("|"), "giu");
  const content = document.querySelector(".md-content article") ?? document.body;
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    if (!node.parentElement.closest("script, style") && inside(node)) texts.push(node);
  }
  for (const node of texts) {
    const parts = [];
    let at = 0;
    for (const { 0: word, index } of node.data.matchAll(pattern)) {
      const mark = document.createElement("mark");
      mark.dataset.mdHighlight = "";
      mark.textContent = word;
      parts.push(node.data.slice(at, index), mark);
      at = index + word.length;
    }
    if (parts.length) node.replaceWith(...parts, node.data.slice(at));
  }
})();
