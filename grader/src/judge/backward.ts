/** All calls of the backward pass, and what they show together. */

import * as B from "../assignment/block.ts";
import {
  backwardScenarios,
  labels,
  type BackwardScenario,
  type ForwardScenario,
} from "../assignment/scenarios.ts";
import type {
  BackwardLayerMeasure,
  BackwardMeasure,
  BackwardPattern,
  BackwardSummary,
  ForwardMeasure,
  LawFit,
  Layer,
  LayerMeasure,
  Spread,
} from "../model/measurement.ts";
import type { Block, Call, CallOutcome, Value } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { measureBackward, type BackwardQuestion } from "./backward-call.ts";
import { fitLaw } from "./fit.ts";
import { asMatrix, type ForwardRun } from "./forward.ts";
import { makeCache, type CacheStyle } from "./made-cache.ts";
import { asBlock, entriesOf } from "./read.ts";
import { randomFor } from "./random.ts";
import { isConstant } from "./spread.ts";
import { CACHE_NAMES, cacheShape, PARAMETER_NAMES } from "../assignment/network.ts";

/** A call together with what the judge knows about it. */
interface Asked {
  call: Call;
  question: BackwardQuestion;
}

/** Caches of the student's own forward on which backward runs, in an order that is not forward's. */
const OWN_CACHES = ["square-0.6", "one-0.8", "mixed-0.8", "live-0.8", "plain", "live-0.3"];

export interface BackwardRun {
  summary: BackwardSummary;
  calls: Call[];
}

export async function judgeBackward(
  session: Session,
  seed: string,
  forward: ForwardRun,
): Promise<BackwardRun> {
  const random = randomFor(seed, "backward");
  const own = OWN_CACHES.flatMap((id) => ownCall(id, forward, random) ?? []);
  const style = styleOf(forward);
  const made = backwardScenarios(random).map((scenario) => madeCall(scenario, style));
  const [first] = made;
  const again = first ? [{ ...first, call: { ...first.call, id: `${first.call.id}-again` } }] : [];
  const asked = interleave(own, made).concat(again);
  const outcomes = await session.run(asked.map((a) => a.call));
  const run = asked.flatMap((a, k) => (outcomes[k] ? [{ asked: a, outcome: outcomes[k] }] : []));
  const summary = summariseFairly(
    run.filter(({ asked: a }) => !again.includes(a)),
    keepsOddMasks(forward),
  );
  return {
    summary: {
      ...summary,
      repeatable: isRepeatable(run, first?.call.id),
      needsExtraKeys: needsExtraKeys(summary, style),
    },
    calls: asked.map((a) => a.call),
  };
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
  };
}

/** A cache that backward can be asked about: finite, and with masks of its layers' shape. */
function isUsable(measure: ForwardMeasure): boolean {
  const shaped = measure.layers.every((l) => l.cachedMask !== "wrong-shape");
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
  const D = layer.own.D;
  const trusted = ["right", "scaled", "other"].includes(layer.cachedMask);
  const recovered = B.map(layer.pattern, (p) => (Number.isNaN(p) ? 1 : p));
  return trusted && D && B.sameShape(D, layer.pattern)
    ? B.map(D, (d) => (d === 0 ? 0 : 1))
    : recovered;
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
  const scaledMasks = good.layers.every(
    (l) => l.cachedMask === "scaled" && Math.abs((l.maskUnit ?? 0) * good.keep_prob - 1) < 1e-3,
  );
  return { entries, scaledMasks };
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
      given: { W2, W3, Z1, A1, Z2, A2, A3, D1: made.D1, D2: made.D2 },
    },
  };
}

/** Forward keeps something else than the masks of the layers in its cache. */
function keepsOddMasks(forward: ForwardRun): boolean {
  const odd = ["inverted", "uniform", "swapped"];
  const masked = forward.summary.measures.filter((m) => m.keep_prob < 1);
  return masked.some((m) => m.layers.some((l) => odd.includes(l.cachedMask)));
}

// --- together ---

type Run = { asked: Asked; outcome: CallOutcome }[];

/**
 * Where forward keeps odd masks, backward may be right for what forward gives it or for what the
 * contract gives it: it is judged on the caches on which it does better.
 */
function summariseFairly(run: Run, oddMasks: boolean): BackwardSummary {
  if (!oddMasks) return summarise(run);
  const of = (cache: "own" | "made") =>
    summarise(run.filter(({ asked }) => asked.question.cache === cache));
  const [own, made] = [of("own"), of("made")];
  return own.measures.length > 0 && faults(own) <= faults(made) ? own : made;
}

function faults(b: BackwardSummary): number {
  const patterns = b.patterns.filter((p) => p !== "mask").length;
  const scales = b.scale.filter((s) => s.law !== "inverse-keep").length;
  return b.failures.length + patterns + scales;
}

function summarise(run: Run): BackwardSummary {
  const results = run.map(({ asked, outcome }) => measureBackward(asked.question, outcome));
  const measures = results.flatMap((r) => (r.ok ? [r.measure] : []));
  const failures = results.flatMap((r) => (r.ok ? [] : [r.failed]));
  const made = measures.filter((m) => m.cache === "made");
  // Only a cache with an unmasked A tells the mask from the ReLU derivative.
  const finite = (list: BackwardMeasure[]) => list.filter((m) => m.notFinite.length === 0);
  const decisive = finite(made).length > 0 ? finite(made) : finite(measures);
  const fit = (of: (layer: BackwardLayerMeasure) => Spread | undefined) =>
    ([1, 2] as const).map((layer) => fitRatios(decisive, (m) => of(layerOf(m, layer)))) as [
      LawFit,
      LawFit,
    ];
  return {
    measures,
    failures,
    scale: fit((l) => l.through),
    dAKept: fit((l) => l.dA.kept),
    dADropped: fit((l) => l.dA.dropped),
    patterns: [patternOver(finite(measures), decisive, 1), patternOver(finite(measures), decisive, 2)],
    repeatable: undefined,
    mathRandomDraws: measures.reduce((sum, m) => sum + m.mathRandomDraws, 0),
    onlySquare: decisive.length > 0 && decisive.every((m) => m.n1 === m.n2) && failures.length > 0,
    needsExtraKeys: [],
  };
}

function layerOf(m: BackwardMeasure, layer: Layer): BackwardLayerMeasure {
  return layer === 2 ? m.layers[0] : m.layers[1];
}

const LAWS: Parameters<typeof fitLaw>[1] = [
  ["inverse-keep", (p) => 1 / p],
  ["zero", () => 0],
  ["one", () => 1],
  ["keep", (p) => p],
  ["inverse-keep-squared", (p) => 1 / p ** 2],
  ["inverse-drop", (p) => 1 / (1 - p)],
];

function fitRatios(
  measures: readonly BackwardMeasure[],
  of: (m: BackwardMeasure) => Spread | undefined,
): LawFit {
  const points = measures.flatMap((m) => {
    const spread = of(m);
    return spread ? [{ keep_prob: m.keep_prob, spread }] : [];
  });
  const untidy = points.find(
    ({ spread }) => !isConstant(spread) && Math.abs(spread.max - spread.min) > 1e-4,
  );
  if (untidy)
    return { law: "other", example: { keep_prob: untidy.keep_prob, found: untidy.spread.median } };
  return fitLaw(
    points.map(({ keep_prob, spread }) => ({
      keep_prob,
      found: spread.median,
      bound: () => Math.max(2e-3 * Math.abs(spread.median), 1e-5),
    })),
    LAWS,
  );
}

/** The masks' own pattern where every call shows it, else what the first call shows that does not. */
function patternOver(
  all: readonly BackwardMeasure[],
  decisive: readonly BackwardMeasure[],
  layer: Layer,
): BackwardPattern {
  const odd = [...decisive, ...all]
    .filter((m) => m.keep_prob < 1)
    .map((m) => layerOf(m, layer).pattern)
    .filter((p) => p !== "mask");
  return (
    odd.find((p) => p === "last-forward") ??
    odd.find((p) => p === "other-layer") ??
    odd[0] ??
    "mask"
  );
}

function isRepeatable(run: Run, id: string | undefined): boolean | undefined {
  const value = (wanted: string) => {
    const outcome = run.find(({ asked }) => asked.call.id === wanted)?.outcome;
    return outcome?.kind === "returned" ? entriesOf(outcome.value) : undefined;
  };
  if (id === undefined) return undefined;
  const [a, b] = [value(id), value(`${id}-again`)];
  if (!a || !b) return undefined;
  return Object.keys(a).every((key) => {
    const [x, y] = [a[key], b[key]];
    if (x?.kind !== "matrix" || y?.kind !== "matrix") return true;
    return x.block.data.every((v, k) => Object.is(v, y.block.data[k]) || v === y.block.data[k]);
  });
}

/** Keys of the student's own cache beyond the contract's, where only caches that have them work. */
function needsExtraKeys(summary: BackwardSummary, style: CacheStyle | undefined): string[] {
  const known = new Set<string>([...CACHE_NAMES, ...PARAMETER_NAMES]);
  const extra = Object.keys(style?.entries ?? {}).filter((key) => !known.has(key));
  const unusable = (m: BackwardMeasure) => m.notFinite.length > 0;
  const madeFails =
    summary.failures.some((f) => f.cache === "made") ||
    summary.measures.some((m) => m.cache === "made" && unusable(m));
  const ownWorks =
    summary.measures.some((m) => m.cache === "own" && !unusable(m)) &&
    !summary.failures.some((f) => f.cache === "own");
  return madeFails && ownWorks ? extra : [];
}
