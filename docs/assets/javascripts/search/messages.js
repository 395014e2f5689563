/* The last part of the worker: answers the page in the messages of Material's search. The index is
   here already, so SETUP (0) needs nothing. In a page, it leaves the search for search.js to call. */
function handbookAnswer(search) {
  const READY = 1, QUERY = 2, RESULT = 3;
  if (typeof document === "object") {
    globalThis.searchHandbook = search;
    return;
  }
  addEventListener("message", ({ data: { type, data } }) => {
    if (type === QUERY) postMessage({ type: RESULT, data: search(data) });
  });
  postMessage({ type: READY });
}
