import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import type { Experiment, Lab } from "../experiment.ts";
import { numberLine } from "../experiment.ts";
import { mean, spread, startingParameters } from "../network.ts";

const KEEP_PROB = 0.8;
const UNITS = 20;
const MASKS_IN_A_CALL = 500;
const CALLS = 20;

interface Sums {
  /** Of one unit. */
  unit: number[];
  /** Of what the next layer adds up, as returned and without the scale. */
  scaled: number[];
  masked: number[];
}

/** What one unit, and a unit that reads twenty, hold over 10,000 masks. */
export const expectation: Experiment = {
  name: "expectation",
  what: "Averages an activation over 10,000 masks, with and without the scale",
  doubt: "The expected output at test time is the same as at training time. What does that mean?",
  answer:
    "Averaged over all the masks that could have been drawn for its layer, that is exactly what it was.",
  run: async (lab) => {
    const parameters = {
      ...startingParameters(lab.random, [1, UNITS, 1, 1]),
      W1: B.block(UNITS, 1, (i) => 0.5 + i / UNITS),
    };
    const plain = [...parameters.W1.data];
    const sums = await overManyMasks(lab, parameters);
    const whole = plain.reduce((sum, x) => sum + x, 0);
    const row = (label: string, numbers: readonly number[]) => [
      numberLine(`  ${label}, mean`, mean(numbers)),
      numberLine(`  ${label}, standard deviation`, spread(numbers)),
    ];
    return {
      lines: [
        `Over ${sums.unit.length} masks with keep_prob = ${KEEP_PROB}:`,
        "",
        numberLine("One unit, without dropout", plain[0] ?? Number.NaN),
        ...row("after dropout, as returned", sums.unit),
        "",
        numberLine(`The sum of all ${UNITS} units, without dropout`, whole),
        ...row("after dropout, as returned", sums.scaled),
        ...row("after the mask alone", sums.masked),
      ],
      charts: [histogram(sums, whole), running(sums, whole)],
    };
  },
};

type Parameters = ReturnType<typeof startingParameters>;

async function overManyMasks(lab: Lab, parameters: Parameters): Promise<Sums> {
  const { network, random, progress } = lab;
  const sums: Sums = { unit: [], scaled: [], masked: [] };
  const X = B.block(1, MASKS_IN_A_CALL, () => 1);
  for (let call = 0; call < CALLS; call += 1) {
    const { A1 } = await network.forward({ X, parameters, keep_prob: KEEP_PROB, random });
    for (let j = 0; j < MASKS_IN_A_CALL; j += 1) {
      const column = Array.from({ length: UNITS }, (_, i) => B.at(A1, i, j));
      const kept = column.map((a, i) => (a === 0 ? 0 : (parameters.W1.data[i] ?? 0)));
      sums.unit.push(column[0] ?? Number.NaN);
      sums.scaled.push(column.reduce((sum, x) => sum + x, 0));
      sums.masked.push(kept.reduce((sum, x) => sum + x, 0));
    }
    progress(call + 1, CALLS);
  }
  return sums;
}

const FORMS = { masked: "the mask alone", scaled: "as returned" };

function histogram(sums: Sums, whole: number) {
  const points = (["masked", "scaled"] as const).flatMap((form) =>
    sums[form].map((sum) => ({ sum, form: FORMS[form] })),
  );
  const bins = { x: "sum", fy: "form", fill: "form", thresholds: 60 };
  return {
    caption: "The sum that the next layer reads, over 10,000 masks. The line: without dropout.",
    options: {
      x: { label: "sum" },
      y: { label: "masks", grid: true },
      fy: { label: null },
      marginRight: 110,
      marks: [
        Plot.rectY(points, Plot.binX({ y: "count" }, bins)),
        Plot.ruleX([whole]),
        Plot.ruleY([0]),
      ],
    },
  };
}

function running(sums: Sums, whole: number) {
  const points = (["masked", "scaled"] as const).flatMap((form) => {
    let total = 0;
    return sums[form].flatMap((sum, k) => {
      total += sum;
      const count = k + 1;
      const isShown = count < 100 || count % 100 === 0;
      return isShown ? [{ masks: count, mean: total / count, form: FORMS[form] }] : [];
    });
  });
  return {
    caption: "The mean of that sum so far: single passes differ, the aggregate settles.",
    options: {
      x: { label: "masks so far", type: "log" as const },
      y: { label: "mean so far", grid: true },
      color: { legend: true },
      marks: [
        Plot.line(points, { x: "masks", y: "mean", stroke: "form" }),
        Plot.ruleY([whole], { strokeDasharray: "4" }),
      ],
    },
  };
}
