import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import type { Block } from "../../model/observation.ts";
import type { Experiment } from "../experiment.ts";
import { mean, startingParameters } from "../network.ts";

const KEEP_PROBS = [1, 0.9, 0.8, 0.6, 0.4, 0.2];
const UNITS = 12;
const EXAMPLES = 20;

interface Kept {
  keep_prob: number;
  plain: Block;
  A1: Block;
}

/** The same layer at several keep_prob: what survives, and what it holds. */
export const survivors: Experiment = {
  name: "survivors",
  what: "Shows what survives at several keep_prob, and what it holds",
  doubt: "The units that survive keep their values. What is there to compensate for?",
  answer: "There are fewer of them.",
  run: async ({ network, random }) => {
    const parameters = {
      ...startingParameters(random, [3, UNITS, 2, 1]),
      b1: B.block(UNITS, 1, () => 3),
    };
    const X = B.block(3, EXAMPLES, () => random());
    const plain = B.relu(B.linear(parameters.W1, X, parameters.b1));
    const layers: Kept[] = [];
    for (const keep_prob of KEEP_PROBS) {
      const { A1 } = await network.forward({ X, parameters, keep_prob, random });
      layers.push({ keep_prob, plain, A1 });
    }
    return { lines: table(layers), charts: [pictures(layers)] };
  },
};

function table(layers: readonly Kept[]): string[] {
  const columns = ["keep_prob", "stay", "mean of all,", "a survivor,", "mean of all,"];
  const below = ["", "", "masked only", "times itself", "as returned"];
  const row = (cells: readonly string[]) => cells.map((cell) => cell.padStart(14)).join("");
  return [
    row(columns),
    row(below),
    ...layers.map(({ keep_prob, plain, A1 }) => {
      const kept = A1.data.map((a) => (a === 0 ? 0 : 1));
      const ratios = [...B.zip(A1, plain, (a, z) => a / z).data].filter((x) => x !== 0);
      const masked = plain.data.map((z, k) => z * (kept[k] ?? 0));
      const cells = [mean(masked), mean(ratios), mean(A1.data)].map((x) => x.toFixed(4));
      const share = `${(100 * mean(kept)).toFixed(1)} %`;
      return row([keep_prob.toFixed(1), share, ...cells]);
    }),
    "",
    `Without dropout the mean of all is ${mean(layers[0]?.plain.data ?? []).toFixed(4)}.`,
  ];
}

function pictures(layers: readonly Kept[]) {
  const cells = layers.flatMap(({ keep_prob, A1 }) =>
    [...A1.data].map((value, k) => ({
      keep_prob: `keep_prob = ${keep_prob}`,
      column: k % EXAMPLES,
      row: Math.floor(k / EXAMPLES),
      value,
    })),
  );
  const alive = cells.filter(({ value }) => value !== 0);
  return {
    caption: "A1, a row for each unit, a column for each example. Empty: dropped. Darker: larger.",
    options: {
      height: 900,
      x: { axis: null },
      y: { axis: null },
      fy: { label: null, domain: layers.map((layer) => `keep_prob = ${layer.keep_prob}`) },
      marginLeft: 110,
      color: { scheme: "blues" as const, type: "log" as const, domain: [1, 40] },
      marks: [
        Plot.frame({ fy: null, stroke: "none" }),
        Plot.cell(cells, { x: "column", y: "row", fy: "keep_prob", stroke: "#ddd", fill: "white" }),
        Plot.cell(alive, { x: "column", y: "row", fy: "keep_prob", fill: "value" }),
      ],
    },
  };
}
