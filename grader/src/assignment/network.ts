/**
 * The reference network of the assignment, LINEAR → ReLU → dropout → LINEAR → ReLU → dropout →
 * LINEAR → sigmoid, with inverted dropout. Every example is a column.
 */

import type { Block } from "../model/observation.ts";
import * as B from "./block.ts";

/** `W1 (n1, n_x)`, `b1 (n1, 1)`, `W2 (n2, n1)`, `b2 (n2, 1)`, `W3 (n3, n2)`, `b3 (n3, 1)`. */
export type Parameters = Record<"W1" | "b1" | "W2" | "b2" | "W3" | "b3", Block>;

export const PARAMETER_NAMES = ["W1", "b1", "W2", "b2", "W3", "b3"] as const;

export const CACHE_NAMES = [
  ...["Z1", "D1", "A1", "W1", "b1"],
  ...["Z2", "D2", "A2", "W2", "b2"],
  ...["Z3", "A3", "W3", "b3"],
] as const;

export const GRADIENT_NAMES = [
  "dZ3",
  "dW3",
  "db3",
  "dA2",
  "dZ2",
  "dW2",
  "db2",
  "dA1",
  "dZ1",
  "dW1",
  "db1",
] as const;

export type GradientName = (typeof GRADIENT_NAMES)[number];

export interface Shape {
  nx: number;
  n1: number;
  n2: number;
  n3: number;
  m: number;
}

/** The plain network: no mask, no scale. */
export function plainForward(
  X: Block,
  p: Parameters,
): Record<"Z1" | "A1" | "Z2" | "A2" | "Z3" | "A3", Block> {
  const Z1 = B.linear(p.W1, X, p.b1);
  const A1 = B.relu(Z1);
  const Z2 = B.linear(p.W2, A1, p.b2);
  const A2 = B.relu(Z2);
  const Z3 = B.linear(p.W3, A2, p.b3);
  return { Z1, A1, Z2, A2, Z3, A3: B.sigmoid(Z3) };
}

/** The shape of each key of the cache, as [rows, columns]. */
export function cacheShape(key: string, { nx, n1, n2, n3, m }: Shape): [number, number] {
  const n = key.endsWith("1") ? n1 : key.endsWith("2") ? n2 : n3;
  const before = key.endsWith("1") ? nx : key.endsWith("2") ? n1 : n2;
  if (key.startsWith("W")) return [n, before];
  return key.startsWith("b") ? [n, 1] : [n, m];
}

/** The shape of each gradient, which is that of what it is the gradient of. */
export function gradientShape(name: string, shape: Shape): [number, number] {
  return cacheShape(name.slice(1), shape);
}
