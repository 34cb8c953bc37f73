/** One line of the table. */
export interface Row {
  what: string;
  /** NaN where `what` says it all. */
  ms: number;
  /** What it is divided by, in ms, and what that is called. */
  to?: number;
  of?: string;
  /** The ratio is to be at most this; at least its negative where it is below zero. */
  target?: number;
}

/** A row as a line of Markdown. */
export function line({ what, ms, to, of = "", target }: Row): string {
  const ratio = to === undefined ? undefined : ms / to;
  const time = Number.isNaN(ms) || of === "at least" ? "" : shown(ms);
  const beside = ratio === undefined ? "" : `${ratio.toFixed(2)} × ${of === "at least" ? "" : of}`;
  return `| ${what.padEnd(58)} | ${time.padStart(9)} | ${beside.padEnd(20)} | ${wanted(ratio, target)} |`;
}

export const HEAD = `| ${"".padEnd(58)} | ${"median".padStart(9)} | ${"ratio".padEnd(20)} | target |
| ${"-".repeat(58)} | ${"-".repeat(8)}: | ${"-".repeat(20)} | ------ |`;

function shown(ms: number): string {
  return ms < 10_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function wanted(ratio: number | undefined, target: number | undefined): string {
  if (ratio === undefined || target === undefined) return "";
  const met = target < 0 ? ratio >= -target : ratio <= target;
  return `${target < 0 ? "≥" : "≤"} ${Math.abs(target)}${met ? "" : ", **missed**"}`;
}
