/** The line of a finding: the first place in a run of the program at which its value appears. */

import * as B from "../assignment/block.ts";
import type { Culprit } from "../model/diagnosis.ts";
import type { Block, Trace, TraceSite } from "../model/observation.ts";
import type { Facts } from "../model/program.ts";
import type { Location } from "../model/submission.ts";

/** The place that a culprit leads to, from the most to the least exact kind of evidence. */
export function locate(culprit: Culprit, facts: Facts, trace: Trace | undefined): Location | undefined {
  return (
    culprit.location ??
    (trace && culprit.values ? firstAppearance(trace, culprit.values) : undefined) ??
    useOf(culprit, facts) ??
    facts.functions[culprit.fn]?.location
  );
}

function useOf({ fn, use }: Culprit, facts: Facts): Location | undefined {
  if (use === undefined) return undefined;
  const matches = facts.uses.filter(
    (u) => u.kind === use.kind && u.reachedFrom.includes(fn) && (use.text?.test(u.detail) ?? true),
  );
  return matches[0]?.location;
}

/** Where one of the values is first complete. */
export function firstAppearance(trace: Trace, values: readonly Block[]): Location | undefined {
  const hits = trace.sites.flatMap((site) => {
    const ats = values.flatMap((value) => appearsAt(site, value) ?? []);
    return ats.length > 0 ? [{ site, at: Math.min(...ats) }] : [];
  });
  return hits.toSorted((a, b) => a.at - b.at)[0]?.site.location;
}

/** When a value is first complete at a site: whole, transposed, or in pieces one after another. */
function appearsAt(site: TraceSite, wanted: Block): number | undefined {
  if (site.role === "argument" || site.role === "operand") return undefined;
  const shapes = [wanted, B.transposed(wanted)];
  const whole = site.values.find(({ value }) => typeof value !== "number" && shapes.some((w) => same(value, w)));
  return whole?.at ?? inPieces(site, shapes);
}

/** Rows, columns or single numbers that make up the value when laid end to end. */
function inPieces(site: TraceSite, shapes: readonly Block[]): number | undefined {
  const numbers: number[] = [];
  const ends: number[] = [];
  for (const { at, value } of site.values) {
    for (const x of typeof value === "number" ? [value] : value.data) {
      numbers.push(x);
      ends.push(at);
    }
  }
  const starts = shapes.flatMap(({ data }) => {
    if (data.length < 2) return [];
    const start = windowOf(numbers, data);
    return start === undefined ? [] : [ends[start + data.length - 1] ?? Infinity];
  });
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

function windowOf(numbers: readonly number[], wanted: Float64Array): number | undefined {
  for (let start = 0; start + wanted.length <= numbers.length; start++) {
    if (wanted.every((x, k) => equal(numbers[start + k] ?? Number.NaN, x))) return start;
  }
  return undefined;
}

function same(found: Block, wanted: Block): boolean {
  if (found.data.length !== wanted.data.length) return false;
  const vector = wanted.rows === 1 || wanted.cols === 1;
  if (!vector && !B.sameShape(found, wanted)) return false;
  return wanted.data.every((x, k) => equal(found.data[k] ?? Number.NaN, x));
}

/** NaN stands for an entry that does not matter. */
function equal(found: number, wanted: number): boolean {
  return Number.isNaN(wanted) || Math.abs(found - wanted) <= 1e-9 * Math.max(1e-6, Math.abs(wanted));
}
