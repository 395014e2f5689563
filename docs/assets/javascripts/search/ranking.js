/* Ranking: what answers a query, best first, and what there is to say of the query itself.

   Two things count: how much of the query is a name of it (its own, in the other language, or what
   people say for it), and how well its text meets the words of the query. */
function handbookRanking(data, text, named, index, slips) {
  "use strict";

  const VERBATIM = 0.9; // worth of words that stand in a text as they were typed; of several, twice
  const CLOSE = 0.3, WHOLE = 0.6; // of a query for what is left out: what a name, a text must meet of it
  const ASKED = 0.33; // how much of a phrase must name what is left out, if it names something else
  const HALF = 0.5; // of a phrase at most, for what is left out, where it is of customers that it speaks
  const RIGHTED = 0.55; // how much of a phrase must be understood once its slips are put right
  const BEGUN = 0.9; // worth of how a role's name begins
  const PEOPLE = 1.5; // worth of roles and abilities where who is to do it is asked for
  const OF_ALL = 2.5; // worth of an ability of several roles where the roles are asked for
  const DUTY = 1, ABILITY = 2, ROLE = 3, TERM = 4, ASIDE = 6; // in KINDS of site/search/index.py

  const { fold, keyOf } = text;
  const { entries, names, namesIn, namedIn, weightsOf, shareOf, absentIn } = named;

  function ranked(phrase) {
    const found = [];
    const called = namedIn(phrase);
    const said = index.saidOf(phrase);
    const whole = names.get(keyOf(phrase));
    const people = named.peopleIn(phrase).length > 0;
    const roles = named.rolesAsked.test(phrase);
    if (people) nameRoles(phrase, called);
    for (const id of new Set([...called.keys(), ...said.keys()])) {
      const name = called.get(id);
      const match = said.get(id);
      let worth = (name ? name.worth * name.share ** 1.5 : 0) + (match?.worth ?? 0);
      if (whole?.has(id)) worth += 0.5 * whole.get(id);
      if (match && index.says(id, phrase)) worth += VERBATIM * (/ /.test(phrase) ? 2 : 1);
      if (entries[id].kind === ASIDE) worth *= 0.02;
      if (people && [ABILITY, ROLE].includes(entries[id].kind)) worth *= PEOPLE;
      if (roles && name && isAbility(entries[id])) worth *= OF_ALL;
      found.push({ id, worth, match });
    }
    return found.sort((a, b) => b.worth - a.worth);
  }

  const isAbility = ({ kind, uses }) => kind === TERM && uses.length > 0
    && uses.every((use) => entries[use].kind === ABILITY);

  /* Where people are asked for, how a role's name begins is a name of it: "skills for after-sales". */
  function nameRoles(phrase, called) {
    for (const role of entries.filter(({ kind, id }) => kind === ROLE && !called.has(id))) {
      const spans = named.begunIn(phrase, role);
      if (spans.length) called.set(role.id, { worth: BEGUN, spans, share: shareOf(spans, weightsOf(phrase)) });
    }
  }

  // ---- Numbers, as either language writes them

  const digits = data.numbers.digits.map((words) => words.split(" "));
  const [before, after] = data.numbers.around.map((words) => words.split(" ").map(fold).join("|"));
  const NUMBER = /(?<![\d.])(\d{1,4})\s?[.\u3002\u3001,\-\u2013\u2014\u00b7\u30fb]\s?(\d{1,4})(?![\d.])/;
  const SECTION = new RegExp(`^(?:${before})\\s?(\\S{1,5}?)\\s?(?:${after})?$|^(\\S{1,3}?)\\s?(?:${after})$`);
  const AROUND = new RegExp(`${before}|${after}`, "g");
  const ofNumber = new Map();
  for (const entry of entries) {
    if (entry.kind === DUTY || entry.kind === ROLE) ofNumber.set(entry.number, entry);
  }

  /* The duty or the role that is named by its number, and whether it is all that is asked for. */
  function numbered(phrase) {
    const duty = NUMBER.exec(phrase);
    const entry = duty && ofNumber.get(`${+duty[1]}.${+duty[2]}`);
    if (entry) {
      const [start, end] = [duty.index, duty.index + duty[0].length];
      const spans = [...phrase.matchAll(AROUND)].map(({ 0: word, index: at }) => [at, at + word.length]);
      return { entry, alone: shareOf([[start, end], ...spans], weightsOf(phrase)) > 0.99 };
    }
    const section = SECTION.exec(phrase);
    const said = section?.[1] ?? section?.[2];
    const digit = Math.max(...digits.map((words) => words.indexOf(said)));
    const role = said && ofNumber.get(digit < 0 ? said : String(digit));
    return role ? { entry: role, alone: true } : null;
  }

  const exactly = ({ id, uses }) => [id, ...uses].map((each, i) => ({ id: each, worth: 3 - i / 10 }));

  // ---- A query

  /* What the handbook leaves out, if a phrase asks for that rather than for something else. */
  function lackingIn(phrase) {
    const absent = absentIn(phrase);
    if (!absent) return null;
    const apartFrom = (others) => ([start, end]) => !others.some(([from, to]) => start < to && from < end);
    const spans = namesIn(phrase, named.byStart).map(([, start, end]) => [start, end]).filter(apartFrom(absent.spans));
    // 「客戶忘記密碼來投訴」 asks for complaints, 「客戶要發票」 for no more than invoices.
    const customers = named.customersIn(phrase);
    if (customers.length && absent.share <= HALF && spans.some(apartFrom(customers))) return null;
    return absent.share >= Math.min(ASKED, shareOf(spans, weightsOf(phrase))) ? absent : null;
  }

  const unfold = new Map(); // a folded character -> those that fold to it
  for (const [char, to] of text.simple) unfold.set(to, [...unfold.get(to) ?? [], char]);
  const shown = (char) => entries.some(({ title, text: said }) => title.includes(char) || said.includes(char));

  /* A folded phrase in the script of the pages. */
  const unfolded = (phrase) => phrase.replace(/\p{sc=Han}/gu, (char) => unfold.get(char)?.find(shown) ?? char);

  /* What a phrase was probably meant to be, if more of that is understood; else the phrase. */
  function readAs(phrase) {
    const understood = index.understoodOf(phrase);
    if (understood === 1) return phrase;
    const meant = fold(slips.meantBy(phrase));
    return meant && index.understoodOf(meant) > Math.max(understood, RIGHTED) ? meant : phrase;
  }

  /* A query as names are kept: some write a blank between Chinese and Latin letters, some do not. */
  const phraseOf = (query) => fold(query).replace(/\s+/g, " ").trim()
    .replace(/(?<=\p{sc=Han}) (?=[a-z0-9])|(?<=[a-z0-9]) (?=\p{sc=Han})/gu, "");

  /* { found: [{ id, worth, match }], phrase: what was looked for, notes: what to say of the query }. */
  function find(query) {
    const phrase = phraseOf(query);
    if (!phrase) return { found: [], phrase, notes: {} };
    const exact = numbered(phrase);
    if (exact?.alone) return { found: exactly(exact.entry), phrase: "", notes: {} };
    const lacking = lackingIn(phrase);
    const read = lacking ? phrase : readAs(phrase);
    let found = ranked(read);
    if (lacking) {
      const called = namedIn(read);
      found = found.filter(({ id, match }) => entries[id].location !== lacking.location
        && ((called.get(id)?.share ?? 0) >= CLOSE || match?.hit.met >= WHOLE)).slice(0, 3);
    }
    if (exact) found = [...exactly(exact.entry).slice(0, 1), ...found.filter(({ id }) => id !== exact.entry.id)];
    const notes = {};
    if (lacking) notes.absent = { subject: lacking.subject, location: lacking.location };
    if (read !== phrase && found.length) notes.read = unfolded(read);
    return { found, phrase: read, notes };
  }

  return { find };
}
