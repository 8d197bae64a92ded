// Finding names by what people type, typing errors included. The rules are those of the lookup
// API (domain/folding.py, web/search.py); a test holds both to the same answers.
"use strict";

const findNames = (() => {
  const LEAST_SIMILARITY = 0.75;
  const LEAST_FUZZY_LETTERS = 4;
  const LIGATURES = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l" };
  const [EXACT, BEGINNING, WORDS, SIMILAR, SIMILAR_WORD] = [0, 1, 2, 3, 4];

  const fold = (text) =>
    text.toLowerCase().replace(/[ßæœøł]/g, (sign) => LIGATURES[sign]).normalize("NFKD")
      .replace(/\p{M}/gu, "").replace(/[^0-9a-z]+/g, " ").trim();

  const squeeze = (folded) => folded.replace(/([aou])e/g, "$1").replaceAll("ss", "s");

  // Optimal string alignment: insert, delete, replace, or exchange two neighbours.
  const distance = (a, b) => {
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const cost = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  const similarity = (a, b) => 1 - distance(a, b) / Math.max(a.length, b.length, 1);

  const eachBeginsAWord = (words, text) => words.every((word) => ` ${text}`.includes(` ${word}`));

  // The best way in which one name meets the query, as [closeness, -similarity]; lower is better.
  const rank = (ways, plain, squeezed) => {
    let best = null;
    const take = (closeness, similar = 1) => {
      const found = [closeness, -similar];
      if (!best || found[0] < best[0] || (found[0] === best[0] && found[1] < best[1])) best = found;
    };
    const folded = ways.map(fold).filter(Boolean);
    if (folded.some((way) => squeeze(way) === squeezed)) take(EXACT);
    const words = squeezed.split(" ");
    const fuzzy = plain.length >= LEAST_FUZZY_LETTERS && !/^\d+$/.test(plain);
    for (const way of folded) {
      for (const text of new Set([way, squeeze(way)])) {
        if (text.startsWith(plain) || text.startsWith(squeezed)) take(BEGINNING);
        else if (eachBeginsAWord(words, text)) take(WORDS);
      }
    }
    if (!fuzzy) return best;
    const parts = folded.flatMap((way) => way.split(" "))
      .filter((word) => word.length >= LEAST_FUZZY_LETTERS);
    for (const [texts, closeness] of [[folded, SIMILAR], [parts, SIMILAR_WORD]]) {
      for (const text of texts.flatMap((t) => [t, squeeze(t)])) {
        for (const form of [plain, squeezed]) {
          const similar = similarity(form, text);
          if (similar >= LEAST_SIMILARITY) take(closeness, similar);
        }
      }
    }
    return best;
  };

  // Everything that has a name, most important first: towns, places, stops.
  const named = (list) => {
    const withOther = (name, other) => (other ? [name, `${name} ${other}`, `${other} ${name}`] : [name]);
    const town = (number) => list.towns[number][0];
    return [
      ...list.towns.map(([name, page, codes], n) => ({ name, page, town: n, ways: [name, ...codes] })),
      ...list.places.map(([name, n]) => ({
        name, page: list.towns[n][1], town: n, ways: withOther(name, town(n)),
      })),
      ...list.stops.map(([name, place, page, n]) => ({
        name, page, town: n, ways: [...withOther(name, town(n)), ...withOther(name, place).slice(1)],
      })),
    ];
  };

  return (list, query, limit) => {
    const plain = fold(query);
    if (!plain) return [];
    const squeezed = squeeze(plain);
    return named(list)
      .map((thing, order) => ({ ...thing, order, rank: rank(thing.ways, plain, squeezed) }))
      .filter((thing) => thing.rank)
      .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.order - b.order)
      .slice(0, limit);
  };
})();
