import { defineMisconception, explain } from "../define.ts";

export const maskFirstUnitOnly = defineMisconception({
  id: "mask-first-unit-only",
  kind: "essential",
  check: "forward.mask",
  title: "Only some of the units get a mask",
  recognise: ({ forward: f }, symptoms) => {
    if (!f?.sharing.includes("some-units")) return undefined;
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
