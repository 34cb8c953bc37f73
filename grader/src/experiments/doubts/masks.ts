import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import type { Experiment, Lab } from "../experiment.ts";
import { numberLine } from "../experiment.ts";
import { mean, spread, startingParameters } from "../network.ts";

const KEEP_PROB = 0.8;
const UNITS = 8;
const EXAMPLES = 24;
const PASSES = 300;

/** One mask for all examples against one for each. */
export const masks: Experiment = {
  name: "masks",
  what: "Compares one mask for all examples with one for each",
  doubt: "In one iteration, is it one thinned network for all examples?",
  answer:
    "Each example has its own units shut down, so each column of the mask is drawn on its own, and in the next iteration all are drawn afresh.",
  run: async (lab) => {
    const each = await passes(lab, EXAMPLES);
    const shared = (await passes(lab, 1)).map(({ data }) =>
      B.block(UNITS, EXAMPLES, (i) => data[i] ?? Number.NaN),
    );
    return {
      lines: [
        `Every unit holds 1 and every example is the same: ${EXAMPLES} examples, ${PASSES} passes,`,
        "keep_prob = 0.8. The mean of one unit over the examples of a pass:",
        "",
        numberLine("  one mask each, mean", mean(each.map(firstUnit))),
        numberLine("  one mask each, standard deviation", spread(each.map(firstUnit))),
        numberLine("  one mask for all, mean", mean(shared.map(firstUnit))),
        numberLine("  one mask for all, standard deviation", spread(shared.map(firstUnit))),
        "",
        numberLine("  passes in which the unit is gone, one mask each", gone(each), 0),
        numberLine("  passes in which the unit is gone, one for all", gone(shared), 0),
      ],
      charts: [pictures({ each, shared })],
    };
  },
};

/** Layer 1 after dropout, in many passes of so many examples that are all the same. */
async function passes({ network, random, progress }: Lab, examples: number): Promise<Block[]> {
  const parameters = { ...startingParameters(random, [1, UNITS, 1, 1]), W1: ones(UNITS, 1) };
  const X = ones(1, examples);
  const found: Block[] = [];
  for (let pass = 0; pass < PASSES; pass += 1) {
    found.push((await network.forward({ X, parameters, keep_prob: KEEP_PROB, random })).A1);
    progress(pass + 1, PASSES);
  }
  return found;
}

function ones(rows: number, cols: number): Block {
  return B.block(rows, cols, () => 1);
}

function firstUnit(A1: Block): number {
  return mean(A1.data.subarray(0, A1.cols));
}

function gone(all: readonly Block[]): number {
  return all.filter((A1) => firstUnit(A1) === 0).length;
}

function pictures(kinds: { each: readonly Block[]; shared: readonly Block[] }) {
  const cellsOf = (kind: string, all: readonly Block[]) =>
    all.slice(0, 3).flatMap(({ data }, pass) =>
      [...data].map((value, k) => ({
        ...{ kind, pass: `pass ${pass + 1}`, value: value === 0 ? "dropped" : "kept" },
        ...{ example: k % EXAMPLES, unit: Math.floor(k / EXAMPLES) },
      })),
    );
  const cells = [
    ...cellsOf("one mask each", kinds.each),
    ...cellsOf("one mask for all", kinds.shared),
  ];
  return {
    caption: "Three passes of each kind: a row for each unit, a column for each example",
    options: {
      height: 420,
      x: { axis: null },
      y: { axis: null },
      fx: { label: null },
      fy: { label: null },
      marginLeft: 70,
      color: { legend: true, domain: ["kept", "dropped"], range: ["#4269d0", "#e8e8e8"] },
      marks: [
        Plot.cell(cells, {
          ...{ x: "example", y: "unit", fx: "kind", fy: "pass", fill: "value", inset: 0.5 },
        }),
      ],
    },
  };
}
