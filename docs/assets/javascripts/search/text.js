/* The words of the search: how a text is cut into terms, and when two terms are one.

   Chinese is cut into pairs of characters, folded to one script; other words are folded to lower
   case and to one form: "sold" and "selling" are "sell", "colour" is "color". */
function handbookText(data) {
  "use strict";

  const simple = new Map(data.fold.match(/../gsu).map((pair) => [...pair]));
  const FOLDED = new RegExp(`[${[...simple.keys()].join("")}]`, "gu");
  const SAME = new RegExp(Object.keys(data.same).join("|") || "(?!)", "g"); // 老客户 is 老用户
  function fold(text) {
    const lower = text.normalize("NFKC").toLowerCase();
    return /[^\0-\x7f]/.test(lower)
      ? lower.replace(FOLDED, (char) => simple.get(char)).replace(SAME, (word) => data.same[word]) : lower;
  }

  const isHan = (term) => /^\p{sc=Han}/u.test(term);
  const hasHan = (text) => /\p{sc=Han}/u.test(text);
  const WORDS = /\p{sc=Han}+|\d+(?:\.\d+)+|(?:(?!\p{sc=Han})[\p{L}\p{M}\p{N}])+/gu;

  // ---- Forms of one word

  const irregular = new Map(data.irregular.flatMap((line) => {
    const [word, ...forms] = line.split(" ");
    return forms.map((form) => [form, word]);
  }));
  const stems = new Map();
  function stem(word) {
    if (!stems.has(word)) stems.set(word, stemOf(irregular.get(word) ?? word));
    return stems.get(word);
  }

  function stemOf(word) {
    if (word.length < 4 || /[^a-z]/.test(word)) return word;
    const american = word.replace(/(?<=..)our/, "or").replace(/iz(?=e|a|i)/, "is").replace(/(?<=.)yz/, "ys")
      .replace(/tre$/, "ter").replace(/amme/, "am");
    let root = american.replace(/(?<=..)ie[sd]$/, "y").replace(/([^aisu])s$/, "$1");
    const cut = root.replace(/(?:ing|ed)$/, "");
    if (cut !== root && cut.length > 2 && /[aeiouy]/.test(cut)) {
      root = cut.replace(/([^aeioulsz])\1$/, "$1");
    }
    return root.length > 3 ? root.replace(/e$/, "") : root;
  }

  /* Damerau's distance of two words, with neighbours swapped as one slip; more than `most` is most + 1. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        if (row[j] < least) least = row[j];
      }
      if (least > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  // ---- Terms

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

  /* The same terms alone, sooner: for all the texts at the start. */
  function tokensOf(text) {
    const found = [];
    for (const [run] of fold(text).matchAll(WORDS)) {
      if (!isHan(run)) {
        found.push(stem(run));
        continue;
      }
      const chars = [...run];
      chars.forEach((char, i) => found.push(char + (chars[i + 1] ?? "")));
    }
    return found;
  }

  /* The terms of a query: without the single characters that only say where a run of Chinese ends. */
  function askedIn(text) {
    const found = termsOf(text);
    return found.filter(({ term, start }, i) =>
      !isHan(term) || [...term].length > 1 || !(i && found[i - 1].end > start));
  }
  const asked = (text) => askedIn(text).map(({ term }) => term);

  const keys = new Map(); // of each name: it is asked for as a name, and as what means another

  /* What two spellings of one name have in common. */
  function keyOf(name) {
    if (!keys.has(name)) keys.set(name, hasHan(name) ? fold(name).replace(/\s+/g, "") : asked(name).join(" "));
    return keys.get(name);
  }

  return { simple, fold, isHan, hasHan, WORDS, stem, distance, termsOf, tokensOf, askedIn, asked, keyOf };
}
