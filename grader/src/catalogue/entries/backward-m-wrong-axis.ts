import { type BackwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const backwardMWrongAxis = defineMisconception({
  id: "backward-m-wrong-axis",
  kind: "essential",
  check: "backward.gradients",
  title: "m is not the number of examples",
  recognise: ({ backward: b }, symptoms) => {
    if (!b || !dividesBySomething(b)) return undefined;
    return explain(
      symptoms,
      ["backward.gradients/weights", "backward.gradients/biases"],
      "backward.gradients/delta",
    );
  },
  why: "The cost is a mean over the examples, and the examples are the columns: m is the number of columns of X. Divided by anything else, the size of the step depends on the shape of the data.",
  next: "In which direction of X do the examples lie? What does your m hold when X has 4 rows and 9 columns?",
});

/** dW is m/k times what it should be, with one k for all calls, or with k a number of rows. */
function dividesBySomething(b: BackwardSummary): boolean {
  const all = b.measures.flatMap((m) => {
    const factors = Object.values(m.gradients).flatMap((g) =>
      g.state === "multiple" && g.factor ? [g.factor] : [],
    );
    return factors.map((factor) => ({ m, divisor: m.m / factor }));
  });
  if (all.length < 2) return false;
  const close = (x: number, y: number) => Math.abs(x / y - 1) < 2e-3;
  const byRows = all.every(({ m, divisor }) => [m.nx, m.n1, m.n2].some((n) => close(divisor, n)));
  const constant =
    all.every(({ divisor }) => close(divisor, all[0]?.divisor ?? 1)) &&
    !close(all[0]?.divisor ?? 1, 1);
  const wrong = all.some(({ m, divisor }) => !close(divisor, m.m));
  return wrong && (byRows || constant);
}
