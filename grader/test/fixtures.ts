import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Matrix } from "ml-matrix";
import { fixtureSchema, type Fixture } from "../src/model/fixture.ts";

/** The folder of the public, fixed numbers. */
export const FIXTURES_DIR = fileURLToPath(new URL("../../fixtures/", import.meta.url));

export const fixtures = readdirSync(FIXTURES_DIR)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, fixture: readFixture(name) }));

/** The cases that give a whole network, with all that follows from it. */
export const networkCases = fixtures.flatMap(({ name, fixture }) =>
  fixture.kind === "network-case" ? [{ name, fixture }] : [],
);

function readFixture(name: string): Fixture {
  return fixtureSchema.parse(JSON.parse(readFileSync(join(FIXTURES_DIR, name), "utf8")));
}

/** The one fixture of its kind. */
export function onlyFixture<Kind extends Fixture["kind"]>(
  kind: Kind,
): Extract<Fixture, { kind: Kind }> {
  const found = fixtures.flatMap(({ fixture }) => (isOfKind(fixture, kind) ? [fixture] : []));
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) {
    throw new Error(`${found.length} fixtures of kind ${kind}, where one is wanted`);
  }
  return only;
}

function isOfKind<Kind extends Fixture["kind"]>(
  fixture: Fixture,
  kind: Kind,
): fixture is Extract<Fixture, { kind: Kind }> {
  return fixture.kind === kind;
}

/** The same keys, each value a Matrix. */
export function matrices<Key extends string>(record: Record<Key, number[][]>): Record<Key, Matrix> {
  const entries = Object.entries<number[][]>(record).map(([key, rows]) => [key, new Matrix(rows)]);
  // Object.fromEntries forgets the keys it was given.
  return Object.fromEntries(entries) as Record<Key, Matrix>;
}

/** A random source that gives these numbers in order and refuses to give more. */
export function replay(draws: readonly number[]): () => number {
  let next = 0;
  return () => {
    const draw = draws[next++];
    if (draw === undefined) throw new Error(`more than the ${draws.length} draws of the fixture`);
    return draw;
  };
}
