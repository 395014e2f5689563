/* The last part of the worker: it says that it is ready and in which words the box speaks, then
   answers each query. In a page, it leaves the search for search.js to call. */
function handbookAnswer(search) {
  if (typeof document === "object") {
    globalThis.searchHandbook = search;
    return;
  }
  addEventListener("message", ({ data: query }) => postMessage({ answer: search(query) }));
  postMessage({ words: search.words });
}
