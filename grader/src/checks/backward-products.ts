import * as B from "../assignment/block.ts";
import type { Symptom } from "../model/diagnosis.ts";
import type { BackwardMeasure, BackwardSummary } from "../model/measurement.ts";
import type { Block } from "../model/observation.ts";
import { asFound, BACKWARD, holdsMean, usable } from "./backward-common.ts";

/** dW and db that are not what the student's own dZ gives. */
export function products(b: BackwardSummary): Symptom[] {
  // With one unit in the output layer, db3 shows less than db2 and db1.
  return [...wrongProducts(b, ["dW3", "dW2", "dW1"]), ...wrongProducts(b, ["db2", "db1", "db3"])];
}

type ProductName = keyof BackwardMeasure["gradients"];

const isOff = (m: BackwardMeasure, name: ProductName) =>
  !["right", "missing"].includes(m.gradients[name].state);

/** No two sizes agree: a shape says what it is made from. */
const isTelling = ({ nx, n1, n2, m }: BackwardMeasure) => new Set([nx, n1, n2, m, 1]).size === 5;

function wrongProducts(b: BackwardSummary, names: readonly ProductName[]): Symptom[] {
  return names.flatMap((name) => {
    const off = usable(b).filter((x) => isOff(x, name));
    const misshapen = off.filter((x) => x.gradients[name].state === "wrong-shape");
    const m = misshapen.find(isTelling) ?? misshapen[0] ?? off[0];
    if (!m) return [];
    const layer = name.slice(2);
    const product = name.startsWith("dW")
      ? `dZ${layer}·A${Number(layer) - 1}ᵀ`.replace("A0", "X")
      : `row sums of dZ${layer}`;
    const expected = holdsMean(m) ? product : `${product} / m`;
    const already = holdsMean(m) ? " `dZ3` holds 1/m already." : "";
    // A helper may make the same mistake for every layer.
    const others = names.filter((other) => other !== name && isOff(m, other));
    const alike = others.flatMap((other) => m.own[other] ?? []);
    const spoilt = [name, ...others].flatMap((n) => spoiltBias(m, n));
    const own = m.own[name];
    return [
      {
        key: name.startsWith("dW") ? "backward.gradients/weights" : "backward.gradients/biases",
        what: `\`${name}\` is ${asFound(m.gradients[name], expected)}, with m = ${m.m}.${already}`,
        culprit: {
          fn: BACKWARD,
          call: m.id,
          clues: [
            { kind: "value", values: spoilt, alike: spoilt },
            { kind: "value", values: own ? [own] : [], alike },
          ],
        },
      } satisfies Symptom,
    ];
  });
}

/** A bias that is no multiple of the right one, and the sum that it was made from. */
function spoiltBias({ own, gradients, m }: BackwardMeasure, name: ProductName): Block[] {
  const db = own[name];
  if (!db || !name.startsWith("db") || gradients[name].state === "multiple") return [];
  const dZ = own[`dZ${name.slice(2)}`];
  const isInput = (sum: Block) =>
    dZ !== undefined && B.close({ ...sum, rows: dZ.rows, cols: dZ.cols }, dZ);
  return [db, B.scaled(db, m)].filter((each) => !isInput(each));
}
