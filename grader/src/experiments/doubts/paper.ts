import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import { plainForward } from "../../assignment/network.ts";
import type { Parameters } from "../../assignment/network.ts";
import type { Experiment, Findings, Lab } from "../experiment.ts";
import { numberLine } from "../experiment.ts";
import { twoMoons } from "../moons.ts";
import type { Points } from "../moons.ts";
import { descend, mean, startingParameters } from "../network.ts";
import { referenceNetwork } from "../reference.ts";

const STEPS = 200;
const RATE = 0.2;
const KEEP_PROB = 0.8;
const EVERY = 10;

/** Weights that read a layer with dropout: these the two forms keep on two scales. */
const READS_DROPOUT = ["W2", "W3"] as const;

interface Difference {
  step: number;
  difference: number;
  factor: string;
}

/** The paper's form and the inverted form, trained on the same masks. */
export const paper: Experiment = {
  name: "paper",
  what: "Trains the paper's form and the inverted form side by side",
  doubt: "So do the paper and the lecture contradict each other?",
  answer: "They describe the same model with weights on two scales.",
  run: async (lab) => {
    const points = twoMoons(lab.random, 60);
    const start = startingParameters(lab.random, [2, 12, 8, 1]);
    const { inverted, papers, differences } = await trainBoth(lab, points, start);
    return findings(points, { inverted, papers, differences });
  },
};

interface Both {
  inverted: Parameters;
  papers: Parameters;
  differences: Difference[];
}

/**
 * The paper's weights begin as 1/p of the inverted ones, and move at 1/p² of their rate, as their
 * gradient is p times theirs. Each step draws one set of masks for both.
 */
async function trainBoth(lab: Lab, points: Points, start: Parameters): Promise<Both> {
  const { network, random, progress } = lab;
  const unscaled = referenceNetwork("unscaled");
  let inverted = start;
  let papers = scaledBy(start, 1 / KEEP_PROB);
  const differences: Difference[] = [];
  for (let step = 0; step <= STEPS; step += 1) {
    if (step % EVERY === 0) differences.push(...differencesAt(step, inverted, papers));
    const draws = Float64Array.from({ length: 20 * points.X.cols }, random);
    const question = { ...points, keep_prob: KEEP_PROB };
    const one = await network.step({ ...question, parameters: inverted, random: replay(draws) });
    const two = await unscaled.step({ ...question, parameters: papers, random: replay(draws) });
    inverted = descend(inverted, one.gradients, () => RATE);
    papers = descend(papers, two.gradients, (name) =>
      readsDropout(name) ? RATE / KEEP_PROB ** 2 : RATE,
    );
    progress(step, STEPS);
  }
  return { inverted, papers, differences };
}

function replay(draws: Float64Array): () => number {
  let used = 0;
  return () => draws[used++] ?? Number.NaN;
}

function readsDropout(name: keyof Parameters): boolean {
  return READS_DROPOUT.some((known) => known === name);
}

function scaledBy(parameters: Parameters, factor: number): Parameters {
  const [W2, W3] = [B.scaled(parameters.W2, factor), B.scaled(parameters.W3, factor)];
  return { ...parameters, W2, W3 };
}

function differencesAt(step: number, inverted: Parameters, papers: Parameters): Difference[] {
  const between = (other: Parameters) =>
    Math.max(...READS_DROPOUT.map((name) => B.largest(B.zip(inverted[name], other[name], minus))));
  return [
    { step, difference: between(papers), factor: "w - w'" },
    { step, difference: between(scaledBy(papers, KEEP_PROB)), factor: "w p - w'" },
  ];
}

function minus(x: number, y: number): number {
  return x - y;
}

function findings(points: Points, { inverted, papers, differences }: Both): Findings {
  const ratios = READS_DROPOUT.flatMap((name) => [
    ...B.zip(inverted[name], papers[name], (w, v) => w / v).data,
  ]);
  const outputs = [inverted, scaledBy(papers, KEEP_PROB), papers].map(
    (parameters) => plainForward(points.X, parameters).A3,
  );
  const [own, same, forgotten] = outputs.map((A3) => A3.data);
  const distance = (A3: Float64Array | undefined) =>
    Math.max(...(own ?? []).map((a, k) => Math.abs(a - (A3?.[k] ?? Number.NaN))));
  return {
    lines: [
      `${STEPS} steps, keep_prob p = ${KEEP_PROB}; w: the paper's weights, w': the inverted form's.`,
      "",
      numberLine("w' / w, mean over W2 and W3", mean(ratios), 9),
      numberLine("w' / w, smallest", Math.min(...ratios), 9),
      numberLine("w' / w, largest", Math.max(...ratios), 9),
      "",
      "Largest difference of the outputs at prediction:",
      numberLine("  inverted as it is, paper with w p", distance(same), 9),
      numberLine("  inverted as it is, paper without the p", distance(forgotten), 9),
    ],
    charts: [curves(differences)],
  };
}

/** Smaller than this is rounding; a logarithmic axis has no 0. */
const ROUNDING = 1e-17;

function curves(differences: readonly Difference[]) {
  const points = differences.map((d) => ({ ...d, difference: Math.max(d.difference, ROUNDING) }));
  return {
    caption: "The largest difference between the weights of the two forms, over all of training",
    options: {
      x: { label: "step" },
      y: { label: "largest difference", type: "log" as const, grid: true, tickFormat: ".0e" },
      marginLeft: 60,
      color: { legend: true },
      marks: [Plot.line(points, { x: "step", y: "difference", stroke: "factor" })],
    },
  };
}
