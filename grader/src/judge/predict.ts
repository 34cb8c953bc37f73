/** What the labels of `predict` say about its hidden layers. */

import {
  closerLook,
  predictScenarios,
  type LineScenario,
  type PredictScenario,
} from "../assignment/predict-scenarios.ts";
import type { FailedCall, PredictSummary } from "../model/measurement.ts";
import type { Block, Call, CallOutcome } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { describe } from "./forward-call.ts";
import { asMatrix, parametersArg } from "./forward.ts";
import { randomFor } from "./random.ts";
import { asBlock } from "./read.ts";

function predictCall(scenario: PredictScenario, id = scenario.id): Call {
  return { id, fn: "predict", args: [asMatrix(scenario.X), parametersArg(scenario.parameters)] };
}

interface Answer {
  scenario: PredictScenario;
  outcome: CallOutcome;
  labels: Block | undefined;
  shape?: { found: string; expected: string };
}

export interface PredictRun {
  summary: PredictSummary;
  calls: Call[];
}

export async function judgePredict(session: Session, seed: string): Promise<PredictRun> {
  const random = randomFor(seed, "predict");
  const s = predictScenarios(random);
  const asked = [s.mixed, s.productLine, s.sumLine, s.thresholdLine, s.single];
  const calls = [...asked.map((a) => predictCall(a)), predictCall(s.mixed, "predict-mixed-again")];
  const outcomes = await session.run(calls);
  const answers = asked.flatMap((scenario, k) =>
    outcomes[k] ? [answerOf(scenario, outcomes[k])] : [],
  );
  const again = outcomes.at(-1);
  const repeated = again ? answerOf(s.mixed, again) : undefined;
  const summary = summarise(answers, repeated);
  const lines = { product: s.productLine, sum: s.sumLine, threshold: s.thresholdLine };
  const turned = {
    product: turn(lines.product, answers),
    sum: turn(lines.sum, answers),
    threshold: turn(lines.threshold, answers),
  };
  const once = turned.product.once && turned.sum.once && turned.threshold.once;
  const deterministic = summary.changed === 0 && (summary.returns !== "labels" || once);
  const scale = deterministic ? await measureScale({ session, random, lines, turned }) : undefined;
  const turnsAt = threshold(lines.threshold, turned.threshold, scale);
  return { summary: { ...summary, deterministic, scale, threshold: turnsAt }, calls };
}

function answerOf(scenario: PredictScenario, outcome: CallOutcome): Answer {
  if (outcome.kind !== "returned") return { scenario, outcome, labels: undefined };
  const reading = asBlock(outcome.value, 1, scenario.X.cols);
  if (reading.ok) return { scenario, outcome, labels: reading.block };
  const found = outcome.value.kind === "matrix" ? reading.found : describe(outcome.value);
  return {
    scenario,
    outcome,
    labels: undefined,
    shape: { found, expected: `1 × ${scenario.X.cols}` },
  };
}

function summarise(answers: Answer[], repeated: Answer | undefined) {
  const usable = answers.filter((a) => a.labels !== undefined);
  const failures: FailedCall[] = answers
    .filter((a) => a.labels === undefined)
    .map((a) => ({
      id: a.scenario.id,
      keep_prob: 1,
      outcome: a.outcome,
      ...(a.shape ? { what: a.shape.found } : {}),
    }));
  const values = usable.flatMap((a) => [...(a.labels?.data ?? [])]);
  const oddLabel = values.find((v) => v !== 0 && v !== 1);
  const first = answers[0]?.labels;
  const second = repeated?.labels;
  const changed =
    first && second ? first.data.filter((v, k) => !sameNumber(v, second.data[k])).length : 0;
  const returned = answers.flatMap((a) => (a.outcome.kind === "returned" ? [a.outcome] : []));
  return {
    failures,
    returns: usable.length === 0 ? ("nothing" as const) : kindOf(usable, oddLabel),
    oddLabel,
    changed,
    compared: first?.data.length ?? 0,
    mathRandomDraws: returned.reduce((sum, o) => sum + o.mathRandomDraws, 0),
    wrong: oddLabel === undefined ? usable.flatMap(wrongLabels) : [],
    total: values.length,
    changedArguments: [...new Set(returned.flatMap((o) => o.changedArguments))],
    wrongShape: answers.find((a) => a.shape)?.shape,
  };
}

function sameNumber(a: number, b: number | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function kindOf(usable: Answer[], oddLabel: number | undefined): PredictSummary["returns"] {
  if (oddLabel === undefined) return "labels";
  const inside = usable.every((a) => a.labels?.data.every((v) => v >= 0 && v <= 1));
  return inside ? "probabilities" : "other-numbers";
}

function wrongLabels({ scenario, labels }: Answer): PredictSummary["wrong"] {
  return [...scenario.A3.data].flatMap((A3, column) => {
    const found = labels?.data[column] ?? Number.NaN;
    return found === (A3 > 0.5 ? 1 : 0) ? [] : [{ id: scenario.id, column, A3, found }];
  });
}

// --- where along a line the label turns ---

interface Turn {
  /** The label turns from 0 to 1 at one place and stays. */
  once: boolean;
  /** The last x with label 0 and the first with label 1. */
  between: [number, number] | undefined;
}

function turn(line: LineScenario, answers: Answer[]): Turn {
  const labels = answers.find((a) => a.scenario.id === line.id)?.labels;
  return labels ? turnOf(line, labels) : { once: true, between: undefined };
}

function turnOf(line: LineScenario, labels: Block): Turn {
  const points = [...line.x]
    .map((x, k) => ({ x, label: labels.data[k] ?? Number.NaN }))
    .toSorted((a, b) => a.x - b.x);
  const firstOne = points.findIndex((p) => p.label === 1);
  const once = firstOne < 0 || points.slice(firstOne).every((p) => p.label === 1);
  const [low, high] = [points[firstOne - 1]?.x, points[firstOne]?.x];
  return { once, between: low === undefined || high === undefined ? undefined : [low, high] };
}

interface Scaling {
  session: Session;
  random: () => number;
  lines: { product: LineScenario; sum: LineScenario };
  turned: { product: Turn; sum: Turn };
}

/** s1 and s2 from the two places where the label turns. */
async function measureScale({
  session,
  random,
  lines,
  turned,
}: Scaling): Promise<PredictSummary["scale"]> {
  const [one, two] = [turned.product.between, turned.sum.between];
  if (!one || !two) return undefined;
  const straddles = (line: LineScenario, [low, high]: [number, number]) =>
    low < line.c - line.r && line.c - line.r < high;
  if (straddles(lines.product, one) && straddles(lines.sum, two)) return { layer1: 1, layer2: 1 };
  const close = [
    closerLook(random, lines.product, one),
    closerLook(random, lines.sum, two),
  ] as const;
  const outcomes = await session.run(close.map((line) => predictCall(line)));
  const exact = close.map((line, k) => {
    const labels = outcomes[k] ? answerOf(line, outcomes[k]).labels : undefined;
    return labels ? turnOf(line, labels).between : undefined;
  });
  const [x1, x2] = [middle(exact[0] ?? one), middle(exact[1] ?? two)];
  const { c, r } = lines.sum;
  const both = lines.product.c / x1;
  const layer2 = (c - both * x2) / r;
  return { layer1: both / layer2, layer2 };
}

function middle([low, high]: [number, number]): number {
  return Math.sqrt(low * high);
}

/** The A3 from which on the label is 1, where the hidden layers are the plain ones. */
function threshold(
  line: LineScenario,
  { between }: Turn,
  scale: PredictSummary["scale"],
): number | undefined {
  if (!between || scale?.layer1 !== 1 || scale.layer2 !== 1) return undefined;
  const logit = (x: number) => x + line.q + line.r - line.c;
  const [low, high] = [logit(between[0]), logit(between[1])];
  if (low < 0 && high > 0) return 0.5;
  return 1 / (1 + Math.exp(-(low + high) / 2));
}
