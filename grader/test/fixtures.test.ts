import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Matrix } from "ml-matrix";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  backward_propagation_with_dropout,
  forward_propagation_with_dropout,
} from "../../solutions/correct/course/src/dropout.ts";
import { numpyRandom } from "../scripts/fixtures/numpy.js";
import { FIXTURES_DIR, fixtures, matrices, networkCases, onlyFixture, replay } from "./fixtures.ts";

const SCRIPT = fileURLToPath(new URL("../scripts/fixtures.js", import.meta.url));

type Rows = number[][];

/** Adding 0 turns -0 into 0, which `toEqual` would tell apart. */
function rounded(A: Matrix, digits: number): Rows {
  return A.to2DArray().map((row) => row.map((entry) => Number(entry.toFixed(digits)) + 0));
}

describe("every fixture", () => {
  test.each(fixtures)("$name names its source", ({ fixture }) => {
    expect(fixture.source.what.length).toBeGreaterThan(20);
  });

  test("the kinds and keep_prob that the grader is tried on are all there", () => {
    expect(new Set(fixtures.map(({ fixture }) => fixture.kind)).size).toBe(5);
    const seeded = networkCases.filter(({ name }) => name.startsWith("seeded-"));
    expect(new Set(seeded.map(({ fixture }) => fixture.keep_prob))).toEqual(
      new Set([0.3, 0.6, 0.8, 0.86, 1]),
    );
  });

  test.each(networkCases)("$name has the sizes that it says", ({ fixture }) => {
    const { sizes, m, X, Y, parameters, uniform } = fixture;
    const [n_x, n1, n2, n3] = sizes;
    const shape = (rows: Rows) => [rows.length, rows[0]?.length];
    expect([X, Y].map(shape)).toEqual([
      [n_x, m],
      [n3, m],
    ]);
    const { W1, b1, W2, b2, W3, b3 } = parameters;
    expect([W1, b1, W2, b2, W3, b3].map(shape)).toEqual([
      [n1, n_x],
      [n1, 1],
      [n2, n1],
      [n2, 1],
      [n3, n2],
      [n3, 1],
    ]);
    expect(uniform).toHaveLength((n1 + n2) * m);
  });
});

describe("NumPy's generator", () => {
  test.each(onlyFixture("numpy-streams").streams)("seed $seed", ({ seed, rand, randn }) => {
    const uniform = numpyRandom(seed);
    expect(rand.map(() => uniform.rand())).toEqual(rand);
    const normal = numpyRandom(seed);
    for (const value of randn) {
      // Two units in the last place: V8 and the C library round the logarithm differently.
      expect(Math.abs(normal.randn() - value) / Math.abs(value)).toBeLessThanOrEqual(2 ** -51);
    }
  });
});

describe("the published numbers, from the reference solution", () => {
  test("forward", () => {
    const { X, parameters, keep_prob, uniform, digits, published } =
      onlyFixture("published-forward");
    const rng = replay(uniform);
    const { A3, cache } = forward_propagation_with_dropout(
      new Matrix(X),
      matrices(parameters),
      keep_prob,
      rng,
    );
    const actual = Object.entries(cache).map(([key, A]) => [key, rounded(A, digits)]);
    expect(Object.fromEntries(actual)).toEqual(published.cache);
    expect(rounded(A3, digits)).toEqual(published.cache.A3);
  });

  test("forward's inputs and draws are NumPy's with seed 1", () => {
    const { X, parameters, uniform } = onlyFixture("published-forward");
    const { W1, b1, W2, b2, W3, b3 } = parameters;
    const { randn } = numpyRandom(1);
    for (const value of [X, W1, b1, W2, b2, W3, b3].flat(2)) expect(randn()).toBeCloseTo(value, 14);
    const { rand } = numpyRandom(1);
    expect(uniform.map(() => rand())).toEqual(uniform);
  });

  test("backward", () => {
    const { X, Y, cache, keep_prob, digits, published } = onlyFixture("published-backward");
    const gradients = backward_propagation_with_dropout(
      new Matrix(X),
      new Matrix(Y),
      matrices(cache),
      keep_prob,
    );
    const actual = Object.entries(gradients).map(([key, A]) => [key, rounded(A, digits)]);
    expect(Object.fromEntries(actual)).toEqual(published.gradients);
  });

  test("norms", () => {
    const { A, keep_prob, norm, norm_scaled } = onlyFixture("norms");
    const matrix = new Matrix(A);
    expect(matrix.norm("frobenius")).toBeCloseTo(norm, 14);
    expect(Matrix.div(matrix, keep_prob).norm("frobenius")).toBeCloseTo(norm_scaled, 14);
  });
});

describe("npm run fixtures", () => {
  const check = (dir: string) =>
    spawnSync(process.execPath, [SCRIPT, "--check", "--dir", dir], { encoding: "utf8" });

  function copyOfFixtures(): string {
    const dir = mkdtempSync(join(tmpdir(), "fixtures-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    cpSync(FIXTURES_DIR, dir, { recursive: true });
    return dir;
  }

  const seeded = fixtures.map(({ name }) => name).filter((name) => name.startsWith("seeded-"));

  test("--check passes on what is committed", () => {
    const { status, stderr } = check(FIXTURES_DIR);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("--check names the file and line that differ, a missing file and one left over", () => {
    const dir = copyOfFixtures();
    const [changed = "", missing = ""] = seeded;
    const text = readFileSync(join(dir, changed), "utf8");
    writeFileSync(join(dir, changed), text.replace(/"m": \d+/, '"m": 99'));
    rmSync(join(dir, missing));
    writeFileSync(join(dir, "seeded-old.json"), "{}\n");
    const { status, stderr } = check(dir);
    expect(status).toBe(1);
    expect(stderr).toContain(`fixtures/${changed} differs from what the script computes`);
    expect(stderr).toMatch(/first in line \d+\./);
    expect(stderr).toContain(`fixtures/${missing} is missing.`);
    expect(stderr).toContain("fixtures/seeded-old.json is made by no recipe");
  });
});
