/** Which forms of a known value belong where, and which is the simplest. */

import type { Factor, Form, Known } from "./known.ts";

/** Nothing that was recognised in a simpler way should be called by a stranger name. */
export function costOf(form: Form, factors: readonly Factor[]): number {
  const { known, mask, factor } = form;
  const maskCost = mask === undefined ? 0 : mask === "other" ? 3 : 1;
  const factorCost = factor === 1 ? 0 : isNamed(form, factors) ? 1 : 3;
  return maskCost + factorCost + (isAllowed(form) ? 0 : 1) + (known.isMistake ? 0.5 : 0);
}

export function isNamed({ factor }: Form, factors: readonly Factor[]): boolean {
  return factors.some((f) => isNear(f.value, factor));
}

/** The form belongs on the way of a right program. */
export function isAllowed({ known, mask, factor }: Form): boolean {
  if (known.isMistake) return false;
  const maskFits = mask === undefined || (mask !== "other" && (known.masks ?? []).includes(mask));
  return maskFits && hasFactor(known, factor);
}

export function hasFactor({ factors = [] }: Known, factor: number): boolean {
  return [1, ...factors].some((f) => isNear(f, factor));
}

/** Both are the same known value, under the same mask and times the same factor. */
export function isSameForm(a: Form, b: Form): boolean {
  return a.known === b.known && a.mask === b.mask && isNear(a.factor, b.factor);
}

export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-5 * Math.abs(b);
}

/** Its mask is the goal's, or the part of it that dropout has. */
export function dropsUnits({ mask }: Form, goal: Form): boolean {
  if (mask === undefined || mask === "other" || goal.mask === undefined || goal.mask === "other")
    return false;
  return goal.mask.name.startsWith(mask.name);
}
