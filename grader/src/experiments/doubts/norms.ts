import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import type { Experiment, Lab } from "../experiment.ts";
import { numberLine } from "../experiment.ts";
import { mean, startingParameters } from "../network.ts";

const KEEP_PROB = 0.8;
const MASKS_IN_A_CALL = 250;
const CALLS = 40;

/** What `numpy.random.seed(42); numpy.random.randn(3, 4)` gives. */
const MATRIX = [
  [0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254],
  [-0.23415337472333597, -0.23413695694918055, 1.5792128155073915, 0.7674347291529088],
  [-0.4694743859349521, 0.5425600435859647, -0.46341769281246226, -0.46572975357025687],
];

const A = B.block(3, 4, (i, j) => MATRIX[i]?.[j] ?? Number.NaN);

/** The norm of a matrix, of its masked and of its masked and scaled form, over 10,000 masks. */
export const norms: Experiment = {
  name: "norms",
  what: "Measures a matrix under 10,000 masks, with and without the scale",
  doubt: "If I divide by `keep_prob`, I undo the dropout. What regularisation is left?",
  answer: "The scale brings back the level, not the units.",
  run: async (lab) => {
    const seen = await underManyMasks(lab);
    return {
      lines: [
        numberLine("norm of A, the 3 by 4 matrix of randn, seed 42", norm(A), 9),
        numberLine("norm of A / 0.8, nothing masked", norm(B.scaled(A, 1 / KEEP_PROB)), 9),
        "",
        `Over ${seen.length} masks with keep_prob = 0.8:`,
        numberLine("  norm of the masked matrix, mean", mean(seen.map((s) => s.masked))),
        numberLine("  norm of the masked and scaled one, mean", mean(seen.map((s) => s.scaled))),
        numberLine("  of 12 entries, 0 after the mask", mean(seen.map((s) => s.zeros))),
        numberLine("  of 12 entries, 0 after mask and scale", mean(seen.map((s) => s.zerosScaled))),
        numberLine("  different masks among them", new Set(seen.map((s) => s.mask)).size, 0),
      ],
      charts: [histogram(seen)],
    };
  },
};

interface Seen {
  masked: number;
  scaled: number;
  zeros: number;
  zerosScaled: number;
  mask: string;
}

/**
 * The network's layer 1 reads unit vectors through the weights |A|, so that it holds |A|, whose
 * norm is that of A, once for each four examples.
 */
async function underManyMasks({ network, random, progress }: Lab): Promise<Seen[]> {
  const size = B.map(A, Math.abs);
  const parameters = { ...startingParameters(random, [4, 3, 2, 1]), W1: size };
  const X = B.block(4, 4 * MASKS_IN_A_CALL, (i, j) => (j % 4 === i ? 1 : 0));
  const seen: Seen[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const { A1 } = await network.forward({ X, parameters, keep_prob: KEEP_PROB, random });
    for (let mask = 0; mask < MASKS_IN_A_CALL; mask += 1) {
      seen.push(measure(B.block(3, 4, (i, j) => B.at(A1, i, 4 * mask + j))));
    }
    progress(call + 1, CALLS);
  }
  return seen;
}

function measure(scaled: Block): Seen {
  const masked = B.zip(A, scaled, (a, s) => (s === 0 ? 0 : a));
  const zeros = (block: Block) => block.data.filter((x) => x === 0).length;
  return {
    ...{ masked: norm(masked), scaled: norm(scaled) },
    ...{ zeros: zeros(masked), zerosScaled: zeros(scaled) },
    mask: B.map(scaled, (x) => (x === 0 ? 0 : 1)).data.join(""),
  };
}

function norm(block: Block): number {
  return Math.sqrt(block.data.reduce((sum, x) => sum + x * x, 0));
}

function histogram(seen: readonly Seen[]) {
  const points = seen.flatMap(({ masked, scaled }) => [
    { norm: masked, form: "masked" },
    { norm: scaled, form: "masked and scaled" },
  ]);
  const bins = { x: "norm", fy: "form", fill: "form", thresholds: 60 };
  return {
    caption: "How often each norm comes up. The line is the norm of A without a mask.",
    options: {
      x: { label: "norm", domain: [0, 3.6] },
      y: { label: "masks", grid: true },
      fy: { label: null },
      marginRight: 110,
      marks: [
        Plot.rectY(points, Plot.binX({ y: "count" }, bins)),
        Plot.ruleX([norm(A)]),
        Plot.ruleY([0]),
      ],
    },
  };
}
