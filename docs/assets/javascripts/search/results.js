/* The results as the box shows them: in groups, each with the words of its text that were asked for.
   The last part of the search, and the whole of it: `handbookSearch(data)` answers queries.

   The build joins MiniSearch, these files and one language's index into one script for a worker; for
   the page where there are no workers (file://). Its last line calls handbookAnswer with the index. */
function handbookResults(data, text, named, index) {
  "use strict";

  const { fold, isHan, termsOf } = text;
  const {
    entries, names: calledSo, proper, byStart, namesIn, namedIn, comparingIn, begunIn, partsIn, weightsOf, shareOf,
  } = named;

  const LEAST = 0.3; // of what the best result is worth: what is worth less is noise
  const SHOWN = 5; // results of a group before "more"
  const MOST = 20;
  const SEEN = 3; // results that are seen first
  const PAIRED = 0.6, COMPARED = 0.5; // of a query: what two roles must be of it; if it compares
  const TEASER = 90; // characters
  const ALL = 0.8; // of a query: what is called so much of it is shown with all that deals with it

  // By kind, in the order of KINDS in site/search/index.py.
  const DUTY = 1, ROLE = 3;
  const KINDS = ["topics", "duties", "abilities", "roles", "terms", "pages", "pages"];

  const ways = data.ways.map((location) => ({
    location, title: entries.find((entry) => entry.location === location)?.title,
  }));

  /* The groups of what was found, best first; a result that `uses` others shows them at once. */
  function answer(query, { found, phrase, notes }) {
    const called = namedIn(phrase);
    const groups = led(grouped(found), named.shortFor(phrase));
    let made = itemsOf(groups, found, called);
    const literal = found.find(({ id }) => index.holds(id, phrase));
    if (literal && !leading(made).some(({ id }) => index.holds(id, phrase))) {
      made = itemsOf(forward(groups, literal.id), found, called, 1);
    }
    const pair = pairIn(phrase, called);
    if (pair) made.unshift({ kind: "pages", items: [pair] });
    const total = made.reduce((sum, { items }) => sum + items.reduce(
      (all, { uses }) => all + 1 + (uses?.length ?? 0), 0), 0);
    return { query, groups: made, total, shown: SHOWN, ...notes, ...(total ? {} : { ways, report: data.report }) };
  }

  /* The results that are seen first, in the order of the box. */
  const leading = (made) => made.flatMap(({ items }) => items)
    .flatMap((item) => [item, ...item.uses ?? []]).slice(0, SEEN);

  /* Groups behind an entry that leads them all, if there is one. */
  function led(groups, id) {
    return id === undefined ? [...groups] : [[KINDS[entries[id].kind], [id]], ...without(groups, id)];
  }

  const without = (groups, id) => [...groups].map(([kind, ids]) => [kind, ids.filter((each) => each !== id)])
    .filter(([, ids]) => ids.length);

  /* Groups with what holds the words as they were typed among the first, whatever else people mean by
     them: "image" is pictures to most, and stands on a page. */
  function forward(groups, id) {
    const [[kind, ids], ...others] = without(groups, id);
    const before = entries[ids[0]].uses.length ? 1 : SEEN - 1;
    return [[kind, ids.slice(0, before)], [KINDS[entries[id].kind], [id]], [kind, ids.slice(before)], ...others];
  }

  /* Groups of results, of the first of which no more than `most` uses are shown with it. */
  function itemsOf(groups, found, called, mostUses = MOST) {
    const matches = new Map(found.map(({ id, match }) => [id, match]));
    const worth = new Map(found.map(({ id, worth: each }) => [id, each]));
    const shown = new Set();
    const made = [];
    for (const [kind, ids] of groups) {
      const items = [];
      for (const id of ids.slice(0, kind === "topics" ? 3 : MOST)) {
        if (shown.has(id)) continue;
        shown.add(id);
        const item = resultOf(entries[id], matches.get(id));
        if ((kind === "topics" || kind === "terms") && items.length < 1) {
          // What else was asked for comes before the rest of what deals with a part of it.
          const most = (called.get(id)?.share ?? 0) < ALL ? 1 : mostUses;
          const uses = entries[id].uses.filter((use) => !shown.has(use))
            .sort((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0)).slice(0, most);
          item.uses = uses.map((use) => resultOf(entries[use], matches.get(use)));
          for (const use of uses) shown.add(use);
        }
        items.push(item);
      }
      if (items.length) made.push({ kind, items });
    }
    return made;
  }

  function grouped(found) {
    const least = (found[0]?.worth ?? 0) * LEAST;
    const groups = new Map();
    for (const { id, worth } of found) {
      if (worth < least) break;
      const kind = KINDS[entries[id].kind];
      if (!groups.has(kind)) groups.set(kind, []);
      if (groups.get(kind).length < MOST) groups.get(kind).push(id);
    }
    return groups;
  }

  /* Where a phrase speaks of each role: by its own names, and if it compares, by what people call it or by
     words of its name: 「市場和內容的區別」. */
  function speaksOf(phrase, called, comparing) {
    if (comparing) {
      const parts = partsIn(phrase);
      return (role) => [...called.get(role.id)?.spans ?? [], ...begunIn(phrase, role), ...parts(role)];
    }
    const own = namesIn(phrase, byStart).filter(([name]) => proper.has(name));
    return (role) => own.filter(([name]) => calledSo.get(name).has(role.id)).map(([, start, end]) => [start, end]);
  }

  /* The page that compares two roles, if a phrase names both and nothing else. */
  function pairIn(phrase, called) {
    if (!phrase) return null;
    const comparing = comparingIn(phrase).length > 0;
    const weights = weightsOf(phrase), spans = speaksOf(phrase, called, comparing);
    const roles = entries.filter(({ kind }) => kind === ROLE)
      .map((role) => ({ ...role, spans: spans(role) }))
      .filter((role) => role.spans.length && shareOf(role.spans, weights) > 0.2);
    if (roles.length !== 2) return null;
    const both = shareOf(roles.flatMap((role) => role.spans), weights);
    // 客服 may be either of two roles; who types it compares nothing.
    if (both < (comparing ? COMPARED : PAIRED)) return null;
    if (roles.some((role) => shareOf(role.spans, weights) === both)) return null;
    const slug = ({ location }) => location.replace(/^(?:.*\/)?roles\/|\/?(?:index\.html)?$/g, "");
    const [one, other] = roles.sort((a, b) => a.id - b.id);
    const location = data.pairs[`${slug(one)}/${slug(other)}`] ?? data.pairs[`${slug(other)}/${slug(one)}`];
    const title = data.words.pair.replace("{one}", one.title).replace("{other}", other.title);
    return location ? { location, title: escape(title), place: "", text: "", words: [] } : null;
  }

  const escape = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

  /* Where a text says what was asked for: [start, end) of each passage. */
  function passages(text, matches) {
    const found = [];
    for (const { term, start, end } of termsOf(text)) {
      if (!matches.terms.has(term)) continue;
      let from = start, to = end;
      if (isHan(term)) {
        const chars = [...text.slice(start, end)];
        if (!matches.chars.has(fold(chars[0]))) from += chars[0].length;
        else if (chars[1] && !matches.chars.has(fold(chars[1]))) to -= chars[1].length;
      }
      const last = found.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else if (from < to) found.push([from, to]);
    }
    return found;
  }

  function marked(text, matches) {
    let html = "", at = 0;
    for (const [start, end] of passages(text, matches)) {
      html += `${escape(text.slice(at, start))}<mark>${escape(text.slice(start, end))}</mark>`;
      at = end;
    }
    return html + escape(text.slice(at));
  }

  /* The piece of an entry's text that says most of what was asked for, cut to a line or two. */
  function teaser(text, matches) {
    const size = (piece) => passages(piece, matches).reduce((sum, [from, to]) => sum + to - from, 0);
    const pieces = text.split("\n");
    const best = pieces.reduce((a, b) => (size(b) > size(a) ? b : a));
    const first = passages(best, matches)[0]?.[0] ?? 0;
    let start = 0;
    if (best.length > TEASER && first > TEASER / 3) {
      start = best.slice(0, first).search(/[^\s,;:\uff0c\u3001\uff1b\uff1a]*[\s,;:\uff0c\u3001\uff1b\uff1a]?$/u);
      if (first - start > TEASER / 2) start = first;
    }
    return (start ? "…" : "") + marked(best.slice(start), matches);
  }

  function resultOf(entry, match) {
    const { kind, location, number, title, place, text } = entry;
    const weights = match?.weights ?? new Map();
    const matches = {
      terms: new Set(Object.keys(match?.hit.match ?? {}).filter((term) => weights.get(term) !== index.IGNORED)),
      chars: new Set([...weights.keys()].filter(isHan).join("")),
    };
    // What is marked on the page: these words of the entry, in its own script.
    const words = [title, ...text.split("\n")].flatMap((piece) =>
      passages(piece, matches).map(([start, end]) => piece.slice(start, end)));
    return {
      id: entry.id,
      location,
      title: kind === DUTY ? `${marked(number, matches)} ${marked(title, matches)}` : marked(title, matches),
      place: marked(place, matches),
      text: teaser(text, matches),
      words: [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 8),
    };
  }

  return answer;
}

function handbookSearch(data) {
  "use strict";

  const text = handbookText(data);
  const named = handbookNames(data, text);
  const index = handbookIndex(data, text, named);
  const { find } = handbookRanking(data, text, named, index, handbookSlips(data, text, named, index));
  const answer = handbookResults(data, text, named, index);
  const search = (query) => answer(query, find(query));
  search.words = data.words;
  return search;
}
