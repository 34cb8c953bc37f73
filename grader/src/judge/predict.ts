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
  const lines = [s.productLine, s.sumLine, s.thresholdLine] as const;
  const turns = lines.map((line) => turn(line, answers));
  const steady = summary.changed === 0 && turns.every((t) => t.errors < 2);
  const factors = steady ? await measureFactors({ session, random, lines, turns }) : undefined;
  const { scale, threshold } = factors ?? { scale: undefined, threshold: undefined };
  return { summary: { ...summary, deterministic: steady, scale, threshold }, calls };
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
    shown: shownOf(answers),
  };
}

function shownOf([first]: Answer[]): PredictSummary["shown"] {
  const empty = { rows: 0, cols: 0, data: new Float64Array() };
  const { X, parameters, id } = first?.scenario ?? { X: empty, parameters: {}, id: "" };
  return { call: id, returned: first?.labels, X, parameters };
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
  /** Labels that do not fit a single turn from 0 to 1. */
  errors: number;
  /** The last x with label 0 and the first with label 1. */
  between: [number, number] | undefined;
}

function turn(line: LineScenario, answers: Answer[]): Turn {
  const labels = answers.find((a) => a.scenario.id === line.id)?.labels;
  return labels ? turnOf(line, labels) : { errors: 0, between: undefined };
}

/** The turn that fits best. Probabilities count as the labels that they stand for. */
function turnOf(line: LineScenario, labels: Block): Turn {
  const points = [...line.x]
    .map((x, k) => ({ x, one: (labels.data[k] ?? Number.NaN) > 0.5 }))
    .toSorted((a, b) => a.x - b.x);
  const errorsAt = (first: number) => points.filter((p, k) => p.one !== k >= first).length;
  const turns = Array.from({ length: points.length + 1 }, (_, first) => ({ first, errors: errorsAt(first) }));
  const { first, errors } = turns.reduce((best, t) => (t.errors < best.errors ? t : best));
  const [low, high] = [points[first - 1]?.x, points[first]?.x];
  return { errors, between: low === undefined || high === undefined ? undefined : [low, high] };
}

interface Factors {
  session: Session;
  random: () => number;
  lines: readonly [LineScenario, LineScenario, LineScenario];
  turns: readonly Turn[];
}

/**
 * What the hidden layers are multiplied by, and from which A3 on the label is 1, from the three
 * places where the label turns: gain · (s2 · (s1 · x + r) - c) = logit of the threshold, on each
 * of three lines, is solved for s1 · s2, the logit and s2.
 */
async function measureFactors({ session, random, lines, turns }: Factors) {
  if (!turns[0]?.between || !turns[1]?.between) return undefined;
  const plain = lines.every((line, k) => straddles(line, turns[k]?.between));
  if (plain) return { scale: { layer1: 1, layer2: 1 }, threshold: 0.5 };
  const look = lines.map((line, k) => closerLook(random, line.id, turns[k]?.between ?? [1, 2]));
  const outcomes = await session.run(look.map((line, k) => predictCall(line, `${line.id}-closer-${k}`)));
  const seen = look.map((line, k): Seen => {
    const labels = outcomes[k] ? answerOf(line, outcomes[k]).labels : undefined;
    const between = (labels && turnOf(line, labels).between) ?? turns[k]?.between;
    return { line, between: turns[k]?.between && between };
  });
  return otherThreshold(seen) ?? otherScale(seen);
}

/** Where on a line the label was seen to turn; nothing where it does not. */
interface Seen {
  line: LineScenario;
  between: [number, number] | undefined;
}

/** One logit that explains all three turns, with hidden layers as they should be. */
function otherThreshold(seen: readonly Seen[]) {
  const logits = seen.map(({ line: { gain, c, q, r }, between }) => between?.map((x) => gain * (x + q + r - c)));
  if (logits.some((l) => l === undefined)) return undefined;
  const low = Math.max(...logits.map((l) => l?.[0] ?? 0));
  const high = Math.min(...logits.map((l) => l?.[1] ?? 0));
  if (low > high + 1e-3) return undefined;
  return { scale: { layer1: 1, layer2: 1 }, threshold: 1 / (1 + Math.exp(-(low + high) / 2)) };
}

/** s1 · s2 and the logit from the two lines with small r, then s2 from the third. */
function otherScale(seen: readonly Seen[]) {
  const [product, sum, third] = seen;
  if (!product?.between || !sum?.between) return undefined;
  const [one, two] = [product.line, sum.line];
  const [x1, x2] = [middle(product.between), middle(sum.between)];
  const alone = one.c / x1;
  const atHalf = !third?.between || within(third.line.c / alone, third.between);
  const both = atHalf || !third?.between ? alone : slope(product.line, x1, third);
  const logit = atHalf ? 0 : one.gain * (both * x1 - one.c);
  const layer2 = (logit / two.gain + two.c - both * x2) / two.r;
  return { scale: { layer1: both / layer2, layer2 }, threshold: 1 / (1 + Math.exp(-logit)) };
}

/** s1 · s2 where the threshold is another as well: two lines of different gain. */
function slope(one: LineScenario, x1: number, third: Seen): number {
  const x3 = middle(third.between ?? [1, 1]);
  const { gain, c } = third.line;
  return (one.gain * one.c - gain * c) / (one.gain * x1 - gain * x3);
}

function within(x: number, [low, high]: [number, number]): boolean {
  return low * 0.99 < x && x < high * 1.01;
}

function straddles(line: LineScenario, between: [number, number] | undefined): boolean {
  const boundary = line.c - line.q - line.r;
  return between !== undefined && between[0] < boundary && boundary < between[1];
}

function middle([low, high]: [number, number]): number {
  return Math.sqrt(low * high);
}
