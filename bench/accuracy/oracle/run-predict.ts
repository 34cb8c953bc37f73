import { Matrix } from "ml-matrix";
import type { Instance } from "../run/instance.ts";
import { seeded, type Random } from "../random.ts";
import { readRows } from "../run/values.ts";
import { snapshot, Wrong } from "./compare.ts";
import { map, plain, randomNetwork, type Network } from "./network.ts";
import { asMatrices } from "./run-forward.ts";

/** @throws Wrong unless the labels are those of the network without dropout, each time */
export function checkPredict(instance: Instance): void {
  const random = seeded("predict");
  for (let k = 0; k < 12; k++)
    checkLabels(instance, randomNetwork(random, { nx: 3, n1: 6, n2: 5, m: 9 }));
  for (let k = 0; k < 40; k++) checkLabels(instance, nearBoundary(random));
}

/** One example whose output lies just above or just below 0.5. */
function nearBoundary(random: Random): Network {
  const network = randomNetwork(random, { nx: 3, n1: 5, n2: 4, m: 1 });
  const target = (random() < 0.5 ? -1 : 1) * (0.01 + 0.05 * random());
  const shift = target - (plain(network).Z3[0]?.[0] ?? 0);
  const b3 = map(network.parameters.b3, (b) => b + shift);
  return { ...network, parameters: { ...network.parameters, b3 } };
}

function checkLabels(instance: Instance, network: Network): void {
  const expected = plain(network)
    .A3.flat()
    .map((a) => Number(a > 0.5));
  for (let time = 0; time < 2; time++) {
    const args = [new Matrix(network.X), asMatrices(network.parameters)];
    const before = snapshot(args);
    const { value } = instance.call("predict", args);
    if (snapshot(args) !== before) throw new Wrong("predict changes its arguments");
    const labels = readRows(value, 1, expected.length)?.flat();
    if (labels?.some((label, j) => label !== expected[j]) ?? true) throw new Wrong("labels");
  }
}
