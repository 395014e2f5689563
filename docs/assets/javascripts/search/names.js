/* Names: what each thing that can be found is called, and by whom; and how much of what was typed is
   a name, tells something else, or only asks. */
function handbookNames(data, text) {
  "use strict";

  const { fold, isHan, hasHan, WORDS, stem, termsOf, keyOf } = text;

  const EVERYDAY = 0.9; // worth of a name that people say and the pages do not
  const LATER = 0.96; // the same for each further thing that it may mean
  const GAP = 2; // words that may stand between those of a name, "take the shoes off sale"

  // By kind, in the order of KINDS in site/search/index.py.
  const TERMS = [0, 4]; // topics and terms: their other names say the same
  const ROLE = 3;
  const NAMES = [1.1, 1, 0.97, 1.15, 0.9, 0.8, 0.02]; // worth of a name, by what it is a name of

  const entries = data.entries.map(([kind, page, anchor, number, title, place, said, others, uses], id) => ({
    id, kind, number, title, place, text: said, uses, names: others ? others.split("\n") : [],
    location: data.pages[page] + (anchor && `#${anchor}`),
  }));

  const names = new Map(); // key of a name -> the entries, each with what the name is worth for it
  function call(key, id, worth) {
    if (!key) return;
    if (!names.has(key)) names.set(key, new Map());
    const of = names.get(key);
    of.set(id, Math.max(worth, of.get(id) ?? 0));
  }
  for (const { id, kind, title, names: others } of entries) {
    // What one role says before its list is not what is meant by 能力要求 of them all.
    if (title !== data.words.abilities) call(keyOf(title), id, NAMES[kind]);
    for (const name of others) call(keyOf(name), id, NAMES[kind] * 0.98);
  }

  const proper = new Set(names.keys());

  // What people say, by its key; `means` are keys too.
  const everyday = data.synonyms.map((lists) => lists.map((words) => words.split("\n").map(keyOf).filter(Boolean)));
  const meanings = everyday.map(([typed, means]) =>
    [typed, means.map((key) => [...names.get(key) ?? []]).filter((of) => of.length)]);
  for (const [typed, means] of meanings) {
    means.forEach((of, i) => {
      for (const [id, worth] of of) for (const key of typed) call(key, id, worth * EVERYDAY * LATER ** i);
    });
  }

  /* All that people say for each entry. */
  function spokenFor() {
    const found = new Map(entries.map(({ id }) => [id, []]));
    data.synonyms.forEach(([typed], i) => {
      for (const id of new Set(meanings[i][1].flatMap((of) => of.map(([each]) => each)))) found.get(id).push(typed);
    });
    return found;
  }

  // ---- Where a phrase has names

  /* Names by what they begin with: two Chinese characters, or a word. */
  function lookUp(keys) {
    const found = new Map();
    for (const key of new Set(keys)) {
      const parts = hasHan(key) ? null : key.split(" ");
      const start = parts ? parts[0] : key.slice(0, 2);
      if (!found.has(start)) found.set(start, []);
      found.get(start).push([key, parts]);
    }
    return found;
  }
  const byStart = lookUp(names.keys());
  const saidByStart = lookUp([...everyday.flatMap(([typed]) => typed),
    ...entries.filter(({ kind }) => TERMS.includes(kind)).flatMap(({ names: others }) => others.map(keyOf).filter(Boolean))]);

  /* [name, start, end) of each, also within longer Chinese words; one for each piece of a name whose
     words stand apart. */
  function namesIn(phrase, starts) {
    const found = [];
    for (let at = 0; at < phrase.length; at++) {
      for (const start of new Set([phrase[at], phrase.slice(at, at + 2)])) {
        for (const [name, parts] of starts.get(start) ?? []) {
          if (!parts && phrase.startsWith(name, at)) found.push([name, at, at + name.length]);
        }
      }
    }
    const terms = termsOf(phrase).filter(({ term }) => !isHan(term));
    terms.forEach(({ term }, i) => {
      for (const [name, parts] of starts.get(term) ?? []) {
        if (parts) found.push(...pieces(name, parts, terms, i));
      }
    });
    return found;
  }

  function pieces(name, parts, terms, from) {
    const at = [from];
    for (const part of parts.slice(1)) {
      const next = at.at(-1) + 1;
      const gap = terms.slice(next, next + GAP + 1).findIndex(({ term }) => term === part);
      if (gap < 0) return [];
      at.push(next + gap);
    }
    const together = at.at(-1) - from === at.length - 1;
    if (together) return [[name, terms[from].start, terms[at.at(-1)].end]];
    return at.map((i) => [name, terms[i].start, terms[i].end]);
  }

  // ---- What a phrase asks with, and what it asks for

  const stemsOf = (words) => new Set(words.filter((word) => !isHan(word)).map((word) => stem(word)));
  const asking = stemsOf(data.ignore);

  /* What finds some words in a phrase: [start, end) of each. */
  function finder(words) {
    const han = words.filter(isHan).map(fold).sort((a, b) => b.length - a.length);
    const inHan = new RegExp(han.join("|") || "(?!)", "gu");
    const stems = stemsOf(words);
    return (phrase) => [
      ...phrase.matchAll(inHan),
      ...[...phrase.matchAll(WORDS)].filter(([word]) => stems.has(stem(word))),
    ].map(({ 0: word, index: at }) => [at, at + word.length]);
  }
  const askingWordsIn = finder(data.ignore);
  const peopleIn = finder(data.people); // 招聘, "skills": who does it, and what they must be able to do
  const comparingIn = finder(data.comparing);
  const customersIn = finder(data.customers);
  const rolesAsked = new RegExp(data.roles.map((words) =>
    (isHan(words) ? fold(words) : `\\b${words.replace("-", " ")}\\b`)).join("|"), "u");

  /* The [start, end) of what a phrase only asks with; 會 in 會員, which tells more, asks nothing. */
  function askingIn(phrase) {
    const found = askingWordsIn(phrase);
    if (!found.length) return found;
    const asks = new Uint8Array(phrase.length);
    for (const [start, end] of found) asks.fill(1, start, end);
    const telling = [...namesIn(phrase, byStart), ...namesIn(phrase, leftOut.names)]
      .filter(([, start, end]) => asks.subarray(start, end).some((each, i) => !each && phrase[start + i] !== " "));
    return found.filter(([start, end]) => !telling.some(([, from, to]) => from <= start && end <= to));
  }

  /* Which characters of a phrase tell anything: what it asks with does not, unless there is nothing
     else; then the names in it do, such as 找誰 or 招人. */
  function tellingIn(phrase) {
    const telling = [...phrase].length === phrase.length
      ? Array.from(phrase, (char) => /[\p{L}\p{N}]/u.test(char))
      : Array.from({ length: phrase.length }, () => true);
    const all = [...telling];
    for (const [start, end] of askingIn(phrase)) telling.fill(false, start, end);
    if (telling.some(Boolean)) return telling;
    for (const [, start, end] of [...namesIn(phrase, byStart), ...namesIn(phrase, leftOut.names)]) {
      telling.fill(true, start, end);
    }
    return telling.some(Boolean) ? telling : all;
  }

  /* How much each character of a phrase tells: a Chinese one 1, a word of another script 3 in all. */
  function weightsOf(phrase) {
    const weights = tellingIn(phrase).map(Number);
    for (const { 0: word, index: at } of phrase.matchAll(WORDS)) {
      if (!isHan(word)) for (let i = at; i < at + word.length; i++) weights[i] *= 3 / word.length;
    }
    return weights;
  }

  function shareOf(spans, weights) {
    const covered = new Uint8Array(weights.length);
    for (const [start, end] of spans) covered.fill(1, start, end);
    let part = 0, all = 0;
    weights.forEach((weight, i) => {
      all += weight;
      if (covered[i]) part += weight;
    });
    return all ? part / all : 0;
  }

  /* What each entry is called in a phrase: how much of the phrase is a name of it, and its worth. */
  function namedIn(phrase) {
    const weights = weightsOf(phrase);
    const found = new Map();
    for (const [name, start, end] of namesIn(phrase, byStart)) {
      for (const [id, worth] of names.get(name)) {
        const of = found.get(id) ?? { worth: 0, spans: [] };
        of.worth = Math.max(of.worth, worth);
        of.spans.push([start, end]);
        found.set(id, of);
      }
    }
    const shares = new Map(); // many entries are called the same
    for (const of of found.values()) {
      const key = of.spans.join(" ");
      if (!shares.has(key)) shares.set(key, shareOf(of.spans, weights));
      of.share = shares.get(key);
    }
    return found;
  }

  /* [start, end) of how the names of a role begin, for who says 「市場和內容」 or "skills for after-sales". */
  function begunIn(phrase, { title, names: others }) {
    const begun = [title, ...others].map((name) => (hasHan(name) ? fold(name).slice(0, 2) : fold(name).split(" ")[0]));
    return begun.filter((start) => phrase.includes(start))
      .map((start) => [phrase.indexOf(start), phrase.indexOf(start) + start.length]);
  }

  /* The one role that 「售後」 or "marketing" is short for: its name begins so, and no other's. */
  function shortFor(phrase) {
    const key = keyOf(phrase);
    if (key.length < 2) return undefined;
    const begins = key + (hasHan(key) ? "" : " ");
    const begun = entries.filter(({ kind, title, names: others }) => kind === ROLE
      && [title, ...others].some((name) => `${keyOf(name)} `.startsWith(begins)));
    return begun.length === 1 ? begun[0].id : undefined;
  }

  const inTitles = new Map(); // a word -> the roles that have it in their name: 推廣, 內容, "sales"
  for (const { id, title } of entries.filter(({ kind }) => kind === ROLE)) {
    for (const word of text.asked(title)) inTitles.set(word, [...inTitles.get(word) ?? [], id]);
  }

  /* By role, [start, end) of the words in a phrase that its name has, and no other role's. */
  function partsIn(phrase) {
    const found = termsOf(phrase).map(({ term, start, end }) => [inTitles.get(term) ?? [], start, end])
      .filter(([roles]) => new Set(roles).size === 1);
    return ({ id }) => found.filter(([[role]]) => role === id).map(([, start, end]) => [start, end]);
  }

  // ---- What the handbook leaves out

  const leftOut = {
    names: lookUp(data.absent.flatMap(([typed]) => typed.split("\n").map(keyOf))),
    subjects: new Map(data.absent.flatMap(([typed, subject, page, anchor]) =>
      typed.split("\n").map((name) => [keyOf(name), { subject, location: page && `${page}#${anchor}` }]))),
  };

  /* The subject that the handbook leaves out and a phrase asks for: { subject, location, share }. */
  function absentIn(phrase) {
    const bySubject = new Map();
    const called = namesIn(phrase, byStart); // "leave a review" asks for no leave
    for (const [name, start, end] of namesIn(phrase, leftOut.names)) {
      if (called.some(([by, from, to]) => from <= start && end <= to && by.length > name.length)) continue;
      const { subject, location } = leftOut.subjects.get(name);
      if (!bySubject.has(subject)) bySubject.set(subject, { subject, location, spans: [] });
      bySubject.get(subject).spans.push([start, end]);
    }
    const weights = weightsOf(phrase);
    const found = [...bySubject.values()].map((each) => ({ ...each, share: shareOf(each.spans, weights) }));
    return found.sort((a, b) => b.share - a.share)[0] ?? null;
  }

  return {
    entries, spokenFor, names, proper, asking, byStart, saidByStart, TERMS, namesIn, askingWordsIn, askingIn,
    peopleIn, comparingIn, customersIn, rolesAsked, begunIn, shortFor, partsIn, tellingIn, weightsOf, shareOf,
    namedIn, absentIn,
  };
}
