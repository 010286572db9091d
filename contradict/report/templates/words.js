// Dates and counts in words. Dates come as ISO 8601: a day, a month, a year, or two days with a slash between.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const SIGNS = { contradiction: "\u2260", update: "\u2192", agreement: "=", unrelated: "\u00b7" };
const KINDS = { figure: "Figures", date: "Dates", claim: "Claims", sum: "A sum", share: "A share", change: "A change", none: "" };
const ROLES = { part: "part", whole: "whole", share: "share", before: "before", after: "after", amount: "amount" };
const DAY = 86400000;

function dayWords(iso, short = false) {
  const [year, month, day] = iso.split("-");
  const name = month ? MONTHS[Number(month) - 1].slice(0, short ? 3 : undefined) : "";
  return [day ? String(Number(day)) : "", name, String(Number(year))].filter(Boolean).join(" ");
}

function dateWords(iso, short = false) {
  if (!iso) return "undated";
  return iso.split("/").map((part) => dayWords(part, short)).join(short ? "\u2013" : " to ");
}

function dayNumber(year, month, day) {
  const date = new Date(Date.UTC(2000, month, day));
  date.setUTCFullYear(year, month, day);
  return Math.round(date.getTime() / DAY);
}

// The first and last day that a date covers, as day numbers; null where there is no date.
function daySpan(iso) {
  if (!iso) return null;
  const parts = iso.split("/").map((part) => part.split("-").map(Number));
  const [first, last] = [parts[0], parts[parts.length - 1]];
  const start = dayNumber(first[0], (first[1] || 1) - 1, first[2] || 1);
  const end = last[2] ? dayNumber(last[0], last[1] - 1, last[2])
    : last[1] ? dayNumber(last[0], last[1], 0) : dayNumber(last[0], 11, 31);
  return [start, end];
}

function dayIso(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function count(number, noun, plural = noun + "s") {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });

function numberWords(value) {
  return Math.abs(value) >= 1000000 ? COMPACT.format(value) : value.toLocaleString("en", { maximumFractionDigits: 3 });
}
