import { list } from "../assignment/words.ts";
import type { Culprit, Symptom } from "../model/diagnosis.ts";
import type { ForwardMeasure, ForwardSummary, Layer } from "../model/measurement.ts";
import { named, smallest } from "./clues.ts";
import { defineCheck } from "./define.ts";
import { failureWords, placeOf } from "./failures.ts";
import {
  cacheCulprit,
  culpritIn,
  FORWARD,
  hasLeftover,
  hasOtherActivation,
  layersOf,
  plainCall,
} from "./forward-common.ts";

/** With keep_prob = 1 the plain network; arguments unchanged; a complete cache. */
export const forwardNetwork = defineCheck({
  id: "forward.network",
  symptoms: ({ forward }) =>
    forward
      ? [
          ...failed(forward),
          ...cache(forward),
          ...linear(forward),
          ...activation(forward),
          ...dead(forward),
          ...output(forward),
          ...changed(forward),
        ]
      : [],
});

function failed(f: ForwardSummary): Symptom[] {
  const [first] = f.failures;
  if (!first) return [];
  return [
    {
      key: "forward.network/failed",
      what: failureWords(first, f.measures.length),
      culprit: { fn: FORWARD, call: first.id, clues: placeOf(first.outcome) },
    },
  ];
}

function cache(f: ForwardSummary): Symptom[] {
  const first = f.measures.find(
    (m) => m.missingKeys.some(notMask) || m.wrongShapes.some((s) => notMask(s.key)),
  );
  const symptoms: Symptom[] = [];
  const missing = first?.missingKeys.filter(notMask) ?? [];
  const shapes = first?.wrongShapes.filter((s) => notMask(s.key)) ?? [];
  if (missing.length > 0)
    symptoms.push({
      key: "forward.network/cache",
      what: `What was returned has no ${list(missing.map((k) => `\`${k}\``))}.`,
      culprit: cacheCulprit(f, missing[0]?.endsWith("1") ? 1 : 2),
    });
  for (const { key, found, expected } of shapes.slice(0, 1))
    symptoms.push({
      key: "forward.network/cache",
      what: `\`${key}\` is ${found}; ${expected} was expected.`,
      culprit: {
        fn: FORWARD,
        ...(first ? { call: first.id } : {}),
        clues: [
          named(new RegExp(`\\b${key.split(".").at(-1)}\\W*$`), undefined),
          { kind: "result" },
        ],
      },
    });
  return [...symptoms, ...notFinite(f)];
}

/** Masks have their own check. */
const notMask = (key: string) => !/\bD[12]$/.test(key);

function notFinite(f: ForwardSummary): Symptom[] {
  const first = f.measures.find((m) => m.notFinite.length > 0);
  if (!first) return [];
  const what = `With keep_prob ${first.keep_prob} and ${first.m} examples, ${list(first.notFinite.map((k) => `\`${k}\``))} held NaN or Infinity.`;
  return [
    {
      key: "forward.network/finite",
      what,
      culprit: { fn: FORWARD, call: first.id, clues: [{ kind: "not-finite" }] },
    },
  ];
}

function activation(f: ForwardSummary): Symptom[] {
  return layersOf((layer) => hasOtherActivation(f, layer)).map((layer) => ({
    key: "forward.network/plain",
    layer,
    what: `With keep_prob 1, \`A${layer}\` is not relu(Z${layer}).`,
    culprit: activationCulprit(f, layer),
  }));
}

function dead(f: ForwardSummary): Symptom[] {
  // What is written over dropped units, or added to all, may reach dead ones too.
  const isOff = (m: ForwardMeasure, layer: Layer) =>
    m.notFinite.length === 0 && m.layers[layer - 1]?.deadStayZero === false;
  return layersOf((layer) => !hasLeftover(f, layer) && f.measures.some((m) => isOff(m, layer))).map(
    (layer) => ({
      key: "forward.network/dead-units",
      layer,
      what: `Units of layer ${layer} with a negative Z are not 0 in \`A${layer}\`.`,
      culprit: activationCulprit(f, layer),
    }),
  );
}

/** One place may make the activations of all layers: that of the output, which is right, as well. */
function activationCulprit(f: ForwardSummary, layer: Layer): Culprit {
  const shown = plainCall(f);
  const culprit = culpritIn(shown, "A", layer);
  const A3 = shown?.outputOwn ? [shown.outputOwn] : [];
  const clues = culprit.clues.map((clue) =>
    clue.kind === "value" ? { ...clue, alike: [...(clue.alike ?? []), ...A3] } : clue,
  );
  return { ...culprit, clues };
}

function linear(f: ForwardSummary): Symptom[] {
  const finite = f.measures.filter((m) => m.notFinite.length === 0);
  const wrong = (layer: 1 | 2) => finite.find((m) => m.layers[layer - 1]?.linear === "wrong");
  const found: Symptom[] = [];
  // Layer 2 before layer 1 is wrong only in the wake of it, so the first one speaks.
  for (const layer of [1, 2] as const) {
    const m = wrong(layer);
    if (m && found.length === 0)
      found.push({
        key: "forward.network/linear",
        layer,
        what: `\`Z${layer}\` is not W${layer}·${layer === 1 ? "X" : "A1"} + b${layer} (keep_prob ${m.keep_prob}, ${m.m} examples).`,
        culprit: culpritIn(m, "Z", layer),
      });
  }
  const out = finite.find((m) => ["scaled", "wrong"].includes(m.outputLinear));
  if (out && found.length === 0)
    found.push({
      key: "forward.network/linear",
      what: `\`Z3\` is not W3·A2 + b3 (keep_prob ${out.keep_prob}).`,
      culprit: { fn: FORWARD, call: out.id, clues: [] },
    });
  return found;
}

function output(f: ForwardSummary): Symptom[] {
  // An output that is dropped in other calls may have lost all of its few entries in this one.
  const isDropped = f.measures.some((x) => x.output === "dropped");
  const isLost = (x: ForwardMeasure) => isDropped && x.outputOwn?.data.every((a) => a === 0);
  const wrong = f.measures.filter(
    (x) =>
      ["relu", "identity", "other"].includes(x.output) && x.notFinite.length === 0 && !isLost(x),
  );
  const m = smallest(wrong.filter(cutsSome)) ?? wrong[0];
  if (!m) return [];
  const [min, max] = [
    Math.min(...(m.outputOwn?.data ?? [])),
    Math.max(...(m.outputOwn?.data ?? [])),
  ];
  const what = `\`A3\` is not sigmoid(Z3): it runs from ${min.toFixed(4)} to ${max.toFixed(4)}.`;
  return [
    {
      key: "forward.network/output",
      what,
      culprit: culpritIn(m, "A3", 2),
    },
  ];
}

/** A ReLU that sets nothing to 0 gives Z3 back, and its values are found where Z3 is made. */
function cutsSome({ outputOwn }: ForwardMeasure): boolean {
  const data = outputOwn?.data ?? [];
  return data.some((a) => a === 0) && data.some((a) => a !== 0);
}

function changed(f: ForwardSummary): Symptom[] {
  const names = [...new Set(f.measures.flatMap((m) => m.changedArguments))];
  if (names.length === 0) return [];
  const what = `After the call, ${list(names.map((n) => `\`${n}\``))} held other numbers than before.`;
  const call = smallest(f.measures.filter((m) => m.changedArguments.length > 0))?.id ?? "";
  return [
    {
      key: "forward.network/arguments",
      what,
      culprit: { fn: FORWARD, call, clues: [{ kind: "change" }] },
    },
  ];
}
