/**
 * What the course gives its instructors: one forward and one backward case with published results.
 * The 2021 version compares every value, the older one printed three of them to compare by eye.
 * Neither has a test for `predict`, which the course hands out.
 */

import { readFileSync } from "node:fs";
import { Matrix } from "ml-matrix";
import { fixtureSchema, type Fixture } from "../../../grader/src/model/fixture.ts";
import { asMatrices } from "../oracle/run-forward.ts";
import { seeded } from "../random.ts";
import type { Instance } from "../run/instance.ts";
import { property, readRows, type Rows } from "../run/values.ts";

const FIXTURES = new URL("../../../fixtures/", import.meta.url);

function fixture<Kind extends Fixture["kind"]>(kind: Kind): Extract<Fixture, { kind: Kind }> {
  const text = readFileSync(new URL(`${kind}.json`, FIXTURES), "utf8");
  const found = fixtureSchema.parse(JSON.parse(text));
  if (found.kind !== kind) throw new Error(`${kind}.json holds ${found.kind}`);
  // Its kind has just been compared.
  return found as Extract<Fixture, { kind: Kind }>;
}

const FORWARD = fixture("published-forward");
const BACKWARD = fixture("published-backward");

/** Every entry of the cache, every gradient. @throws where the program does */
export function course2021(instance: Instance): boolean {
  const forward = runForward(instance);
  const cache = property(forward, "cache");
  return (
    isSame(property(forward, "A3"), FORWARD.published.cache.A3) &&
    Object.entries(FORWARD.published.cache).every(([key, rows]) =>
      isSame(property(cache, key), rows),
    ) &&
    hasGradients(instance, Object.keys(BACKWARD.published.gradients))
  );
}

/** A3, dA1 and dA2, which the older notebook printed. @throws where the program does */
export function course2017(instance: Instance): boolean {
  const A3 = property(runForward(instance), "A3");
  return isSame(A3, FORWARD.published.cache.A3) && hasGradients(instance, ["dA1", "dA2"]);
}

function runForward(instance: Instance): unknown {
  const { X, parameters, keep_prob, uniform } = FORWARD;
  let drawn = 0;
  const further = seeded("further draws");
  const rng = () => uniform[drawn++] ?? further();
  const args = [new Matrix(X), asMatrices(parameters), keep_prob, rng];
  return instance.call("forward_propagation_with_dropout", args).value;
}

function hasGradients(instance: Instance, keys: readonly string[]): boolean {
  const { X, Y, cache, keep_prob, published } = BACKWARD;
  const args = [new Matrix(X), new Matrix(Y), asMatrices(cache), keep_prob];
  const { value } = instance.call("backward_propagation_with_dropout", args);
  return Object.entries(published.gradients)
    .filter(([key]) => keys.includes(key))
    .every(([key, rows]) => isSame(property(value, key), rows));
}

/** As `numpy.allclose` has it: eight decimals for small numbers, five digits for large ones. */
function isSame(value: unknown, published: Rows): boolean {
  const found = readRows(value, published.length, published[0]?.length ?? 0);
  return (
    found?.every((row, i) =>
      row.every((x, j) => {
        const expected = published[i]?.[j] ?? Number.NaN;
        return Math.abs(x - expected) <= 1e-8 + 1e-5 * Math.abs(expected);
      }),
    ) ?? false
  );
}
