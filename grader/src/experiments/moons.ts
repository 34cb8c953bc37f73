import * as B from "../assignment/block.ts";
import type { Block } from "../model/observation.ts";
import { normal } from "./network.ts";
import type { Random } from "./network.ts";

/** Points in the plane, one a column, and the class of each. */
export interface Points {
  X: Block;
  Y: Block;
}

const NOISE = 0.35;

/** Two half moons that reach into each other, blurred so that no line between them is perfect. */
export function twoMoons(random: Random, count: number): Points {
  const points = Array.from({ length: count }, (_, k) => {
    const label = k % 2;
    const angle = Math.PI * random();
    const [x, y] =
      label === 0
        ? [Math.cos(angle), Math.sin(angle)]
        : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return { label, at: [x - 0.5 + NOISE * normal(random), y - 0.25 + NOISE * normal(random)] };
  });
  return {
    X: B.block(2, count, (i, j) => points[j]?.at[i] ?? Number.NaN),
    Y: B.block(1, count, (_, j) => points[j]?.label ?? Number.NaN),
  };
}

/** The points as rows for a chart. */
export function rowsOf({ X, Y }: Points): { x: number; y: number; label: string }[] {
  return Array.from({ length: X.cols }, (_, j) => ({
    ...{ x: B.at(X, 0, j), y: B.at(X, 1, j) },
    label: `class ${B.at(Y, 0, j)}`,
  }));
}
