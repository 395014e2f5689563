/* The search itself, in a worker; in the page where there are no workers (file://).

   The build joins MiniSearch, this file and one language's index into one script, and its last line
   calls handbookSearch with the index. Text is cut into terms: Chinese into pairs of characters,
   folded to one script; other words folded to lower case and stemmed.

   What is found is ranked by two things: how much of the query is a name of it (its own, in the other
   language, or what people say for it), and how well its text meets the words of the query. */
function handbookSearch(data) {
  "use strict";

  const IGNORED = 0.1; // weight of a word that a question is asked with
  const NOWHERE = 0.3; // weight of two characters that no page has together
  const MEANT = 0.7; // weight of a word that is meant, not typed
  const SAID = 0.7; // worth of what a text meets of the query; a name of it is worth 1
  const VERBATIM = 0.9; // worth of words that stand in a text as they were typed
  const EVERYDAY = 0.9; // worth of a name that people say and the pages do not
  const NEAR = 0.7; // worth of a word that only begins or is spelt like what was typed
  const LEAST = 0.3; // of what the best result is worth: what is worth less is noise
  const UNDERSTOOD = 0.5; // of the query; if less of it is anywhere, there is no answer
  const ENOUGH = 0.12; // the same, if that is a name
  const CLOSE = 0.3, WHOLE = 0.6; // the same for what is close to a subject that is left out
  const RIGHTED = 0.55; // how much of a phrase must be understood once its slips are put right
  const MOST_WRONG = 6; // characters of a phrase in which slips are looked for
  const SHOWN = 5; // results of a group before "more"
  const MOST = 20;
  const TEASER = 90; // characters

  // By kind, in the order of KINDS in site/search_index.py.
  const DUTY = 1, ROLE = 3, ASIDE = 6;
  const KINDS = ["topics", "duties", "abilities", "roles", "terms", "pages", "pages"];
  const NAMES = [1.1, 1, 0.97, 1.15, 0.9, 0.8, 0.02]; // worth of a name, by what it is a name of

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
  const asked = (text) => askedIn(text).map(({ term }) => term);
  const wordsOf = (text) => ` ${asked(text).join(" ")} `;

  // ---- Index

  const known = new Set(); // terms
  const spellings = new Map(); // of words that are not Chinese: how often they stand anywhere
  const entries = data.entries.map(([kind, page, anchor, number, title, place, text, names, uses], id) => ({
    id, kind, number, title, place, text, uses, names: names ? names.split("\n") : [],
    location: data.pages[page] + (anchor && `#${anchor}`),
  }));
  const ofNumber = new Map();
  for (const entry of entries) {
    entry.other = entry.kind === ASIDE ? "" : entry.names.join("\n");
    if (entry.kind === DUTY) ofNumber.set(entry.number, entry);
    if (entry.kind === ROLE) ofNumber.set(entry.number, entry);
  }
  const index = new MiniSearch({
    fields: ["number", "title", "place", "text", "other"],
    tokenize: (text) => termsOf(text).map(({ term }) => (known.add(term), term)),
    processTerm: (term) => term,
    searchOptions: { boost: { number: 9, title: 4, other: 2 }, weights: { fuzzy: 0.4, prefix: 0.5 } },
  });
  index.addAll(entries);
  const starting = new Set(Array.from(known, (term) => [...term][0]));

  const scripts = new Map(); // a folded character -> how the pages write it
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
  const synonyms = data.synonyms.map(([typed, means]) =>
    [typed.map((word) => ({ han: isHan(word) && fold(word), words: wordsOf(word), terms: asked(word) })),
      means.map(asked)]);

  // ---- Names: what each entry is called, and by whom

  const names = new Map(); // key of a name -> the entries, each with what the name is worth for it
  const keyOf = (text) => (/\p{sc=Han}/u.test(text) ? fold(text).replace(/\s+/g, "")
    : asked(text).join(" "));
  function call(name, id, worth) {
    const key = keyOf(name);
    if (!key) return;
    if (!names.has(key)) names.set(key, new Map());
    const of = names.get(key);
    of.set(id, Math.max(worth, of.get(id) ?? 0));
  }
  for (const { id, kind, title, names: others } of entries) {
    call(title, id, NAMES[kind]);
    for (const name of others) call(name, id, NAMES[kind] * 0.98);
  }
  const meanings = data.synonyms.flatMap(([typed, means]) =>
    means.map((meant) => [typed, [...names.get(keyOf(meant)) ?? []]]));
  for (const [typed, named] of meanings) {
    for (const [id, worth] of named) for (const name of typed) call(name, id, worth * EVERYDAY);
  }
  const hanNames = [...names.keys()].filter((key) => /\p{sc=Han}/u.test(key));
  const sizes = new Map();
  function ofSize(size) {
    if (!sizes.has(size)) sizes.set(size, hanNames.filter((name) => name.length === size));
    return sizes.get(size);
  }
  const otherNames = [...names.keys()].filter((key) => !/\p{sc=Han}/u.test(key));
  for (const { title, text, names: others } of entries) {
    for (const [word] of fold([title, text, ...others].join(" ")).matchAll(/[a-z]{4,}/g)) {
      spellings.set(word, (spellings.get(word) ?? 0) + 1);
    }
  }
  for (const [typed] of data.synonyms) {
    for (const [word] of fold(typed.join(" ")).matchAll(/[a-z]{4,}/g)) {
      spellings.set(word, (spellings.get(word) ?? 0) + 1);
    }
  }

  /* Names by what they begin with: a Chinese character, or a word. */
  function lookUp(list) {
    const found = new Map();
    for (const name of list) {
      const start = /\p{sc=Han}/u.test(name) ? name[0] : name.split(" ")[0];
      if (!found.has(start)) found.set(start, []);
      found.get(start).push(name);
    }
    return found;
  }
  const byStart = lookUp(names.keys());
  const everyday = lookUp(data.synonyms.flatMap(([typed]) => typed.map(keyOf)).filter(Boolean));

  /* Where a phrase has names: [name, start, end) of each, also within longer Chinese words. */
  function namesIn(phrase, starts) {
    const found = [];
    for (let at = 0; at < phrase.length; at++) {
      for (const name of starts.get(phrase[at]) ?? []) {
        if (phrase.startsWith(name, at)) found.push([name, at, at + name.length]);
      }
    }
    const terms = termsOf(phrase).filter(({ term }) => !isHan(term));
    terms.forEach(({ term, start }, i) => {
      for (const name of starts.get(term) ?? []) {
        const parts = name.split(" ");
        if (parts.every((part, j) => terms[i + j]?.term === part)) {
          found.push([name, start, terms[i + parts.length - 1].end]);
        }
      }
    });
    return found;
  }

  /* Which characters of a phrase tell anything: what it asks with does not. */
  function tellingIn(phrase) {
    const telling = [...phrase].length === phrase.length
      ? Array.from(phrase, (char) => /[\p{L}\p{N}]/u.test(char))
      : Array.from({ length: phrase.length }, () => true);
    const all = [...telling];
    for (const { 0: word, index: at } of phrase.matchAll(ignoredHan)) telling.fill(false, at, at + word.length);
    for (const { 0: word, index: at } of phrase.matchAll(WORDS)) {
      if (ignored.has(word)) telling.fill(false, at, at + word.length);
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
    const covered = new Set();
    for (const [start, end] of spans) for (let i = start; i < end; i++) covered.add(i);
    const sum = (total, weight) => total + weight;
    return weights.filter((_, i) => covered.has(i)).reduce(sum, 0) / weights.reduce(sum, 0);
  }

  /* What each entry is called in a phrase: how much of the phrase is a name of it, times its worth. */
  function namedIn(phrase) {
    const weights = weightsOf(phrase);
    const spans = new Map(); // id -> [start, end, worth]
    for (const [name, start, end] of namesIn(phrase, byStart)) {
      for (const [id, worth] of names.get(name)) {
        if (!spans.has(id)) spans.set(id, []);
        spans.get(id).push([start, end, worth]);
      }
    }
    const found = new Map();
    for (const [id, of] of spans) {
      const worth = Math.max(...of.map(([, , each]) => each));
      found.set(id, { share: shareOf(of, weights), worth, spans: of });
    }
    return found;
  }

  // ---- Slips: what was typed otherwise than it is written

  const syllableOf = new Map();
  for (const [, syllable, chars] of data.sounds[1].matchAll(/([a-zü:]+)([^;]*);/g)) {
    for (const char of chars) syllableOf.set(char, syllable);
  }
  const spoken = new Map(data.sounds[0].map((line) => {
    const [name, ...syllables] = line.split(" ");
    return [name, syllables];
  }));
  const southern = (text) => text.replace(/([zcs])h/g, "$1").replace(/([aei]n)g/g, "$1");
  const sounding = [...new Set(hanNames.flatMap((name) => name.match(/\p{sc=Han}{2,}/gu) ?? []))]
    .map((name) => ({ name, syllables: spoken.get(name) ?? [...name].map((char) => syllableOf.get(char) ?? "?") }))
    .filter(({ syllables }) => !syllables.includes("?"));

  /* The names that letters or syllables sound like, cut into as few as will do; "" if they do not. */
  function soundsLike(letters, write = (text) => text) {
    let best = null;
    for (const { name, syllables } of sounding) {
      for (let from = 0; from < syllables.length - 1; from++) {
        let said = "";
        for (let to = from; to < syllables.length; to++) {
          const longer = said + write(syllables[to]);
          if (!letters.startsWith(longer)) {
            // The last syllable may still be being typed.
            if (to > from && longer.startsWith(letters) && letters.length > said.length) {
              said = letters;
              to += 1;
              keep(name, from, to, said);
            }
            break;
          }
          said = longer;
          if (to > from) keep(name, from, to + 1, said);
        }
      }
    }
    function keep(name, from, to, said) {
      const whole = from === 0 && to === [...name].length;
      const worth = said.length + (whole ? 0.5 : 0) - [...name].length / 100;
      if (!best || worth > best.worth) best = { worth, said, text: [...name].slice(from, to).join("") };
    }
    if (!best) return "";
    const rest = letters.slice(best.said.length);
    if (!rest) return best.text;
    const more = soundsLike(rest, write);
    return more && best.text + more;
  }

  function initialsOf(letters) {
    const found = sounding.map(({ name, syllables }) => [name, syllables.map(([first]) => first).join("")]);
    const whole = found.filter(([, initials]) => initials === letters);
    const begun = found.filter(([, initials]) => letters.length > 3 && initials.startsWith(letters));
    return (whole.length ? whole : begun).map(([name]) => name);
  }

  /* Damerau's distance of two words, with neighbours swapped as one slip; more than `most` is most + 1. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  function spelt(word) {
    const most = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
    let best = null;
    for (const [other, often] of most ? spellings : []) {
      const far = distance(word, other, most);
      const worth = -far + (other[0] === word[0] ? 0.4 : 0) + Math.min(often, 50) / 200;
      if (far <= most && (!best || worth > best.worth)) best = { worth, other };
    }
    return best?.other ?? "";
  }

  const starts = (word, least = 3) => word.length > least && [...spellings.keys()].some((other) => other.startsWith(word));
  const wordsOfNames = new Set(otherNames.flatMap((name) => name.split(" ")));
  const isKnown = (word) => known.has(stem(word)) || spellings.has(word) || ignored.has(word)
    || wordsOfNames.has(stem(word));

  /* The phrase as it was probably meant, or "". */
  function meantBy(phrase) {
    const letters = phrase.replace(/[\s'’]+/g, "");
    if (sounding.length && /^[a-zü]{2,}$/.test(letters)
      && !phrase.split(/\s+/).every((word) => isKnown(word) || starts(word))) {
      const read = soundsLike(letters) || initialsOf(letters).join(" ")
        || phrase.split(/\s+/).map((part) => soundsLike(part) || initialsOf(part)[0] || "").join("")
        || soundsLike(southern(letters), southern);
      if (read) return read;
    }
    const words = phrase.replace(/[a-z]{4,}/g, (word) =>
      (isKnown(word) || starts(word) ? word : spelt(word) || word));
    if (words !== phrase) return words;
    // In a whole sentence too much would sound like something.
    return phrase.replace(/\p{sc=Han}{2,}/gu, (run) =>
      (tellingIn(run).filter(Boolean).length > MOST_WRONG ? run : rightOf(run)));
  }

  /* A run of Chinese with the names in it that a wrong character hides: one that sounds alike, as
     input methods offer it, or any one of three or more. */
  function rightOf(run) {
    const telling = tellingIn(run);
    const clear = understoodIn(run);
    const open = telling.map((tells, i) => tells && !clear.some(([start, end]) => start <= i && i < end));
    const chars = run.split("");
    for (const [start, end] of stretches(open)) {
      const syllables = chars.slice(start, end).map((char) => syllableOf.get(char) ?? "?");
      const read = syllables.includes("?") || end - start < 2 ? "" : soundsLike(syllables.join(""));
      if (read.length === end - start) {
        chars.splice(start, end - start, ...read);
        open.fill(false, start, end);
      }
    }
    for (const size of [5, 4, 3, 2]) {
      for (let i = 0; i + size <= chars.length; i++) {
        const wrong = open.slice(i, i + size);
        if (!wrong.some(Boolean) || (size === 2 && !wrong.every(Boolean))) continue;
        const name = ofSize(size).find((each) => differ(each, chars.slice(i, i + size), wrong));
        if (!name) continue;
        chars.splice(i, size, ...name);
        open.fill(false, i, i + size);
      }
    }
    return chars.join("");
  }

  function stretches(open) {
    const found = [];
    open.forEach((is, i) => {
      if (is && open[i - 1]) found.at(-1)[1] = i + 1;
      else if (is) found.push([i, i + 1]);
    });
    return found;
  }

  /* Whether one character of a name is another than in a piece; of two, one that sounds nearly so. */
  function differ(name, piece, open) {
    const others = [...name].map((char, i) => [char, piece[i], open[i]])
      .filter(([one, other]) => one !== other);
    if (others.length !== 1 || !others[0][2]) return false;
    const [one, other] = others[0].slice(0, 2).map((char) => syllableOf.get(char) ?? "");
    return piece.length > 2 || (one !== "" && distance(southern(one), southern(other), 1) < 2);
  }

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

  /* What the texts say of a query, by entry: from 0 to SAID. */
  function saidOf(phrase) {
    const units = unitsOf(phrase);
    const weights = new Map();
    for (const { weight, ways } of units) {
      ways.forEach((terms, i) => terms.forEach((term) => {
        weights.set(term, Math.max(i ? MEANT : Math.min(weight, 1), weights.get(term) ?? 0));
      }));
    }
    const terms = [...weights.keys()];
    const typedLast = termsOf(phrase).at(-1)?.term;
    const hits = index.search(phrase, {
      tokenize: () => terms,
      boostTerm: (term) => weights.get(term),
      prefix: (term) => (isHan(term) ? [...term].length === 1
        : weights.get(term) === 1 && (term.length > 3 || term === typedLast)),
      fuzzy: false,
    }).slice(0, 40 * MOST);
    const total = units.reduce((sum, { weight }) => sum + weight, 0);
    for (const hit of hits) {
      const share = (way) => way.reduce((sum, term) => sum + (hit.terms.includes(term) ? 1
        : hit.queryTerms.includes(term) ? NEAR : 0), 0) / way.length;
      const met = units.reduce((sum, { weight, ways }) => sum + weight
        * ways.reduce((most, way, i) => Math.max(most, share(way) * (i ? 0.9 : 1)), 0), 0);
      hit.met = met / total;
      hit.score *= (0.05 + hit.met) ** 2;
    }
    const best = Math.max(...hits.map(({ score }) => score));
    return new Map(hits.map((hit) => [hit.id,
      { hit, weights, worth: SAID * hit.met * (0.4 + 0.6 * hit.score / best) }]));
  }

  function ranked(phrase) {
    const named = namedIn(phrase);
    const said = saidOf(phrase);
    const key = keyOf(phrase);
    const found = [];
    for (const id of new Set([...named.keys(), ...said.keys()])) {
      const { kind } = entries[id];
      const name = named.get(id);
      const text = said.get(id);
      let worth = (name ? name.worth * name.share ** 1.5 : 0) + (text?.worth ?? 0);
      if (names.get(key)?.has(id)) worth += 0.5 * names.get(key).get(id);
      if (text && folded(id).words.includes(phrase)) worth += VERBATIM * (/ /.test(phrase) ? 2 : 1);
      if (kind === ASIDE) worth *= 0.02;
      found.push({ id, worth, match: text });
    }
    return found.sort((a, b) => b.worth - a.worth);
  }

  /* How much of a phrase is anywhere in the handbook. */
  function understoodOf(phrase) {
    return shareOf(understoodIn(phrase), weightsOf(phrase));
  }

  function understoodIn(phrase) {
    const spans = namesIn(phrase, byStart).map(([, start, end]) => [start, end]);
    for (const [, start, end] of namesIn(phrase, everyday)) {
      spans.push([start, end]);
    }
    for (const { term, start, end } of termsOf(phrase)) {
      const word = phrase.slice(start, end);
      const typing = end === phrase.length; // it may be the start of a word
      if (isHan(term) ? ([...term].length > 1 ? known.has(term) : [...phrase].length === 1 && starting.has(term))
        : isKnown(word) || starts(word, typing ? 1 : 3)) spans.push([start, end]);
    }
    return spans;
  }

  // How numbers, and what is numbered, are written in either language.
  const digits = data.numbers.digits.map((words) => words.split(" "));
  const [before, after] = data.numbers.around.map((words) => words.split(" ").map(fold).join("|"));
  const NUMBER = /(?<![\d.])(\d{1,4})\s?[.\u3002\u3001,\-\u2013\u2014\u00b7\u30fb]\s?(\d{1,4})(?![\d.])/;
  const SECTION = new RegExp(`^(?:${before})\\s?(\\S{1,5}?)\\s?(?:${after})?$|^(\\S{1,3}?)\\s?(?:${after})$`);
  const AROUND = new RegExp(`${before}|${after}`, "g");

  /* The duty or the role that is named by its number, and whether it is all that is asked for. */
  function numbered(phrase) {
    const duty = NUMBER.exec(phrase);
    const entry = duty && ofNumber.get(`${+duty[1]}.${+duty[2]}`);
    if (entry) {
      const weights = weightsOf(phrase);
      const [start, end] = [duty.index, duty.index + duty[0].length];
      const spans = [...phrase.matchAll(AROUND)].map(({ 0: word, index: at }) => [at, at + word.length]);
      return { entry, alone: shareOf([[start, end], ...spans], weights) > 0.99 };
    }
    const section = SECTION.exec(phrase);
    const said = section?.[1] ?? section?.[2];
    const digit = Math.max(...digits.map((words) => words.indexOf(said)));
    const role = said && ofNumber.get(digit < 0 ? said : String(digit));
    return role ? { entry: role, alone: true } : null;
  }

  /* The subject that the handbook leaves out and a phrase asks for. */
  const absent = data.absent.map(([typed, subject, page, anchor]) => ({
    subject, location: page && `${page}#${anchor}`, names: lookUp(typed.map(keyOf)),
  }));
  function absentIn(phrase) {
    const weights = weightsOf(phrase);
    let best = null;
    for (const each of absent) {
      const spans = namesIn(phrase, each.names);
      const share = spans.length ? shareOf(spans.map(([, start, end]) => [start, end]), weights) : 0;
      if (share > (best?.share ?? 0)) best = { ...each, share };
    }
    return best;
  }

  function search(query) {
    const phrase = fold(query).replace(/\s+/g, " ").trim();
    if (!phrase) return { query, groups: [], total: 0 };
    const exact = numbered(phrase);
    if (exact?.alone) return answer(query, exactly(exact.entry), {});
    const lacking = absentIn(phrase);
    let read = phrase;
    if (!lacking && understoodOf(phrase) < 1) {
      const meant = meantBy(phrase);
      if (meant && understoodOf(meant) > Math.max(understoodOf(phrase), RIGHTED)) read = meant;
    }
    const name = Math.max(0, ...[...namedIn(read).values()].map(({ share }) => share));
    let found = understoodOf(read) < UNDERSTOOD && name < ENOUGH ? [] : ranked(read);
    if (lacking) {
      const named = namedIn(phrase);
      const isClose = ({ id, match }) => entries[id].location !== lacking.location
        && ((named.get(id)?.share ?? 0) >= CLOSE || match?.hit.met >= WHOLE);
      found = found.filter(isClose).slice(0, 3);
    }
    if (exact) found = [...exactly(exact.entry).slice(0, 1), ...found.filter(({ id }) => id !== exact.entry.id)];
    const notes = {};
    if (lacking) notes.absent = { subject: lacking.subject, location: lacking.location };
    if (read !== phrase && found.length) notes.read = unfolded(read);
    return answer(query, found, notes, read);
  }

  /* A folded phrase in the script of the pages. */
  function unfolded(phrase) {
    if (!scripts.size) {
      for (const { title, text } of entries) {
        for (const char of title + text) if (!scripts.has(fold(char))) scripts.set(fold(char), char);
      }
    }
    return phrase.replace(/\p{sc=Han}/gu, (char) => scripts.get(char) ?? char);
  }

  function exactly(entry) {
    return [entry.id, ...entry.uses].map((id, i) => ({ id, worth: 3 - i / 10 }));
  }

  // ---- Results

  const ways = data.ways.map((location) => ({
    location, title: entries.find((entry) => entry.location === location)?.title,
  }));

  function answer(query, found, notes, phrase = "") {
    const least = (found[0]?.worth ?? 0) * LEAST;
    const groups = new Map();
    for (const result of found) {
      if (result.worth < least) break;
      const kind = KINDS[entries[result.id].kind];
      if (!groups.has(kind)) groups.set(kind, []);
      if (groups.get(kind).length < MOST) groups.get(kind).push(result);
    }
    const pair = pairIn(phrase);
    const worth = new Map(found.map(({ id, worth: each }) => [id, each]));
    const matches = new Map(found.map(({ id, match }) => [id, match]));
    const shown = new Set();
    const made = [];
    for (const [kind, results] of groups) {
      const items = [];
      for (const { id, match } of results.slice(0, kind === "topics" ? 3 : MOST)) {
        if (shown.has(id)) continue;
        shown.add(id);
        const item = resultOf(entries[id], match);
        if ((kind === "topics" || kind === "terms") && items.length < 1) {
          const uses = entries[id].uses.filter((use) => !shown.has(use))
            .sort((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0));
          item.uses = uses.map((use) => resultOf(entries[use], matches.get(use)));
          for (const use of uses) shown.add(use);
        }
        items.push(item);
      }
      if (items.length) made.push({ kind, items });
    }
    if (pair) made.unshift({ kind: "pages", items: [pair] });
    const total = made.reduce((sum, { items }) => sum + items.reduce(
      (all, { uses }) => all + 1 + (uses?.length ?? 0), 0), 0);
    return { query, groups: made, total, shown: SHOWN, ...notes, ...(total ? {} : { ways }) };
  }

  /* The page that compares two roles, if a phrase names both and nothing else. */
  function pairIn(phrase) {
    if (!phrase) return null;
    const weights = weightsOf(phrase);
    const roles = [...namedIn(phrase)].map(([id, { share, spans }]) => ({ ...entries[id], share, spans }))
      .filter(({ kind, share }) => kind === ROLE && share > 0.2);
    if (roles.length !== 2 || shareOf(roles.flatMap(({ spans }) => spans), weights) < 0.7) return null;
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
      terms: new Set(Object.keys(match?.hit.match ?? {}).filter((term) => weights.get(term) !== IGNORED)),
      chars: new Set([...weights.keys()].filter(isHan).join("")),
    };
    // What is marked on the page: these words of the entry, in its own script.
    const words = [title, ...text.split("\n")].flatMap((piece) =>
      passages(piece, matches).map(([start, end]) => piece.slice(start, end)));
    return {
      location,
      title: kind === DUTY ? `${marked(number, matches)} ${marked(title, matches)}` : marked(title, matches),
      place: marked(place, matches),
      text: teaser(text, matches),
      words: [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 8),
    };
  }

  search.words = data.words;
  return search;
}
