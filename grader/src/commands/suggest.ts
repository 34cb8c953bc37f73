import { closest, distance } from "fastest-levenshtein";

/**
 * The candidate that `word` was probably meant to be: near in spelling, upper and lower case
 * aside, or its last part, as `mask` is of `forward.mask`.
 */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const spellings = candidates.flatMap((candidate) =>
    [candidate, ...lastPart(candidate)].map((text) => ({ candidate, text })),
  );
  const nearest = closest(
    typed,
    spellings.map(({ text }) => text.toLowerCase()),
  );
  const found = spellings.find(({ text }) => text.toLowerCase() === nearest);
  const mostEdits = Math.max(1, Math.floor(typed.length / 3));
  return found !== undefined && distance(typed, nearest) <= mostEdits ? found.candidate : undefined;
}

/** ` Did you mean "…"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = suggest(word, candidates);
  return found === undefined ? "" : ` Did you mean ${JSON.stringify(found)}?`;
}

function lastPart(candidate: string): string[] {
  const dot = candidate.lastIndexOf(".");
  return dot === -1 ? [] : [candidate.slice(dot + 1)];
}
