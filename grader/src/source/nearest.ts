/**
 * The name that was probably meant. Names that differ in case or underscores only are as good
 * as equal; otherwise the edit distance decides, and a shortened name counts as near.
 */

import { distance } from "fastest-levenshtein";

// Letters of other alphabets that look like Latin ones, as another keyboard or a copied text
// leaves them, and the Latin letter that stands at the same place.
const FOREIGN = Array.from("аеорсхуіјѕԁһԛԝոսквтмнгαορνικτυɡı");
const LATIN = Array.from("aeopcxyijsdhqwnukbtmhraopviktugi");
const LOOKALIKES = new Map(FOREIGN.map((letter, index) => [letter, LATIN[index] ?? letter]));

/** A name without case, separators, joiners and foreign lookalikes. */
export function folded(name: string): string {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u200B-\u200D\u2060\uFEFF_$\s-]/g, "");
  return Array.from(plain, (letter) => LOOKALIKES.get(letter) ?? letter).join("");
}

/** How far `name` is from `wanted`, or nothing where it is too far to have been meant. */
export function nearness(name: string, wanted: string): number | undefined {
  const [a, b] = [folded(name), folded(wanted)];
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) <= 8 && a.length <= 64) {
    const edits = distance(a, b);
    if (edits <= Math.max(1, Math.floor(b.length / 6))) return edits;
  }
  // `forward` for `forward_propagation_with_dropout`, `predictLabels` for `predict`.
  const shortened = a.length >= 5 && b.startsWith(a);
  const lengthened = b.length >= 5 && a.startsWith(b);
  return shortened || lengthened ? 100 + Math.abs(a.length - b.length) : undefined;
}

/** The candidate nearest to `wanted`, if any is near. The first wins among equals. */
export function nearest(wanted: string, candidates: readonly string[]): string | undefined {
  let best: { name: string; away: number } | undefined;
  for (const name of candidates) {
    const away = nearness(name, wanted);
    if (away !== undefined && (best === undefined || away < best.away)) best = { name, away };
  }
  return best?.name;
}

/** The characters of `name` outside ASCII, as in `"р" is U+0440`; empty where there are none. */
export function foreignCharacters(name: string): string {
  const foreign = Array.from(new Set(name)).filter((letter) => letter > "\u007F");
  return foreign
    .map((letter) => {
      const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      return /\p{L}/u.test(letter)
        ? `"${letter}" is U+${code}`
        : `U+${code} is in it, which cannot be seen`;
    })
    .join(", ");
}
