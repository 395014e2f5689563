/* The page's side of search: puts our worker behind Material's box, and marks on the page what a
   reader searched for. Runs before the theme's script.

   The theme makes a Worker as soon as it starts. Here it gets one that starts when the search opens,
   and that works in the page itself where browsers allow no workers (file://). */
(() => {
  "use strict";

  const READY = 1, QUERY = 2, RESULT = 3;
  const settings = document.getElementById("__config");
  const input = document.querySelector("[data-md-component=search-query]");
  const list = document.querySelector(".md-search-result__list");

  // ---- The worker

  if (settings && input && list) {
    const address = JSON.parse(settings.textContent).search;
    const BrowserWorker = window.Worker;
    let composing = false; // the letters of an input method are no words yet

    class SearchWorker extends EventTarget {
      constructor() {
        super();
        this.start = () => {
          this.start = () => {};
          if (location.protocol === "file:" || !BrowserWorker) this.startHere();
          else this.startWorker();
        };
        input.addEventListener("focus", () => this.start());
        if (document.activeElement === input) this.start();
      }

      startWorker() {
        const worker = new BrowserWorker(address);
        worker.addEventListener("message", ({ data }) => this.tell(data));
        this.send = (message) => worker.postMessage(message);
      }

      startHere() {
        const script = document.createElement("script");
        script.src = address;
        script.addEventListener("load", () => {
          this.send = ({ type, data }) => {
            if (type === QUERY) this.tell({ type: RESULT, data: window.searchHandbook(data) });
          };
          this.tell({ type: READY });
        });
        document.head.append(script);
      }

      tell(data) {
        const event = new MessageEvent("message", { data });
        this.dispatchEvent(event);
        this.onmessage?.(event);
      }

      postMessage(message) {
        if (!composing) this.send(message);
      }

      send() {} // before it has started, there is nothing to say
    }

    window.Worker = function (url, options) {
      return url === address ? new SearchWorker() : new BrowserWorker(url, options);
    };

    // ---- The box: the theme hears keys only, not what is pasted, dictated or composed

    const changed = (event) => {
      composing = event.isComposing ?? false;
      if (!composing) input.dispatchEvent(new Event("keyup"));
    };
    input.addEventListener("input", changed);
    input.addEventListener("compositionend", changed);
    document.addEventListener("keyup", (event) => {
      if (event.isComposing && event.target === input) event.stopPropagation();
    }, true);

    // ---- The list: results are no headings of the page

    const lines = ["hb-hit__title", "hb-hit__place", "hb-hit__text"];
    new MutationObserver(() => {
      for (const heading of list.querySelectorAll("h1")) {
        const hit = document.createElement("div");
        hit.className = "hb-hit";
        [...heading.children].forEach((line, i) => {
          line.className = lines[i];
          if (line.textContent) hit.append(line);
        });
        heading.replaceWith(hit);
      }
    }).observe(list, { childList: true });
  }

  // ---- The page: what was searched for is marked where the result leads

  const here = new URL(location.href);
  const words = (here.searchParams.get("h") ?? "").split(" ").filter(Boolean);
  if (!words.length) return;
  if (location.protocol !== "file:") { // links that readers copy are free of it
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
  const pattern = new RegExp(words.map((word) => {
    const plain = word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return /^\p{sc=Han}/u.test(word) ? plain : `(?<!${letter})${plain}(?!${letter})`;
  }).join("|"), "giu");
  const content = document.querySelector(".md-content article") ?? document.body;
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    if (!node.parentElement.closest("script, style, .headerlink") && inside(node)) texts.push(node);
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
