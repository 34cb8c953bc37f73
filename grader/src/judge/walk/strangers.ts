/** Values of a trace that are none of the network's quantities. */

import type { Block, Trace, TraceSite } from "../../model/observation.ts";
import type { Subject } from "./known.ts";
import type { Seen } from "./recognise.ts";

export interface Stranger {
  site: TraceSite;
  at: number;
  value: Block;
  /** Numbers of the random source. */
  isDrawn: boolean;
  /** Units kept and dropped where no mask is asked for, or not this one. */
  isOwnMask: boolean;
}

/** A place of another role only shows again what was made elsewhere. */
const MAKING: readonly TraceSite["role"][] = ["value", "return"];

/** Matrices that were not recognised, each place once, in order. */
export function strangers(trace: Trace, seen: readonly Seen[], subject: Subject): Stranger[] {
  const known = new Set(seen.map(({ site }) => site));
  const drawn = new Set(subject.draws ?? []);
  return trace.sites
    .flatMap((site) => {
      if (!MAKING.includes(site.role) || known.has(site)) return [];
      const [first] = site.values;
      if (first === undefined || typeof first.value === "number") return [];
      const { at, value } = first;
      if (value.data.length < 2 || value.data.every((x) => x === value.data[0])) return [];
      const isDrawn = drawn.size > 0 && value.data.every((x) => drawn.has(x));
      return [{ site, at, value, isDrawn, isOwnMask: isOwnMask(value, subject) }];
    })
    .toSorted((a, b) => a.at - b.at);
}

function isOwnMask(value: Block, { noMasks }: Subject): boolean {
  const { rows, cols, data } = value;
  const isShaped = noMasks.some(
    ([n, m]) => (rows === n && cols === m) || (rows === m && cols === n),
  );
  const unit = data.find((x) => x !== 0);
  // A matrix that is being filled begins with zeros as well.
  const isFilled = data.filter((x) => x !== 0).length >= 3;
  return isShaped && isFilled && data.includes(0) && data.every((x) => x === 0 || x === unit);
}
