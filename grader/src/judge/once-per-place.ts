/** One mistake costs once, in whatever shapes it shows. */

import { UNEXPLAINED } from "../model/diagnosis.ts";
import type { Facts } from "../model/program.ts";
import type { Finding } from "../model/report.ts";
import { locationKey } from "./lines.ts";

/**
 * Of values that no entry explains, those at one very place are one mistake: of a helper that two
 * functions share, or of an expression that a mask and its scale both come from. The first of them
 * is the one that is told. Where only the function is known, nobody can say.
 */
export function oncePerPlace(findings: readonly Finding[], { functions }: Facts): Finding[] {
  const whole = new Set(Object.values(functions).map(({ location }) => locationKey(location)));
  const told = new Set<string>();
  return findings.filter(({ id, location }) => {
    if (id !== UNEXPLAINED || location === undefined) return true;
    const key = locationKey(location);
    if (whole.has(key) || !told.has(key)) {
      told.add(key);
      return true;
    }
    return false;
  });
}
