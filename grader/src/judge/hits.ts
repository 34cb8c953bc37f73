/** Whether a place of a traced run holds what a clue speaks of, and when first. */

import type { Clue } from "../model/diagnosis.ts";
import type { TraceSite } from "../model/observation.ts";
import { appearances, maskedAt, numbersOf } from "./appearances.ts";

/** What is looked for is there. */
export interface Hit {
  at: number;
  /** The site held nothing but what is looked for: it is no general helper. */
  isOwn: boolean;
}

/** Where nothing else was looked for. */
export const alone = (at: number | undefined): Hit | undefined =>
  at === undefined ? undefined : { at, isOwn: true };

type ValueClue = Extract<Clue, { kind: "value" }>;

/** When one of the values is there first. */
export function valueAt(site: TraceSite, clue: ValueClue): Hit | undefined {
  if (clue.stored === true && isLoose(site)) return undefined;
  if (clue.isStep === true && site.role === "return") return undefined;
  const matching = clue.roughly ? "roughly" : "exactly";
  const found = appearances(site, clue.values, matching);
  if (found.length === 0) return undefined;
  const alike = appearances(site, clue.alike ?? [], matching);
  const total = numbersOf(site).numbers.length;
  const size = Math.max(...found.map((f) => f.size));
  const withAlike = alike.reduce((sum, f) => sum + f.size, size);
  return { at: Math.min(...found.map((f) => f.at)), isOwn: total === size || total <= withAlike };
}

/** One number after another under the name of a variable, as in `const u = rng()`. */
function isLoose({ name, values }: TraceSite): boolean {
  return /^\w+$/.test(name ?? "") && values.every(({ value }) => typeof value === "number");
}

/** When one of the values is there with entries set to 0. */
export function maskedIn(
  site: TraceSite,
  { of }: Extract<Clue, { kind: "masked" }>,
): Hit | undefined {
  const found = of.flatMap((block) => maskedAt(site, block) ?? []);
  if (found.length === 0) return undefined;
  const size = of.reduce((sum, { data }) => sum + data.length, 0);
  return {
    at: Math.min(...found.map(({ at }) => at)),
    // A property only passes on what was made before.
    isOwn: site.isProperty !== true && numbersOf(site).numbers.length <= 2 * size,
  };
}

/** When a lone number is there. One that is written there is meant, where others are so by chance. */
export function numberIn(
  site: TraceSite,
  clue: Extract<Clue, { kind: "number" }>,
): Hit | undefined {
  const at = numberAt(site, clue);
  return at === undefined ? undefined : { at, isOwn: isLiteral(site) };
}

function numberAt(
  site: TraceSite,
  { values, within }: Extract<Clue, { kind: "number" }>,
): number | undefined {
  // Draws come close to anything, and are never twice the same.
  if (within !== undefined && !isLiteral(site)) return undefined;
  const close = (x: number) =>
    values.some((v) => Math.abs(x - v) <= (within ?? 1e-6 * Math.abs(v)));
  return site.values.find(({ value }) => typeof value === "number" && close(value))?.at;
}

/** When a value is there that is no number, or infinite. */
export function spoiltAt({ values }: TraceSite): number | undefined {
  return values.find(({ value }) =>
    typeof value === "number" ? !Number.isFinite(value) : !value.data.every(Number.isFinite),
  )?.at;
}

/** The same number whenever it ran, and no variable. */
function isLiteral({ reads, values }: TraceSite): boolean {
  return reads === undefined && values.every(({ value }) => value === values[0]?.value);
}

/** When a value has the name. */
export function namedAt(
  site: TraceSite,
  { name, value, variable }: Extract<Clue, { kind: "named" }>,
): Hit | undefined {
  if (site.name === undefined || !name.test(site.name)) return undefined;
  if (variable === true && site.isProperty === true) return undefined;
  if (value === undefined) return alone(site.values[0]?.at);
  const found = appearances(site, [value], "exactly");
  return alone(found[0]?.at);
}
