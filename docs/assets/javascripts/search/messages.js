/* The last part of the worker: asked for nothing, it says in which words the box speaks; else it
   answers the query. In a page, it leaves the search for search.js to call.

   Of a long handbook the worker has only names at first; it fetches the rest, and says when it is
   there by giving the words once more. */
function handbookAnswer(data) {
  "use strict";

  let search = handbookSearch(data);
  if (typeof document === "object") {
    globalThis.searchHandbook = search;
    return;
  }
  let rest = data.rest, coming = false;
  const ready = () => postMessage({ words: search.words });

  async function bring() {
    if (!rest || coming) return;
    coming = true;
    try {
      const more = await fetch(rest);
      if (!more.ok) return;
      search = handbookSearch({ ...data, ...await more.json() });
      rest = "";
      ready();
    } catch {
      // A line that broke: the next query tries again.
    } finally {
      coming = false;
    }
  }

  addEventListener("message", ({ data: query }) => {
    if (query === null) ready();
    else postMessage({ answer: { ...search(query), partial: Boolean(rest) } });
    bring();
  });
  bring();
}
