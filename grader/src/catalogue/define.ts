import type { Misconception, Recognition, Symptom, SymptomKey } from "../model/diagnosis.ts";
import type { Law, LawFit } from "../model/law.ts";
import type { ForwardSummary, Layer, Measurements } from "../model/measurement.ts";
import type { CallOutcome } from "../model/observation.ts";
import type { CheckId } from "../model/rubric.ts";

/** Exists for inference, and to keep the id's own type. */
export function defineMisconception<Id extends string>(
  entry: Misconception<Id>,
): Misconception<Id> {
  return entry;
}

/**
 * A recognition that speaks with the words and the place of a symptom, and accounts for all of
 * `keys` and `also`. Nothing where none of `keys` is there.
 *
 * @param keys one key, or several of which any one will do, the most telling first
 */
export function explain(
  symptoms: readonly Symptom[],
  keys: SymptomKey | readonly SymptomKey[],
  ...also: SymptomKey[]
): Recognition | undefined {
  const leads = typeof keys === "string" ? [keys] : keys;
  const lead = leads.map((key) => symptoms.find((s) => s.key === key)).find((s) => s !== undefined);
  if (lead === undefined) return undefined;
  const all: readonly SymptomKey[] = [...leads, ...also];
  return { what: lead.what, culprit: lead.culprit, explains: (s) => all.includes(s.key) };
}

/** Some units have the scale, and the others have none. */
export function isUnscaledInPart(fit: LawFit | undefined): boolean {
  const example = fit?.example;
  return example?.isPart === true && Math.abs(example.found - 1) < 1e-3;
}

/** The three functions, as far as they were called. */
type Failing = { [fn in "forward" | "backward" | "predict"]: Measurements[fn] | undefined };

/** The first failed call of a function whose outcome is of some kind, in its function's check. */
export function explainFailure(
  { forward, backward, predict }: Failing,
  symptoms: readonly Symptom[],
  isOne: (outcome: CallOutcome) => boolean,
): Recognition | undefined {
  const of = {
    forward: forward?.failures,
    backward: backward?.failures,
    predict: predict?.failures,
  };
  const symptom = symptoms.find((s) => {
    const [fn, key] = [s.key.split(".")[0], s.key.split("/")[1]];
    const first = of[fn as keyof typeof of]?.[0];
    return (key === "failed" || key === "shape") && first !== undefined && isOne(first.outcome);
  });
  if (symptom === undefined) return undefined;
  const check = symptom.key.split("/")[0] as CheckId;
  return { what: symptom.what, culprit: symptom.culprit, check, explains: (s) => s === symptom };
}

/** The same for the symptoms of some layers only. */
export function explainLayers(
  symptoms: readonly Symptom[],
  layers: readonly Layer[],
  ...keys: [SymptomKey, ...SymptomKey[]]
): Recognition | undefined {
  const here = (s: Symptom) => s.layer === undefined || layers.includes(s.layer);
  const found = explain(symptoms.filter(here), ...keys);
  return found && { ...found, explains: (s) => keys.includes(s.key) && here(s) };
}

/** The layers that follow a law. */
export function layersWith(fits: readonly [LawFit, LawFit], law: Law): Layer[] {
  return ([1, 2] as const).filter((layer) => fits[layer - 1]?.law === law);
}

/**
 * The layers whose kept share follows a law that is not the right one, where each of the others is
 * right, or follows it too: what is known of one layer alone is then enough for a name.
 */
export function layersKeeping(f: ForwardSummary, law: Law): Layer[] {
  const isTold = f.kept.every((k) => [law, "keep", "unmeasured"].includes(k.law));
  return isTold ? layersWith(f.kept, law) : [];
}

/** Every layer that could be measured follows the law, and one could. */
export function allWith(fits: readonly [LawFit, LawFit], law: Law): boolean {
  const measured = fits.filter((f) => f.law !== "unmeasured");
  return measured.length > 0 && measured.every((f) => f.law === law);
}

/**
 * The share that is kept whatever keep_prob is. Where both layers keep one, all their units count
 * together: the draws are spread evenly over those, and over a single layer's only by chance.
 */
export function constantShare(f: ForwardSummary): number | undefined {
  const constant = f.kept.filter((k) => k.law === "constant");
  const shares = constant.length === 2 ? f.pooled.map((p) => p.found) : [];
  if (shares.length === 0) return constant[0]?.value;
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
