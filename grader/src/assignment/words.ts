/** Numbers and lists as a student reads them. */

/** Four decimals, as in "1.2500"; more of them for what would read as 0. */
export function number(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  if (x !== 0 && Math.abs(x) < 5e-4) return x.toExponential(2);
  return Math.abs(x) >= 1e5 ? x.toPrecision(6) : x.toFixed(4);
}

/** A share, as in "80.2%". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** "a", "a and b", "a, b and c". */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
