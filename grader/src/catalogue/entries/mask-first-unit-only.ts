import type { ForwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const maskFirstUnitOnly = defineMisconception({
  id: "mask-first-unit-only",
  kind: "essential",
  check: "forward.mask",
  title: "Only some of the units get a mask",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.sharing.includes("some-units") || !onlyFirstDrops(f)) return undefined;
    return explain(
      symptoms,
      "forward.mask/sharing",
      "forward.mask/share",
      "forward.mask/cached-mask",
      "forward.network/finite",
      "forward.applied/nothing-dropped",
      "forward.applied/next-reads",
      "forward.applied/input",
    );
  },
  why: "Units that are never dropped never learn to share their work. Each row of the activation is a unit, and each of them needs its own coins, in every example.",
  next: "Follow the loop or the index that fills the mask: which rows does it reach?",
});

/** Every unit that was ever dropped, where coins fell for all, is in the first row. */
function onlyFirstDrops(f: ForwardSummary): boolean {
  const patterns = f.measures
    .filter((m) => m.keep_prob < 1 && m.live)
    .flatMap((m) => m.layers.filter((l) => f.sharing[l.layer - 1] === "some-units"))
    .map(({ pattern }) => pattern);
  return patterns.every(({ data, cols }) => data.every((x, k) => x !== 0 || k < cols));
}
