/** One call of the forward pass, every link recomputed from the student's own previous value. */

import * as B from "../assignment/block.ts";
import { CACHE_NAMES, cacheShape } from "../assignment/network.ts";
import type { ForwardScenario } from "../assignment/scenarios.ts";
import type {
  FailedCall,
  ForwardMeasure,
  Layer,
  LayerMeasure,
  OutputKind,
} from "../model/measurement.ts";
import type { Block, CallOutcome, Returned, Value } from "../model/observation.ts";
import { measureLayer, type CachedLayer } from "./layer.ts";
import { asBlock, entriesOf, isFiniteBlock } from "./read.ts";
import { isConstantly, spreadOf } from "./spread.ts";

export type ForwardResult =
  | { ok: true; measure: ForwardMeasure }
  | { ok: false; failed: FailedCall };

export function measureForward(scenario: ForwardScenario, outcome: CallOutcome): ForwardResult {
  const fail = (what?: string): ForwardResult => ({
    ok: false,
    failed: {
      id: scenario.id,
      keep_prob: scenario.keep_prob,
      outcome,
      ...(what === undefined ? {} : { what }),
    },
  });
  if (outcome.kind !== "returned") return fail();
  const entries = entriesOf(outcome.value);
  if (entries === undefined) return fail(describe(outcome.value));
  const cache = entriesOf(entries["cache"]);
  if (cache === undefined)
    return fail(`an object whose \`cache\` is ${describe(entries["cache"])}`);
  return { ok: true, measure: measureCache({ scenario, outcome, cache, result: entries["A3"] }) };
}

export function describe(value: Value | undefined): string {
  if (value === undefined) return "missing";
  if (value.kind === "other") return value.what;
  if (value.kind === "record")
    return `an object with ${Object.keys(value.entries).join(", ") || "nothing in it"}`;
  return `a ${value.block.rows} × ${value.block.cols} matrix`;
}

interface Question {
  scenario: ForwardScenario;
  outcome: Returned;
  cache: Record<string, Value>;
  result: Value | undefined;
}

function measureCache(question: Question): ForwardMeasure {
  const { scenario, outcome, cache } = question;
  const { X, parameters: p, keep_prob, shape } = scenario;
  const read = readCache(question);
  const own = read.blocks;
  const first = measureLayer({
    layer: 1,
    keep_prob,
    Z: B.linear(p.W1, X, p.b1),
    cached: layerOf(own, 1),
    next: { W: p.W2, b: p.b2, ...pick(layerOf(own, 2)) },
  });
  const second = measureLayer({
    layer: 2,
    keep_prob,
    Z: B.linear(p.W2, first.activation, p.b2),
    cached: layerOf(own, 2),
    next: { W: p.W3, b: p.b3, ...(own["Z3"] ? { Z: own["Z3"] } : {}) },
  });
  const layers: [LayerMeasure, LayerMeasure] = [first.measure, second.measure];
  markSwapped(layers, own, cache);
  return {
    id: scenario.id,
    keep_prob,
    live: scenario.live,
    ...{ n1: shape.n1, n2: shape.n2, m: shape.m },
    draws: outcome.draws,
    mathRandomDraws: outcome.mathRandomDraws,
    layers,
    ...measureOutput(own, B.linear(p.W3, second.activation, p.b3), keep_prob),
    changedArguments: outcome.changedArguments,
    ...read.problems,
    given: { X, ...p, output: B.sigmoid(own["Z3"] ?? B.linear(p.W3, second.activation, p.b3)) },
    extraKeys: Object.keys(cache).filter((key) => !CACHE_NAMES.some((name) => name === key)),
  };
}

// --- the cache ---

function readCache({ scenario, cache, result }: Question) {
  const blocks: Record<string, Block> = {};
  const problems = {
    missingKeys: [] as string[],
    wrongShapes: [] as ForwardMeasure["wrongShapes"],
    notFinite: [] as string[],
  };
  const values: Record<string, Value | undefined> = { ...cache, result };
  for (const key of [...CACHE_NAMES, "result"]) {
    const [rows, cols] = cacheShape(key === "result" ? "A3" : key, scenario.shape);
    const value = values[key];
    const reading = asBlock(value, rows, cols);
    if (reading.ok) {
      blocks[key] = reading.block;
      if (!isFiniteBlock(reading.block)) problems.notFinite.push(key);
    } else if (value === undefined) {
      problems.missingKeys.push(key === "result" ? "A3 beside the cache" : `cache.${key}`);
    } else {
      if (key.startsWith("D") && value.kind === "matrix") blocks[key] = value.block;
      const name = key === "result" ? "A3" : `cache.${key}`;
      problems.wrongShapes.push({ key: name, found: reading.found, expected: `${rows} × ${cols}` });
    }
  }
  return { blocks, problems };
}

/** What the next layer holds beside its activation. */
function pick({ Z, D }: CachedLayer): Pick<CachedLayer, "Z" | "D"> {
  return { ...(Z ? { Z } : {}), ...(D ? { D } : {}) };
}

function layerOf(own: Record<string, Block>, layer: Layer): CachedLayer {
  const [Z, A, D] = [own[`Z${layer}`], own[`A${layer}`], own[`D${layer}`]];
  return { ...(Z ? { Z } : {}), ...(A ? { A } : {}), ...(D ? { D } : {}) };
}

/** D1 where D2 belongs and the other way round: by shape, or where shapes agree by content. */
function markSwapped(
  layers: [LayerMeasure, LayerMeasure],
  own: Record<string, Block>,
  cache: Record<string, Value>,
): void {
  const [one, two] = layers;
  const D1 = own["D1"] ?? blockOf(cache["D1"]);
  const D2 = own["D2"] ?? blockOf(cache["D2"]);
  if (!D1 || !D2) return;
  if (
    matches(D1, two.pattern) &&
    matches(D2, one.pattern) &&
    !(matches(D1, one.pattern) && matches(D2, two.pattern))
  ) {
    one.cachedMask = "swapped";
    two.cachedMask = "swapped";
  }
}

function blockOf(value: Value | undefined): Block | undefined {
  return value?.kind === "matrix" ? value.block : undefined;
}

/** A mask whose zeros are the dropped units of a pattern. */
function matches(D: Block, pattern: Block): boolean {
  if (!B.sameShape(D, pattern)) return false;
  return pattern.data.every((p, k) => Number.isNaN(p) || (D.data[k] !== 0) === (p === 1));
}

// --- the output ---

function measureOutput(own: Record<string, Block>, Z3: Block, keep_prob: number) {
  const cached = own["Z3"];
  const outputLinear = cached === undefined ? "missing" : linearState(cached, Z3, keep_prob);
  const A3 = own["result"] ?? own["A3"];
  const output = A3 === undefined ? ("missing" as const) : outputKind(A3, cached ?? Z3, keep_prob);
  return { outputLinear, output, outputOwn: A3 };
}

function linearState(
  found: Block,
  expected: Block,
  keep_prob: number,
): ForwardMeasure["outputLinear"] {
  if (B.close(found, expected)) return "right";
  return B.close(found, B.scaled(expected, 1 / keep_prob)) ? "scaled" : "wrong";
}

function outputKind(A3: Block, Z3: Block, keep_prob: number): OutputKind {
  const expected = B.sigmoid(Z3);
  if (B.close(A3, expected)) return "sigmoid";
  if (B.close(A3, B.relu(Z3))) return "relu";
  if (B.close(A3, Z3)) return "identity";
  const ratios = [...expected.data].flatMap((e, k) => {
    const found = A3.data[k] ?? Number.NaN;
    return found === 0 ? [] : [found / e];
  });
  const spread = spreadOf(ratios);
  if (spread === undefined) return "dropped";
  const isDropped = ratios.length < expected.data.length;
  const factors = [1 / keep_prob, keep_prob].filter((f) => f !== 1);
  // Near 1 and not right is rounded, or cut off somewhere.
  const isScaled = (isDropped ? [1, ...factors] : factors).some((f) => isConstantly(spread, f));
  if (!isScaled) return "other";
  return isDropped ? "dropped" : "scaled";
}
