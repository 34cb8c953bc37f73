import { droppingLayers } from "../../assignment/signs.ts";
import { type ForwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const dropconnectOnWeights = defineMisconception({
  id: "dropconnect-on-weights",
  kind: "essential",
  check: "forward.applied",
  title: "The weights are masked instead of the units",
  recognise: ({ forward: f }, symptoms) => {
    if (!f || droppingLayers(f).length > 0) return undefined;
    const broken = f.measures.filter(
      (x) => x.keep_prob < 1 && x.layers.some((l) => l.linear === "wrong"),
    );
    const weightShaped = f.measures.some(
      (x) => x.draws > 0 && x.wrongShapes.some((s) => s.key.endsWith("D2")),
    );
    if (broken.length === 0 || !(weightShaped || drawsForWeights(f))) return undefined;
    return explain(
      symptoms,
      "forward.applied/nothing-dropped",
      "forward.applied/input",
      "forward.network/dead-units",
      "forward.scaled/cached-ratio",
      "forward.network/linear",
      "forward.mask/cached-mask",
      "forward.mask/never-drops",
      "forward.network/cache",
      "forward.scaled/ratio",
    );
  },
  why: "Masking single weights is another method, DropConnect (Wan et al. 2013). Dropout takes out whole units: what the next layer reads has zeros, and the weights stay as they are.",
  next: "Which matrix does your mask multiply: one of the weights, or what a layer hands on?",
});

/** As many numbers as there are weights, in calls where that differs from the number of units. */
function drawsForWeights(f: ForwardSummary): boolean {
  const nx = (id: string) => (id.startsWith("live-0.8") ? 3 : undefined);
  return f.measures.some((m) => {
    const inputs = nx(m.id);
    return (
      inputs !== undefined &&
      [m.n1 * inputs + m.n2 * m.n1, m.n1 * inputs + m.n2 * m.n1 + m.n2, m.n2 * m.n1].includes(
        m.draws,
      )
    );
  });
}
