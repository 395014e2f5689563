/* Slips: what was typed otherwise than it is written. Pinyin in full or by its initials, a wrong
   character of the right sound, letters missing, doubled or swapped. */
function handbookSlips(data, text, named, index) {
  "use strict";

  const { hasHan, distance } = text;
  const { names, proper, tellingIn } = named;
  const { spellings, isKnown, starts, understoodIn } = index;
  const MOST_WRONG = 6; // characters of a phrase in which slips are looked for

  // ---- Words of letters

  const ofLength = new Map();
  for (const word of spellings.keys()) {
    if (!ofLength.has(word.length)) ofLength.set(word.length, []);
    ofLength.get(word.length).push(word);
  }

  function spelt(word) {
    const most = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
    let best = null;
    for (let size = word.length - most; most && size <= word.length + most; size++) {
      for (const other of ofLength.get(size) ?? []) {
        const far = distance(word, other, most);
        if (far > most) continue;
        const worth = -far + (other[0] === word[0] ? 0.4 : 0);
        if (!best || worth > best.worth) best = { worth, other };
      }
    }
    return best?.other ?? "";
  }

  /* A word as the two that were written as one, "powerbi"; "" if it is not two. */
  function apart(word) {
    for (let at = word.length - 2; at > 1; at--) {
      const both = [word.slice(0, at), word.slice(at)];
      if (both.every((part) => isKnown(part))) return both.join(" ");
    }
    return "";
  }

  // ---- Sounds

  const [otherwise, common, rare] = data.sounds;
  const syllableOf = new Map();
  // The 3,755 characters of GB/T 2312's first level, which browsers know in their order.
  const rows = Array.from({ length: 0xd8 - 0xb0 }, (_, i) => 0xb0 + i);
  const cells = Array.from({ length: 0xff - 0xa1 }, (_, i) => 0xa1 + i);
  const bytes = Uint8Array.from(rows.flatMap((row) => cells.flatMap((cell) => [row, cell])));
  const inOrder = common && new TextDecoder("gb2312").decode(bytes);
  let at = 0;
  for (const [, syllable, times] of common.matchAll(/([a-z]+)(\d+)/g)) {
    for (const end = at + +times; at < end; at++) syllableOf.set(inOrder[at], syllable);
  }
  for (const [, syllable, chars] of rare.matchAll(/([a-z]+)([^;]*);/g)) {
    for (const char of chars) syllableOf.set(char, syllable);
  }
  const spoken = new Map(otherwise.map((line) => {
    const [name, ...syllables] = line.split(" ");
    return [name, syllables];
  }));
  const southern = (letters) => letters.replace(/([zcs])h/g, "$1").replace(/([aei]n)g/g, "$1").replace(/v/g, "u");
  const hanNames = [...names.keys()].filter(hasHan);
  const ofSize = new Map();
  for (const name of hanNames) {
    // Nothing is a slip for 怎麼推; 會員 only has a character that asks.
    if (named.askingWordsIn(name).some(([start, end]) => end - start > 1)) continue;
    if (!ofSize.has(name.length)) ofSize.set(name.length, []);
    ofSize.get(name.length).push(name);
  }
  // 客户关系 too, which is read as 用户关系.
  const unread = Object.entries(data.same).flatMap(([word, read]) =>
    [word, ...hanNames.filter((name) => name.includes(read)).map((name) => name.replace(read, word))]);
  const sounding = !common ? [] : [...new Set([...hanNames, ...unread].flatMap((name) => name.match(/\p{sc=Han}{2,}/gu) ?? []))]
    .map((name) => ({ name, syllables: spoken.get(name) ?? [...name].map((char) => syllableOf.get(char) ?? "?") }))
    .filter(({ syllables }) => !syllables.includes("?"));

  /* The names that letters or syllables sound like, cut into as few as will do; "" if they do not. */
  function soundsLike(letters, write = (syllable) => syllable, typing = true) {
    let best = null;
    for (const { name, syllables } of sounding) {
      for (let from = 0; from < syllables.length - 1; from++) {
        let said = "";
        for (let to = from; to < syllables.length; to++) {
          const longer = said + write(syllables[to]);
          if (!letters.startsWith(longer)) {
            // The last syllable may still be being typed.
            if (typing && to > from && longer.startsWith(letters) && letters.length > said.length) {
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
    const more = soundsLike(rest, write, typing);
    return more && best.text + more;
  }

  function initialsOf(letters) {
    const found = sounding.map(({ name, syllables }) => [name, syllables.map(([first]) => first).join("")]);
    const whole = found.filter(([, initials]) => initials === letters);
    const begun = found.filter(([, initials]) => letters.length > 3 && initials.startsWith(letters));
    const within = found.filter(([, initials]) => letters.length > 2 && initials.includes(letters))
      .map(([name, initials]) => [...name].slice(initials.indexOf(letters)).slice(0, letters.length).join(""));
    const best = [whole, begun].map((all) => all.map(([name]) => name)).find((all) => all.length);
    const own = best?.filter((name) => proper.has(name)) ?? [];
    return own.length ? own : best ?? within.slice(0, 1);
  }

  /* The phrase as it was probably meant, or "". */
  function meantBy(phrase) {
    const letters = phrase.replace(/[\s'’]+/g, "").replace(/ü|u:/g, "v"); // as input methods have it
    if (sounding.length && /^[a-z]{2,}$/.test(letters)
      && !phrase.split(/\s+/).every((word) => isKnown(word) || starts(word))) {
      const heard = soundsLike(letters) || initialsOf(letters).join(" ")
        || phrase.split(/\s+/).map((part) => soundsLike(part) || initialsOf(part)[0] || "").join("")
        || soundsLike(southern(letters), southern);
      if (heard) return heard;
    }
    const words = phrase.replace(/[a-z]{4,}/g, (word) =>
      (isKnown(word) || starts(word) ? word : apart(word) || spelt(word) || word));
    if (words !== phrase) return words;
    // In a whole sentence too much would sound like something.
    return phrase.replace(/\p{sc=Han}{2,}/gu, (run) =>
      (tellingIn(run).filter(Boolean).length > MOST_WRONG ? run : rightOf(run)));
  }

  /* A run of Chinese with the names in it that a wrong character hides: one that sounds alike, as
     input methods offer it, or any one of three or more. */
  function rightOf(run) {
    const telling = tellingIn(run);
    const clear = understoodIn(run).filter(([start, end]) => end - start > 1);
    const open = telling.map((tells, i) => tells && !clear.some(([start, end]) => start <= i && i < end));
    const chars = run.split("");
    for (const [start, end] of stretches(open)) {
      const syllables = chars.slice(start, end).map((char) => syllableOf.get(char) ?? "?");
      const heard = syllables.includes("?") || end - start < 2 ? "" : soundsLike(syllables.join(""), undefined, false);
      if (heard.length === end - start) {
        chars.splice(start, end - start, ...heard);
        open.fill(false, start, end);
      }
    }
    for (const size of [5, 4, 3, 2]) {
      for (let i = 0; i + size <= chars.length; i++) {
        const wrong = open.slice(i, i + size);
        if (!wrong.some(Boolean) || (size === 2 && !wrong.every(Boolean))) continue;
        const piece = chars.slice(i, i + size);
        const name = (ofSize.get(size) ?? []).find((each) => differ(each, piece, wrong));
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

  /* Whether one character of a name is another than in a piece; of two, and of what only people say,
     one that sounds nearly so. */
  function differ(name, piece, open) {
    let at = -1;
    for (let i = 0; i < piece.length; i++) {
      if (name[i] === piece[i]) continue;
      if (at >= 0) return false;
      at = i;
    }
    if (at < 0 || !open[at]) return false;
    const own = proper.has(name);
    if (own && piece.length > 2) return true;
    const [one, other] = [name[at], piece[at]].map((char) => southern(syllableOf.get(char) ?? ""));
    return one !== "" && (one === other || (own && distance(one, other, 1) < 2));
  }

  return { meantBy };
}
