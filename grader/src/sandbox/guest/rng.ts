/**
 * Random sources for the student's realm.
 *
 * They are made before any student code runs, of syntax alone: no call, no property of a
 * prototype that a student could replace, and nothing of another realm that a student could
 * reach through `rng.constructor` or through an error thrown inside.
 */

export interface CountedSource {
  source: () => number;
  /** How many numbers were drawn so far. */
  count: () => number;
}

const MODULUS = 4294967296;

/** A linear congruential step (Numerical Recipes); every product stays below 2^53, so it is exact. */
function step(state: number): number {
  return (state * 1664525 + 1013904223) % MODULUS;
}

/** A function that returns the numbers of `table` in order, then goes on with others, never 0 or 1. */
export function makeSource(table: Float64Array, length: number, seed: number): CountedSource {
  let drawn = 0;
  let state = seed % MODULUS;
  const rng = () => {
    const index = drawn;
    drawn += 1;
    if (index < length) return table[index] as number; // within bounds by the test before it
    state = step(state);
    return (state + 0.5) / MODULUS;
  };
  return { source: rng, count: () => drawn };
}

let mathState = 0;
let mathDrawn = 0;
/** The end that numbers are next to: 1 for high, -1 for low, 0 for numbers from everywhere. */
let end = 0;

/** As near to 0 and 1 as single precision still tells from them. */
const EDGE = 2 ** -16;

/**
 * One number in so many is next to the other end: a coin made of several must not come out as exactly
 * 0, and who draws until two numbers differ has to come to an end.
 */
const MIXED = 5;

/** Stands in for `Math.random`: seeded, so that a run can be repeated, and counted. */
export const random = () => {
  mathDrawn += 1;
  mathState = step(mathState);
  const u = (mathState + 0.5) / MODULUS;
  if (end === 0) return u;
  const away = (EDGE * (1 + u)) / 2;
  const isHigh = end > 0 === mathDrawn % MIXED > 0;
  return isHigh ? 1 - away : away;
};

/** @param near the end that numbers are next to: 1 for high, -1 for low, 0 for neither */
export function reseedMathRandom(seed: number, near: number): void {
  mathState = seed % MODULUS;
  mathDrawn = 0;
  end = near;
}

export function countMathRandom(): number {
  return mathDrawn;
}
