/* The search itself, in a worker; in the page where there are no workers (file://).

   The build joins MiniSearch, this file and one language's index into one script, and its last line
   calls handbookSearch with the index. Text is cut into terms: Chinese into pairs of characters,
   folded to one script; other words folded to lower case and stemmed. */
function handbookSearch(data) {
  "use strict";

  const IGNORED = 0.1; // weight of a word that a question is asked with
  const NOWHERE = 0.3; // weight of two characters that no page has together
  const MEANT = 0.7; // weight of a word that is meant, not typed
  const ASIDE = 0.05; // worth of what stands beside the handbook, such as how to edit it
  const VERBATIM = 6; // worth of words that stand as they were typed
  const NEAR = 0.7; // worth of a word that only begins or is spelt like what was typed
  const LEAST = 0.45; // of what the best result meets of the query: what meets less is noise
  const MOST = 40; // results
  const TEASER = 90; // characters

  // ---- Words

  const simple = new Map(data.fold.match(/../gsu).map((pair) => [...pair]));
  function fold(text) {
    let folded = "";
    for (const char of text.normalize("NFKC").toLowerCase()) folded += simple.get(char) ?? char;
    return folded;
  }
  const isHan = (term) => /^\p{sc=Han}/u.test(term);
  const WORDS = /\p{sc=Han}+|\d+(?:\.\d+)+|(?:(?!\p{sc=Han})[\p{L}\p{M}\p{N}])+/gu;

  const stems = new Map();
  function stem(word) {
    if (!stems.has(word)) stems.set(word, stemOf(word));
    return stems.get(word);
  }

  function stemOf(word) {
    if (word.length < 4 || /[^a-z]/.test(word)) return word;
    let root = word.replace(/ies$/, "y").replace(/([^aisu])s$/, "$1");
    const cut = root.replace(/(?:ing|ed)$/, "");
    if (cut !== root && cut.length > 2 && /[aeiouy]/.test(cut)) {
      root = cut.replace(/([^aeioulsz])\1$/, "$1");
    }
    return root.length > 3 ? root.replace(/e$/, "") : root;
  }

  /* The terms of a text, each with the place where it stands. */
  function termsOf(text) {
    const found = [];
    const folded = fold(text);
    // Folding keeps the length of nearly every text; where it does not, each term is folded alone.
    const cut = folded.length === text.length
      ? (start, end) => folded.slice(start, end) : (start, end) => fold(text.slice(start, end));
    for (const { 0: run, index } of text.matchAll(WORDS)) {
      const stop = index + run.length;
      if (!isHan(run)) {
        found.push({ term: stem(cut(index, stop)), start: index, end: stop });
        continue;
      }
      let start = index;
      for (const char of run) {
        const next = start + char.length;
        // A pair; the last character stands alone, for short queries.
        const end = next < stop ? next + String.fromCodePoint(text.codePointAt(next)).length : next;
        found.push({ term: cut(start, end), start, end });
        start = next;
      }
    }
    return found;
  }

  /* The same, without the single characters that only say where a run of Chinese ends. */
  function askedIn(text) {
    const found = termsOf(text);
    return found.filter(({ term, start }, i) =>
      !isHan(term) || [...term].length > 1 || !(i && found[i - 1].end > start));
  }

  // ---- Index

  const known = new Set();
  const entries = data.entries.map(([page, anchor, number, title, place, text, other], id) => ({
    id, number, title, place, text, other, location: data.pages[page] + (anchor && `#${anchor}`),
    worth: data.aside.includes(page) ? ASIDE : 1,
  }));
  const index = new MiniSearch({
    fields: ["number", "title", "place", "text", "other"],
    tokenize: (text) => termsOf(text).map(({ term }) => (known.add(term), term)),
    processTerm: (term) => term,
    searchOptions: {
      boost: { number: 9, title: 4, other: 2 },
      weights: { fuzzy: 0.4, prefix: 0.5 },
    },
  });
  index.addAll(entries);

  const folds = new Map();
  function folded(id) {
    if (!folds.has(id)) {
      const { title, text } = entries[id];
      folds.set(id, { title: fold(title), words: fold(`${title}\n${text}`) });
    }
    return folds.get(id);
  }

  const ignored = new Set(data.ignore.map(fold));
  const ignoredHan = new RegExp(
    [...ignored].filter(isHan).sort((a, b) => b.length - a.length).join("|"), "gu");
  const asked = (text) => askedIn(text).map(({ term }) => term);
  const wordsOf = (text) => ` ${asked(text).join(" ")} `;
  const synonyms = data.synonyms.map(([typed, means]) =>
    [typed.map((word) => ({ han: isHan(word) && fold(word), words: wordsOf(word), terms: asked(word) })),
      means.map(asked)]);

  // ---- Search

  /* What a query asks for, as units: what was typed, or for it any of the words that it may mean. */
  function unitsOf(query) {
    const faint = new Set();
    for (const { 0: word, index: at } of query.matchAll(ignoredHan)) {
      for (let i = at; i < at + word.length; i++) faint.add(i);
    }
    const words = wordsOf(query);
    const meant = synonyms.flatMap(([typed, means]) => typed
      .filter(({ han, words: other }) => (han ? query.includes(han) : words.includes(other)))
      .map(({ terms }) => ({ weight: terms.length, ways: [terms, ...means] })));
    const inMeant = new Set(meant.flatMap(({ ways }) => ways[0]));
    const typed = askedIn(query).filter(({ term }) => !inMeant.has(term))
      .map(({ term, start, end }) => {
        const dull = isHan(term) ? faint.has(start) || faint.has(end - 1)
          : ignored.has(query.slice(start, end));
        const nowhere = isHan(term) && !known.has(term); // two words that only meet in the query
        return { weight: dull ? IGNORED : nowhere ? NOWHERE : 1, ways: [[term]] };
      });
    const units = [...typed, ...meant];
    // Words such as "the" are on every page; pairs of characters still tell pages apart.
    const telling = units.filter(({ weight, ways }) => weight > IGNORED || isHan(ways[0][0]));
    return telling.length ? telling : units;
  }

  function hitsFor(units, phrase) {
    const weights = new Map();
    for (const { weight, ways } of units) {
      ways.forEach((terms, i) => terms.forEach((term) => {
        weights.set(term, Math.max(i ? MEANT : Math.min(weight, 1), weights.get(term) ?? 0));
      }));
    }
    const terms = [...weights.keys()];
    const meant = new Set(units.flatMap(({ ways }) => (ways.length > 1 ? ways.flat() : [])));
    const typedLast = termsOf(phrase).at(-1)?.term;
    const hits = index.search(phrase, {
      tokenize: () => terms,
      boostTerm: (term) => weights.get(term),
      prefix: (term) => (isHan(term) ? [...term].length === 1
        : weights.get(term) === 1 && (term.length > 3 || term === typedLast)),
      fuzzy: (term) => (isHan(term) || known.has(term) || meant.has(term) || term.length < 4 ? false
        : term.length < 8 ? 1 : 2),
    }).slice(0, 25 * MOST);
    const total = units.reduce((sum, { weight }) => sum + weight, 0);
    for (const hit of hits) {
      const { number, worth } = entries[hit.id];
      const share = (way) => way.reduce((sum, term) => sum + (hit.terms.includes(term) ? 1
        : hit.queryTerms.includes(term) ? NEAR : 0), 0) / way.length;
      const met = units.reduce((sum, { weight, ways }) => sum + weight
        * ways.reduce((most, way, i) => Math.max(most, share(way) * (i ? 0.9 : 1)), 0), 0);
      hit.met = number && hit.terms.includes(number) ? 1 : met / total;
      hit.score *= worth * (0.05 + hit.met) ** 2;
    }
    hits.sort((a, b) => b.score - a.score);
    // Words that stand as they were typed count for more; a title that is the query, most.
    const best = hits.slice(0, 5 * MOST);
    for (const hit of best) {
      const { title, words } = folded(hit.id);
      if (title === phrase) hit.score *= 2 * VERBATIM;
      else if (words.includes(phrase)) hit.score *= VERBATIM * (/ /.test(phrase) ? 3 : 1);
    }
    best.sort((a, b) => b.score - a.score);
    return best.slice(0, MOST).filter((hit) => hit.met >= best[0].met * LEAST)
      .map((hit) => [hit, weights]);
  }

  function search(query) {
    const phrase = fold(query).trim();
    if (!phrase) return { items: [] };
    let hits = hitsFor(unitsOf(phrase), phrase);
    if (!hits.length) { // a wrong character leaves no pair whole
      const chars = [...phrase].filter(isHan);
      hits = hitsFor(chars.map((char) => ({ weight: 1, ways: [[char]] })), phrase);
    }
    return { items: hits.map(([hit, weights]) => [resultOf(hit, weights)]) };
  }

  // ---- Results, as Material's list draws them

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
      start = best.slice(0, first).search(/[^\s,，、；;:：]*[\s,，、；;:：]?$/u);
      if (first - start > TEASER / 2) start = first;
    }
    return (start ? "…" : "") + marked(best.slice(start), matches);
  }

  function resultOf(hit, weights) {
    const { location, number, title, place, text } = entries[hit.id];
    const matches = {
      terms: new Set(Object.keys(hit.match).filter((term) => weights.get(term) !== IGNORED)),
      chars: new Set([...weights.keys()].filter(isHan).join("")),
    };
    // What is marked on the page: these words of the entry, in its own script.
    const words = [title, ...text.split("\n")].flatMap((piece) =>
      passages(piece, matches).map(([start, end]) => piece.slice(start, end)));
    return {
      location,
      // The page's script knows these three by their order.
      title: [
        number ? `${marked(number, matches)} ${marked(title, matches)}` : marked(title, matches),
        marked(place, matches),
        teaser(text, matches),
      ].map((html) => `<span>${html}</span>`).join(""),
      text: "",
      score: hit.score,
      terms: Object.fromEntries(words.sort((a, b) => b.length - a.length).slice(0, 8)
        .map((word) => [word, true])),
    };
  }

  return search;
}
