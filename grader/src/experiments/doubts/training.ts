import * as Plot from "@observablehq/plot";
import * as B from "../../assignment/block.ts";
import { plainForward } from "../../assignment/network.ts";
import type { Parameters } from "../../assignment/network.ts";
import type { Block } from "../../model/observation.ts";
import type { Experiment, Findings, Lab } from "../experiment.ts";
import { rowsOf, twoMoons } from "../moons.ts";
import type { Points } from "../moons.ts";
import { costOf, mean, startingParameters } from "../network.ts";
import type { Network } from "../network.ts";
import { referenceNetwork } from "../reference.ts";
import { accuracy, train } from "../train.ts";

const STEPS = 700;
const RATE = 0.4;
const KEEP_PROB = 0.7;
const EVERY = 25;
const OTHERS = 1000;
const NO_SCALE = "dropout, no scale";

interface Used {
  parameters: Parameters;
  /** The cost of the plain network on the points that it learned from. */
  plain: number;
  /** Its share of right labels, of the points it learned from and of others. */
  seen: number;
  unseen: number;
}

interface Trained extends Used {
  form: string;
  costs: { form: string; step: number; cost: number }[];
  /** The cost at the end, with dropout on as in training. */
  training: number;
  /** What layer 2 reads in training, in multiples of what it reads when predicting. */
  level: number;
}

/** Training on two half moons: without dropout, with it, and with dropout that does not scale. */
export const training: Experiment = {
  name: "training",
  what: "Trains a network without dropout, with it, and without the scale",
  doubt: "Should the scaling not be done at test time?",
  answer:
    "Inverted dropout does it in training, so that whoever uses the network need not know that there was dropout.",
  run: async (lab) => {
    const points = twoMoons(lab.random, 60);
    const others = twoMoons(lab.random, OTHERS);
    const start = startingParameters(lab.random, [2, 16, 8, 1]);
    const plans = [
      { form: "no dropout", network: lab.network, keep_prob: 1 },
      { form: "inverted dropout", network: lab.network, keep_prob: KEEP_PROB },
      { form: NO_SCALE, network: referenceNetwork("unscaled"), keep_prob: KEEP_PROB },
    ];
    const runs: Trained[] = [];
    for (const [k, { form, network, keep_prob }] of plans.entries()) {
      const progress = (step: number) => lab.progress(k * STEPS + step, plans.length * STEPS);
      const given = { lab: { ...lab, progress }, points, others, start };
      const plan = { form, network, keep_prob, ...given };
      const run = await learn(plan);
      runs.push(run);
      if (form === NO_SCALE) runs.push(await repaired(plan, run));
    }
    return findings(runs, points);
  },
};

interface Plan {
  form: string;
  network: Network;
  keep_prob: number;
  lab: Lab;
  points: Points;
  others: Points;
  start: Parameters;
}

async function learn(plan: Plan): Promise<Trained> {
  const { form, network, keep_prob, lab, points, start } = plan;
  const { random, progress } = lab;
  const costs: Trained["costs"] = [];
  const onStep = (step: number, cost: number): void => {
    if (step % EVERY === 0) costs.push({ form, step, cost });
    progress(step, STEPS);
  };
  const course = { network, start, points, keep_prob, random, steps: STEPS, rate: RATE, onStep };
  const parameters = await train(course);
  const many = { X: repeated(points.X, 50), Y: repeated(points.Y, 50) };
  const { A1, A3 } = await network.forward({ X: many.X, parameters, keep_prob, random });
  const level = mean(A1.data) / mean(plainForward(points.X, parameters).A1.data);
  const used = await usedAs(plan, parameters);
  return { form, costs, training: costOf(A3, many.Y), level, ...used };
}

/** How the trained network does when it is used, without dropout. */
async function usedAs({ network, points, others }: Plan, parameters: Parameters): Promise<Used> {
  return {
    parameters,
    plain: costOf(plainForward(points.X, parameters).A3, points.Y),
    seen: accuracy(await network.predict(points.X, parameters), points),
    unseen: accuracy(await network.predict(others.X, parameters), others),
  };
}

/** The paper's afterthought: whatever reads a layer with dropout gets weights times keep_prob. */
async function repaired(plan: Plan, run: Trained): Promise<Trained> {
  const { W2, W3 } = run.parameters;
  const scaled = { W2: B.scaled(W2, plan.keep_prob), W3: B.scaled(W3, plan.keep_prob) };
  const used = await usedAs(plan, { ...run.parameters, ...scaled });
  return { ...run, ...used, form: "then weights x p", level: run.level / plan.keep_prob };
}

/** The same columns over and over, so that chance evens out. */
function repeated(block: Block, times: number): Block {
  return B.block(block.rows, block.cols * times, (i, j) => B.at(block, i, j % block.cols));
}

function findings(runs: readonly Trained[], points: Points): Findings {
  const row = (first: string, cells: readonly string[]) =>
    first.padEnd(18) + cells.map((cell) => cell.padStart(12)).join("");
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return {
    lines: [
      `${points.X.cols} points, ${STEPS} steps; keep_prob p = ${KEEP_PROB} where there is dropout.`,
      "",
      row("", ["level", "cost in", "cost when", "right,", "right,"]),
      row("", ["of A1", "training", "predicting", "learned", "others"]),
      ...runs.map(({ form, level, training: cost, plain, seen, unseen }) => {
        const numbers = [level, cost, plain].map((x) => x.toFixed(3));
        return row(form, [...numbers, percent(seen), percent(unseen)]);
      }),
      "",
      "Level: what layer 2 reads in training, over what it reads when predicting.",
      `Learned: the points it was trained on. Others: ${OTHERS} more of the same kind.`,
    ],
    charts: [curves(runs), boundaries(runs, points)],
  };
}

function curves(runs: readonly Trained[]) {
  return {
    caption: "The cost while it learns",
    options: {
      x: { label: "step" },
      y: { label: "cost", grid: true, domain: [0, 0.8] },
      color: { legend: true },
      marks: [
        Plot.line([...new Set(runs.flatMap(({ costs }) => costs))], {
          x: "step",
          y: "cost",
          stroke: "form",
          clip: true,
        }),
      ],
    },
  };
}

const GRID = 60;
const REACH = 2.6;

/** Where each network draws the line, under the points that it learned from. */
function boundaries(runs: readonly Trained[], points: Points) {
  const place = (k: number) => -REACH + (2 * REACH * k) / (GRID - 1);
  const X = B.block(2, GRID * GRID, (i, k) => place(i === 0 ? k % GRID : Math.floor(k / GRID)));
  const grid = runs.flatMap(({ form, parameters }) =>
    [...plainForward(X, parameters).A3.data].map((A3, k) => {
      return { form, A3, x: B.at(X, 0, k), y: B.at(X, 1, k) };
    }),
  );
  const forms = runs.map(({ form }) => form);
  const dots = forms.flatMap((form) => rowsOf(points).map((point) => ({ ...point, form })));
  return {
    caption: "Where the networks draw the line between the classes",
    options: {
      width: 900,
      height: 340,
      x: { domain: [-REACH, REACH], label: null },
      y: { domain: [-REACH, REACH], label: null },
      fx: { label: null, domain: forms },
      color: { legend: true, domain: ["class 0", "class 1"], range: ["#d1651b", "#4269d0"] },
      marks: [
        Plot.contour(grid, {
          ...{ x: "x", y: "y", fx: "form", value: "A3", thresholds: [0.5] },
          ...{ fill: "#4269d0", fillOpacity: 0.15, stroke: "#333" },
        }),
        Plot.dot(dots, { x: "x", y: "y", fx: "form", fill: "label", r: 3 }),
        Plot.frame(),
      ],
    },
  };
}
