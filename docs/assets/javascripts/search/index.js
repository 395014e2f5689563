/* The texts: what each says of a query, and how much of a query is anywhere in the handbook. */
function handbookIndex(data, text, named) {
  "use strict";

  const { fold, isHan, stem, hasHan, termsOf, tokensOf, askedIn } = text;
  const { entries, names, asking, namesIn, askingIn, weightsOf, shareOf } = named;

  const IGNORED = 0.1; // weight of a word that a question is asked with
  const MEANT = 0.7; // weight of a word that is meant, not typed
  const SAID = 0.7; // worth of what a text meets of the query; a name of it is worth 1
  const NEAR = 0.7; // worth of a word that only begins like what was typed
  const SPOKEN = 0.4; // worth of a word that is only a part of what people say
  const LEAST = 0.12; // of a query: what meets less of it was not asked for
  const HITS = 250;
  const PLACES = 3000; // of terms, to be looked at: in a long handbook the rarest tell enough

  const PARTS = 0xf000, PART = String.fromCharCode(PARTS); // for private use: no text has them

  const known = new Map(); // terms, with in how many places each stands
  const spoken = named.spokenFor();
  for (const entry of entries) {
    entry.other = entry.kind === 6 ? "" : entry.names.join("\n");
    entry.spoken = spoken.get(entry.id).join("\n");
  }
  // MiniSearch walks all that a term may begin with: of Chinese that is thousands, so terms are kept
  // below the part of the character set that their first character is in.
  const kept = (term) => (isHan(term) ? String.fromCharCode(PARTS + (term.charCodeAt(0) >> 7)) + term : term);
  const asTyped = (term) => (term >= PART ? term.slice(1) : term);
  const index = new MiniSearch({
    fields: ["number", "title", "place", "text", "other", "spoken"],
    tokenize: (said, field) => {
      const terms = tokensOf(said);
      if (field !== "spoken") for (const term of terms) known.set(term, (known.get(term) ?? 0) + 1);
      return terms;
    },
    processTerm: kept,
    searchOptions: { boost: { number: 9, title: 4, other: 2, spoken: 0.5 }, weights: { fuzzy: 0.4, prefix: 0.5 } },
  });
  index.addAll(entries);

  // ---- What is anywhere

  const starting = new Set(Array.from(known.keys(), (term) => [...term][0]));
  const spellings = new Map(); // of words of letters: how often each stands anywhere
  function read(said) {
    for (const [word] of said.toLowerCase().matchAll(/[a-z]{4,}/g)) {
      spellings.set(word, (spellings.get(word) ?? 0) + 1);
    }
  }
  for (const { title, text: said, names: others } of entries) read([title, said, ...others].join(" "));
  for (const [typed] of data.synonyms) read(typed);
  const sorted = [...spellings.keys()].sort();

  const inNames = new Set([...names.keys()].filter((key) => !hasHan(key)).flatMap((key) => key.split(" ")));
  const isKnown = (word) => known.has(stem(word)) || spellings.has(word) || asking.has(stem(word))
    || inNames.has(stem(word));

  /* Whether any word begins so; as few letters as `least` do not tell. */
  function starts(word, least = 3) {
    if (word.length <= least) return false;
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < word) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(word) ?? false;
  }

  function understoodIn(phrase) {
    const spans = [...namesIn(phrase, named.byStart), ...namesIn(phrase, named.saidByStart)]
      .map(([, start, end]) => [start, end]);
    for (const { term, start, end } of termsOf(phrase)) {
      const typing = end === phrase.length; // it may be the start of a word
      const there = isHan(term)
        ? ([...term].length > 1 ? known.has(term) : [...phrase].length === 1 && starting.has(term))
        : isKnown(phrase.slice(start, end)) || starts(phrase.slice(start, end), typing ? 1 : 3);
      if (there) spans.push([start, end]);
    }
    return spans;
  }

  /* How much of a phrase is anywhere in the handbook. */
  const understoodOf = (phrase) => shareOf(understoodIn(phrase), weightsOf(phrase));

  // ---- What the texts say

  const synonyms = new Map(); // what people say, by its key -> the terms of what they mean
  const mean = (typed, means) => {
    const terms = means.map((meant) => text.asked(meant).filter((term) => !asking.has(term)));
    for (const word of typed) {
      const key = text.keyOf(word);
      synonyms.set(key, [...synonyms.get(key) ?? [], ...terms]);
    }
  };
  for (const lists of data.synonyms) mean(...lists.map((words) => words.split("\n")));
  for (const { kind, title, names: others } of entries) if (named.TERMS.includes(kind)) mean(others, [title]);

  /* What a query asks for, as units: what was typed, or for it any of the words that it may mean. */
  function unitsOf(query) {
    const faint = new Uint8Array(query.length);
    for (const [start, end] of askingIn(query)) faint.fill(1, start, end);
    const meant = new Map();
    for (const [name, start, end] of namesIn(query, named.saidByStart)) {
      const terms = text.asked(query.slice(start, end)).filter((term) => !asking.has(term));
      if (!meant.has(name)) meant.set(name, { weight: 0, ways: [[], ...synonyms.get(name)] });
      const dull = faint.subarray(start, end).every(Boolean); // 是什麼意思 asks for no glossary if more is said
      meant.get(name).weight += terms.length * (dull ? IGNORED : 1);
      meant.get(name).ways[0].push(...terms);
    }
    const inMeant = new Set([...meant.values()].flatMap(({ ways }) => ways[0]));
    const typed = askedIn(query).filter(({ term }) => !inMeant.has(term))
      .map(({ term, start, end }) => {
        const dull = faint[start] || faint[end - 1];
        return { weight: dull ? IGNORED : 1, ways: [[term]] };
      });
    const units = [...typed, ...meant.values()];
    // Words such as "the" are on every page; pairs of characters still tell pages apart.
    const telling = units.filter(({ weight, ways }) => weight > IGNORED || isHan(ways[0][0]));
    return telling.length ? telling : units;
  }

  /* What the texts say of a query, by entry: from 0 to SAID. */
  function saidOf(phrase) {
    const units = unitsOf(phrase);
    const weights = new Map();
    for (const { weight, ways } of units) {
      ways.forEach((terms, i) => terms.forEach((term) => {
        weights.set(term, Math.max(i ? MEANT : Math.min(weight, 1), weights.get(term) ?? 0));
      }));
    }
    const times = (term) => known.get(term) ?? 0;
    let places = 0;
    const terms = [...weights.keys()].sort((a, b) => times(a) - times(b))
      .filter((term, i) => (places += times(term)) < PLACES || !i);
    const typedLast = termsOf(phrase).at(-1)?.term;
    const begins = (term) => (isHan(term) ? [...term].length === 1
      : weights.get(term) === 1 && (term.length > 3 || term === typedLast));
    const hits = index.search(phrase, {
      tokenize: () => terms,
      boostTerm: (term) => weights.get(asTyped(term)),
      prefix: (term) => begins(asTyped(term)),
      fuzzy: false,
    }).slice(0, HITS);
    const total = units.reduce((sum, { weight }) => sum + weight, 0);
    for (const hit of hits) {
      hit.match = Object.fromEntries(Object.entries(hit.match).map(([term, fields]) => [asTyped(term), fields]));
      const found = new Set(hit.terms.map(asTyped)), asked = new Set(hit.queryTerms.map(asTyped));
      const spokenOnly = (term) => hit.match[term].every((field) => field === "spoken");
      const worthOf = (term) => (found.has(term) ? (spokenOnly(term) ? SPOKEN : 1) : asked.has(term) ? NEAR : 0);
      const share = (way) => way.length && way.reduce((sum, term) => sum + worthOf(term), 0) / way.length;
      const met = units.reduce((sum, { weight, ways }) => sum + weight
        * ways.reduce((most, way, i) => Math.max(most, share(way) * (i ? 0.9 : 1)), 0), 0);
      hit.met = met / total < LEAST ? 0 : met / total;
      hit.score *= (0.05 + hit.met) ** 2;
    }
    const telling = hits.filter(({ met }) => met);
    const best = telling.reduce((most, { score }) => Math.max(most, score), 0);
    return new Map(telling.map((hit) => [hit.id,
      { hit, weights, worth: SAID * hit.met * (0.4 + 0.6 * hit.score / best) }]));
  }

  // ---- What stands somewhere as it was typed

  const folds = new Map();
  function says(id, phrase) {
    if (!folds.has(id)) folds.set(id, fold(`${entries[id].title}\n${entries[id].text}`));
    return folds.get(id).includes(phrase);
  }

  /* The same of whole words. */
  function holds(id, phrase) {
    if (hasHan(phrase) || !says(id, phrase)) return false;
    return ` ${folds.get(id).replace(/[^\p{L}\p{N}]+/gu, " ")} `.includes(` ${phrase} `);
  }

  return { IGNORED, spellings, isKnown, starts, understoodIn, understoodOf, saidOf, says, holds };
}
