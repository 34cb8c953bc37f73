import type { Outcome, StatusLetter } from "../data.ts";
import type { Group } from "./select.ts";

export const STATUS: Record<StatusLetter, { word: string; sign: string }> = {
  p: { word: "passed", sign: "✓" },
  f: { word: "failed", sign: "✗" },
  b: { word: "not judged", sign: "·" },
  x: { word: "grader failed", sign: "!" },
  "-": { word: "not asked for", sign: "" },
};

export const OUTCOME: Record<Exclude<Outcome, "graded">, string> = {
  missing: "nothing handed in",
  ungradable: "not gradable",
};

export const GROUP: Record<Group, string> = {
  all: "everybody",
  full: "full marks",
  below: "below full marks",
  attention: "looks like the grader's fault",
  "no-mark": "without a mark",
};

export const KIND = {
  essential: "costs points",
  actionable: "worth changing",
  informative: "good to know",
  celebratory: "well done",
} as const;

/** `1 student`, `12 students`, `1,000 students`. */
export function count(n: number, word: string): string {
  return `${number(n)} ${word}${n === 1 ? "" : "s"}`;
}

export function number(n: number): string {
  return n.toLocaleString("en");
}

/** A share in whole percent, but never 0 or 100 where it is not quite. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (100 * part) / whole;
  if (part > 0 && share < 1) return "<1%";
  if (part < whole && share > 99) return ">99%";
  return `${Math.round(share)}%`;
}
