/* The last part of the worker: asked for nothing, it says in which words the box speaks; else it
   answers the query. In a page, it leaves the search for search.js to call. */
function handbookAnswer(search) {
  if (typeof document === "object") {
    globalThis.searchHandbook = search;
    return;
  }
  addEventListener("message", ({ data: query }) =>
    postMessage(query === null ? { words: search.words } : { answer: search(query) }));
}
