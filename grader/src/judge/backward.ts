/** The calls of the backward pass: on caches of the student's own, and on caches of the grader's. */

import * as B from "../assignment/block.ts";
import { cacheShape } from "../assignment/network.ts";
import {
  backwardScenarios,
  labels,
  type BackwardScenario,
  type ForwardScenario,
} from "../assignment/scenarios.ts";
import type {
  BackwardMeasure,
  BackwardSummary,
  ForwardMeasure,
  LayerMeasure,
} from "../model/measurement.ts";
import type { Block, Call, CallOutcome, Value } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import {
  changedAgain,
  needsExtraKeys,
  summariseFairly,
  type Asked,
  type Run,
} from "./backward-summary.ts";
import { asMatrix, type ForwardRun } from "./forward.ts";
import { followsForward } from "./finite-differences.ts";
import { broadcast } from "./layer.ts";
import { makeCache, unitOf, type CacheStyle } from "./made-cache.ts";
import { keepsOddMasks, oddnessOf } from "./odd-caches.ts";
import { asBlock, entriesOf } from "./read.ts";
import { oncePerSeed, randomFor } from "./random.ts";
import { rebuilt } from "./rebuilt.ts";

/** Caches of the student's own forward on which backward runs, in an order that is not forward's. */
const OWN_CACHES = ["square-0.6", "one-0.3", "mixed-0.8", "live-0.8", "plain", "live-0.3"];

export interface BackwardRun {
  summary: BackwardSummary;
  calls: Call[];
}

const scenariosOf = oncePerSeed((seed) => backwardScenarios(randomFor(seed, "backward caches")));

export async function judgeBackward(
  session: Session,
  seed: string,
  forward: ForwardRun,
): Promise<BackwardRun> {
  const random = randomFor(seed, "backward");
  const own = OWN_CACHES.flatMap((id) => ownCall(id, forward, random) ?? []);
  const style = styleOf(forward);
  const made = scenariosOf(seed).map((scenario) => madeCall(scenario, style));
  const [first] = made;
  const again = first ? [{ ...first, call: { ...first.call, id: `${first.call.id}-again` } }] : [];
  // Right after the first, so that what grows from call to call finds the shape that it had.
  const asked = interleave(own, made).flatMap((a) => (a === first ? [a, ...again] : [a]));
  const outcomes = await session.run(asked.map((a) => a.call));
  const run = asked.flatMap((a, k) => (outcomes[k] ? [{ asked: a, outcome: outcomes[k] }] : []));
  const summary = summariseFairly(
    run.filter(({ asked: a }) => !again.includes(a)),
    keepsOddMasks(forward),
  );
  const changed = changedAgain(run, first?.call.id);
  return {
    summary: {
      ...summary,
      ...{ repeatable: changed && changed.length === 0, changedAgain: changed ?? [] },
      followsForward: await differences(session, random, { run, summary, forward }),
      needsExtraKeys: needsExtraKeys(summary, style),
    },
    calls: asked.map((a) => a.call),
  };
}

/** What finite differences say, where the network of the assignment has other gradients. */
async function differences(
  session: Session,
  random: () => number,
  { run, summary, forward }: { run: Run; summary: BackwardSummary; forward: ForwardRun },
): Promise<boolean> {
  const asked = run.find(({ asked: a }) => a.question.id === `own-${DIFFERENTIATED}`)?.asked;
  const measure = summary.measures.find((m) => m.id === asked?.call.id);
  const scenario = forward.scenarios.get(DIFFERENTIATED);
  if (!asked || !measure || !scenario || !differs(measure)) return false;
  return await followsForward(session, random, { scenario, measure, Y: asked.question.Y });
}

/** Units of both signs, some kept and some dropped, and a network small enough to be run often. */
const DIFFERENTIATED = "mixed-0.8";

function differs({ delta, layers, gradients }: BackwardMeasure): boolean {
  const isOff = ({ state }: { state: string }) => state === "wrong";
  const lives = layers.some(({ dead }) => dead !== undefined && (dead.min !== 0 || dead.max !== 0));
  return isOff(delta) || lives || Object.values(gradients).some(isOff);
}

function interleave<T>(a: readonly T[], b: readonly T[]): T[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, k) => [
    ...a.slice(k, k + 1),
    ...b.slice(k, k + 1),
  ]).flat();
}

function backwardCall(id: string, args: Call["args"]): Call {
  return { id, fn: "backward_propagation_with_dropout", args };
}

// --- the student's own caches ---

function ownCall(id: string, forward: ForwardRun, random: () => number): Asked | undefined {
  const scenario = forward.scenarios.get(id);
  const measure = forward.summary.measures.find((m) => m.id === id);
  const cache = ownCache(forward.outcomes.get(id));
  if (!scenario || !measure || !cache || !isUsable(measure)) return undefined;
  const Y = labels(random, scenario.shape.m);
  const given = givenBy(scenario, measure, cache);
  if (given === undefined) return undefined;
  const lastMasks = lastMasksLike(scenario, forward);
  return {
    call: backwardCall(`own-${id}`, [
      asMatrix(scenario.X),
      asMatrix(Y),
      { kind: "kept", call: id, property: "cache" },
      { kind: "scalar", value: scenario.keep_prob },
    ]),
    question: {
      id: `own-${id}`,
      cache: "own",
      ...{ shape: scenario.shape, keep_prob: scenario.keep_prob, X: scenario.X, Y, given },
      ...(lastMasks ? { lastMasks } : {}),
    },
    odd: oddnessOf(measure),
  };
}

/**
 * A cache that backward can be asked about: finite, with masks of its layers' shape, and not with
 * others than its activations show. What to make of those is nothing that backward could know.
 */
function isUsable(measure: ForwardMeasure): boolean {
  const shaped = measure.layers.every((l) => !["wrong-shape", "other"].includes(l.cachedMask));
  // Where the sigmoid saturates, -(Y/A) + (1-Y)/(1-A) is right no more.
  const A3 = measure.outputOwn?.data ?? [];
  const clear = A3.every((a) => a > 1e-6 && a < 1 - 1e-6) || measure.output !== "sigmoid";
  return shaped && clear && measure.notFinite.length === 0;
}

function ownCache(outcome: CallOutcome | undefined): Record<string, Value> | undefined {
  if (outcome?.kind !== "returned") return undefined;
  return entriesOf(entriesOf(outcome.value)?.["cache"]);
}

function givenBy(scenario: ForwardScenario, measure: ForwardMeasure, cache: Record<string, Value>) {
  const block = (key: string) => {
    const reading = asBlock(cache[key], ...cacheShape(key, scenario.shape));
    return reading.ok ? reading.block : undefined;
  };
  const [Z1, A1, Z2, A2, A3] = ["Z1", "A1", "Z2", "A2", "A3"].map(block);
  if (!Z1 || !A1 || !Z2 || !A2 || !A3) return undefined;
  const { W2, W3 } = scenario.parameters;
  const [one, two] = measure.layers;
  return { W2, W3, Z1, A1, Z2, A2, A3, D1: actingMask(one), D2: actingMask(two) };
}

/** The mask as it acts: what the cache holds, or, where that is no mask, the units that were really dropped. */
function actingMask(layer: LayerMeasure): Block {
  const D = layer.own.D && broadcast(layer.own.D, layer.pattern);
  const trusted = ["right", "scaled", "other"].includes(layer.cachedMask);
  const recovered = B.map(layer.pattern, (p) => (Number.isNaN(p) ? 1 : p));
  return trusted && D ? B.map(D, (d) => (d === 0 ? 0 : 1)) : recovered;
}

/** Masks of the last forward call, where it had the same shape but other draws. */
function lastMasksLike(scenario: ForwardScenario, forward: ForwardRun) {
  const last = forward.summary.measures.at(-1);
  if (!last || last.id === scenario.id || last.m !== scenario.shape.m) return undefined;
  if (last.n1 !== scenario.shape.n1 || last.n2 !== scenario.shape.n2) return undefined;
  return { D1: actingMask(last.layers[0]), D2: actingMask(last.layers[1]) };
}

// --- the grader's caches ---

/** The style of the student's caches, from a call in which some units survived and some did not. */
function styleOf(forward: ForwardRun): CacheStyle | undefined {
  const { measures } = forward.summary;
  const good = measures.find(
    (m) => m.keep_prob < 1 && m.m > 1 && m.layers.every((l) => l.kept > 0),
  );
  const entries = ownCache(forward.outcomes.get(good?.id ?? ""));
  if (!good || !entries) return undefined;
  return { entries, unit: unitOf(good) };
}

function madeCall(scenario: BackwardScenario, style: CacheStyle | undefined): Asked {
  const { id, shape, keep_prob, X, Y, cache } = scenario;
  const made = makeCache(scenario, style);
  const block = (key: string) => cache[key] ?? B.block(0, 0, () => 0);
  const keys = ["W2", "W3", "Z1", "A1", "Z2", "A2", "A3"] as const;
  const [W2, W3, Z1, A1, Z2, A2, A3] = keys.map(block) as [
    Block,
    Block,
    Block,
    Block,
    Block,
    Block,
    Block,
  ];
  const given = { W2, W3, Z1, A1, Z2, A2, A3, D1: made.D1, D2: made.D2 };
  return {
    call: backwardCall(id, [
      asMatrix(X),
      asMatrix(Y),
      made.arg,
      { kind: "scalar", value: keep_prob },
    ]),
    question: {
      id,
      cache: "made",
      shape,
      keep_prob,
      X,
      Y,
      given,
      rebuilt: () => rebuilt({ X, keep_prob, given }, cache),
    },
  };
}
