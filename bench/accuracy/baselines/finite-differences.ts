/** A gradient check, as courses teach it: the program's backward against its own forward. */

import { Matrix } from "ml-matrix";
import { map, randomNetwork, type Network, type Parameters } from "../oracle/network.ts";
import { asMatrices } from "../oracle/run-forward.ts";
import { seeded } from "../random.ts";
import type { Instance } from "../run/instance.ts";
import { property, readRows } from "../run/values.ts";

const STEP = 1e-4;
const KEEP_PROB = 0.7;
/** Of the size of both gradients; wide enough for single precision. */
const SLACK = 1e-2;

/** The same draws for each run, so that the cost is smooth. @throws where the program does */
export function finiteDifferences(instance: Instance): boolean {
  const network = randomNetwork(seeded("gradient check"), { nx: 3, n1: 4, n2: 5, m: 6 });
  const { value } = forward(instance, network);
  const args = [new Matrix(network.X), new Matrix(network.Y), property(value, "cache"), KEEP_PROB];
  const grads = instance.call("backward_propagation_with_dropout", args).value;
  let [difference, size] = [0, 0];
  for (const key of ["W1", "b1", "W2", "b2", "W3", "b3"] as const) {
    const rows = network.parameters[key];
    const own = readRows(property(grads, `d${key}`), rows.length, rows[0]?.length ?? 0);
    if (own === undefined) return false;
    const slopes = map(rows, (_, i, j) => slope(instance, network, { key, i, j }));
    difference += sum(own, (x, i, j) => (x - (slopes[i]?.[j] ?? Number.NaN)) ** 2);
    size += sum(own, (x) => x ** 2) + sum(slopes, (x) => x ** 2);
  }
  return Math.sqrt(difference) <= SLACK * Math.sqrt(size);
}

const sum = (rows: number[][], of: (x: number, i: number, j: number) => number): number =>
  map(rows, of)
    .flat()
    .reduce((total, x) => total + x, 0);

interface Entry {
  key: keyof Parameters;
  i: number;
  j: number;
}

function slope(instance: Instance, network: Network, { key, i, j }: Entry): number {
  const cost = (step: number) => {
    const moved = map(network.parameters[key], (x, row, column) =>
      row === i && column === j ? x + step : x,
    );
    const parameters = { ...network.parameters, [key]: moved };
    return costOf(instance, { ...network, parameters });
  };
  return (cost(STEP) - cost(-STEP)) / (2 * STEP);
}

function costOf(instance: Instance, network: Network): number {
  const { m } = network.sizes;
  const A3 = readRows(property(forward(instance, network).value, "A3"), 1, m)?.flat() ?? [];
  const labels = network.Y.flat();
  const losses = labels.map((y, k) => {
    const a = A3[k] ?? Number.NaN;
    return -(y * Math.log(a) + (1 - y) * Math.log(1 - a));
  });
  return losses.reduce((total, loss) => total + loss, 0) / m;
}

const forward = (instance: Instance, { X, parameters }: Network) =>
  instance.call("forward_propagation_with_dropout", [
    new Matrix(X),
    asMatrices(parameters),
    KEEP_PROB,
    seeded("gradient check's draws"),
  ]);
