import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import type { Experiment, Lab } from "../experiment.ts";
import { startingParameters } from "../network.ts";

const NUMBERS = [42, -0.573];
const KEEP_PROBS = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Divides 42 and -0.573 by keep_prob, then lets a network do it. */
export const divide: Experiment = {
  name: "divide",
  what: "Divides 42 and -0.573 by 0.8",
  doubt: "Dividing makes it smaller.",
  answer: "Not by a number below 1: 42 / 0.8 = 52.5, and −0.573 / 0.8 = −0.71625.",
  run: async (lab) => {
    const survivor = await survivorOf42(lab);
    const points = KEEP_PROBS.flatMap((keep_prob) =>
      NUMBERS.map((x) => ({ keep_prob, number: `of ${x}`, x, size: Math.abs(x / keep_prob) })),
    );
    const options = {
      grid: true,
      x: { label: "divided by keep_prob" },
      y: { label: "size, without the sign", domain: [0.4, 300], type: "log" as const },
      color: { legend: true },
      marks: [
        Plot.line(points, { x: "keep_prob", y: "size", stroke: "number", marker: "circle" }),
        Plot.text(
          points.filter(({ keep_prob }) => keep_prob === 0.8),
          { x: "keep_prob", y: "size", text: ({ x }) => quotient(x), dy: -12 },
        ),
      ],
    };
    return {
      lines: [
        ...NUMBERS.map((x) => `${x} / 0.8 = ${quotient(x)}`),
        "",
        "A unit that holds 42, and that stays under keep_prob = 0.8:",
        `  after dropout it holds ${survivor}`,
      ],
      charts: [{ caption: "The smaller the divisor, the larger what comes out", options }],
    };
  },
};

/** Without the last digits, which are rounding. */
function quotient(x: number): string {
  return String(Number((x / 0.8).toPrecision(12)));
}

/** Thirty examples of one unit that holds 42; surely one of them stays. */
async function survivorOf42({ network, random }: Lab): Promise<number> {
  const parameters = { ...startingParameters(random, [1, 1, 1, 1]), W1: B.block(1, 1, () => 1) };
  const X = B.block(1, 30, () => 42);
  const { A1 } = await network.forward({ X, parameters, keep_prob: 0.8, random });
  return Math.max(...A1.data);
}
