import type { BackwardSummary } from "../../model/measurement.ts";
import { defineMisconception, explain } from "../define.ts";

export const backwardMWrongAxis = defineMisconception({
  id: "backward-m-wrong-axis",
  kind: "essential",
  check: "backward.gradients",
  title: "m is not the number of examples",
  recognise: ({ backward: b, forward: f }, symptoms) => {
    const before = [b?.measures[0], f?.measures.at(-1)].flatMap((call) => call?.m ?? []);
    if (!b || !dividesBySomething(b, before)) return undefined;
    return explain(
      symptoms,
      ["backward.gradients/weights", "backward.gradients/biases"],
      "backward.gradients/delta",
    );
  },
  why: "The cost is a mean over the examples, and the examples are the columns: m is the number of columns of X. Divided by anything else, the size of the step depends on the shape of the data.",
  next: "In which direction of X do the examples lie? What does your m hold when X has 4 rows and 9 columns?",
});

const PRODUCTS = ["dW3", "dW2", "dW1", "db3", "db2", "db1"] as const;

/**
 * Some gradient is m/k times what it should be, in every call: with the same size of the network
 * for k, or with the same number. The m of a call before may be one that is remembered, which is
 * another mistake.
 */
function dividesBySomething(b: BackwardSummary, before: readonly number[]): boolean {
  return PRODUCTS.some((name) => {
    const calls = b.measures.flatMap((m) => {
      const { state, factor } = m.gradients[name];
      if (state === "right") return [{ m, divisor: m.m }];
      return state === "multiple" && factor ? [{ m, divisor: m.m / factor }] : [];
    });
    const wrong = calls.filter(({ m, divisor }) => !close(divisor, m.m));
    const [first] = wrong;
    // Divided by nothing at all, which is another mistake.
    if (calls.length < 2 || first === undefined || close(first.divisor, 1)) return false;
    const rows = (["nx", "n1", "n2"] as const).some((size) =>
      calls.every(({ m, divisor }) => close(divisor, m[size])),
    );
    const constant = calls.every(({ divisor }) => close(divisor, first.divisor));
    const isRemembered = before.some((m) => close(first.divisor, m));
    return rows || (constant && !isRemembered);
  });
}

const close = (x: number, y: number) => Math.abs(x / y - 1) < 2e-3;
