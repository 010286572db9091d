// What is marked in a statement: the figure compared, the words in which the two differ, other figures, dates.

const MONTH_WORDS = "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|April|Apr\\.|June|July|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)";
const SURE_MONTH = `(?:${MONTH_WORDS}|(?<=\\b(?:[Ii]n|[Oo]f|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Tt]o|[Ll]ast|[Nn]ext|[Ee]arly|[Ll]ate) )(?:March|May))`;
const ANY_MONTH = `(?:${MONTH_WORDS}|March|Mar\\.|May)`;
const DAY_NUMBER = "\\d{1,2}(?:st|nd|rd|th)?";
const DATES = new RegExp(`\\b(?:${DAY_NUMBER}(?: of)? ${ANY_MONTH}(?:,? \\d{4})?|${ANY_MONTH} ${DAY_NUMBER}(?:,? \\d{4})?(?!\\d)|${ANY_MONTH},? \\d{4}`
  + `|${SURE_MONTH}|\\d{4}-\\d{2}-\\d{2}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|[Tt]omorrow|(?:19|20)\\d\\d(?![\\d,.]\\d))(?![\\p{L}\\d])`, "gu");
const DIGITS = "[$\u20ac\u00a3\u00a5]?\\d+(?:[.,]\\d+)*(?:st|nd|rd|th)?";
const MAGNITUDE = "(?:\\s?%|[ -](?:per ?cent|hundred|thousand|million|billion|trillion|dozen))";
const SPELLED = "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-[a-z]+)?|dozens?|hundreds?|thousands?|millions?|billions?)";
const FIGURES = new RegExp(`(?<![\\p{L}\\d])(?:${DIGITS}|${SPELLED}(?![\\p{L}]))${MAGNITUDE}{0,2}`, "giu");
const WORD = /[\p{L}\p{N}]+(?:[.,'\u2019-][\p{L}\p{N}]+)*%?/gu;
const ALIKE = 0.35; // the share of words in common below which two sentences are worded apart, and marks would be noise
const MOST_WORDS = 400;

function wordsIn(text) {
  return [...text.matchAll(WORD)].slice(0, MOST_WORDS).map((match) => ({
    start: match.index, end: match.index + match[0].length, key: plainText(match[0]).replace(/\u2019/g, "'"),
  }));
}

// The runs of words of each text that the other has not, by the longest common sequence; null where they are worded apart.
function differences(one, other) {
  const [left, right] = [wordsIn(one), wordsIn(other)];
  const width = right.length + 1;
  const best = new Uint16Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      const at = row * width + column;
      best[at] = left[row].key === right[column].key ? best[at + width + 1] + 1 : Math.max(best[at + width], best[at + 1]);
    }
  }
  if (2 * best[0] < ALIKE * (left.length + right.length)) return null;
  const [only, others] = [new Set(left), new Set(right)];
  for (let row = 0, column = 0; row < left.length && column < right.length;) {
    const at = row * width + column;
    if (left[row].key === right[column].key) {
      only.delete(left[row++]);
      others.delete(right[column++]);
    } else if (best[at + width] >= best[at + 1]) row++;
    else column++;
  }
  return [runs(left, only), runs(right, others)];
}

// Neighbouring words that differ are one run, with the space between them.
function runs(words, chosen) {
  const found = [];
  let open = false;
  for (const word of words) {
    if (!chosen.has(word)) open = false;
    else if (open) found[found.length - 1].end = word.end;
    else {
      found.push({ start: word.start, end: word.end, name: "differs" });
      open = true;
    }
  }
  return found;
}

function spansOf(pattern, text, name) {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, name }));
}

// The text as nodes: the compared words in <mark>, whatever else is marked in <span> with all its names.
function markedNodes(text, compared, runsOfWords) {
  const chosen = compared.filter(({ start, end }) => end > start);
  const dates = spansOf(DATES, text, "date");
  const figures = spansOf(FIGURES, text, "number").filter((span) => !dates.some((date) => span.start < date.end && date.start < span.end));
  const spans = [...dates, ...figures, ...(runsOfWords || [])].flatMap((span) => chosen.reduce(without, [span]));
  spans.push(...chosen.map(({ start, end }) => ({ start, end, name: "compared" })));
  const edges = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((one, other) => one - other);
  return edges.slice(0, -1).map((from, index) => {
    const piece = text.slice(from, edges[index + 1]);
    const names = spans.filter((span) => span.start <= from && edges[index + 1] <= span.end).map((span) => span.name);
    if (names.includes("compared")) return el("mark", {}, piece);
    return names.length ? el("span", { class: names.join(" ") }, piece) : piece;
  });
}

// What is left of spans beside the compared words, which are marked as one.
function without(spans, { start, end }) {
  return spans.flatMap((span) => (span.end <= start || span.start >= end ? span
    : [{ ...span, end: start }, { ...span, start: end }].filter((part) => part.start < part.end)));
}
