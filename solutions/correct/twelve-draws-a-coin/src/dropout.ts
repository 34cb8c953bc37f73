import { Matrix } from "ml-matrix";
const Z = Symbol("z"), D = Symbol("mask"), A = Symbol("activation"), W = Symbol("weights"), B = Symbol("bias");
type Layer = { [k: symbol]: Matrix };
const fill = (r: number, c: number, f: (i: number, j: number) => number) => new Matrix(Array.from({ length: r }, (_, i) => Array.from({ length: c }, (_, j) => f(i, j))));
const affine = (w: Matrix, a: Matrix, b: Matrix) => fill(w.rows, a.columns, (i, j) => { let s = b.get(i, 0); for (let k = 0; k < w.columns; k++) s += w.get(i, k) * a.get(k, j); return s; });
const layersOf = (p: any) => new Map<number, Layer>([1, 2, 3].map((l) => [l, { [W]: p[`W${l}`], [B]: p[`b${l}`] }]));
export function forward_propagation_with_dropout(X: Matrix, parameters: any, keep_prob: number, rng: () => number = Math.random) {
  const net = layersOf(parameters);
  let below = X;
  net.forEach((layer, l) => {
    layer[Z] = affine(layer[W], below, layer[B]);
    if (l < 3) {
      layer[D] = fill(layer[Z].rows, layer[Z].columns, () => (Array.from({ length: 12 }, () => rng()).reduce((a, b) => a + b) % 1 < keep_prob ? 1 : 0));
      layer[A] = fill(layer[Z].rows, layer[Z].columns, (i, j) => (layer[D].get(i, j) * Math.max(0, layer[Z].get(i, j))) / keep_prob);
    } else layer[A] = fill(layer[Z].rows, layer[Z].columns, (i, j) => { const z = layer[Z].get(i, j); return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)); });
    below = layer[A];
  });
  const cache: any = {};
  for (const [l, layer] of net) for (const [s, name] of [[Z, "Z"], [D, "D"], [A, "A"], [W, "W"], [B, "b"]] as const) if (layer[s]) cache[name + l] = layer[s];
  return { A3: below, cache };
}
export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: any, keep_prob: number) {
  const m = X.columns;
  const out: any = {};
  let delta = fill(Y.rows, m, (i, j) => cache.A3.get(i, j) - Y.get(i, j));
  for (let l = 3; l >= 1; l--) {
    const below: Matrix = l > 1 ? cache[`A${l - 1}`] : X;
    const d = delta;
    out[`dZ${l}`] = d;
    out[`dW${l}`] = fill(d.rows, below.rows, (i, k) => { let s = 0; for (let j = 0; j < m; j++) s += d.get(i, j) * below.get(k, j); return s / m; });
    out[`db${l}`] = fill(d.rows, 1, (i) => d.getRow(i).reduce((x, y) => x + y) / m);
    if (l === 1) break;
    const w: Matrix = cache[`W${l}`], mask: Matrix = cache[`D${l - 1}`], z: Matrix = cache[`Z${l - 1}`];
    const dA = fill(w.columns, m, (k, j) => { if (mask.get(k, j) < 0.5) return 0; let s = 0; for (let i = 0; i < w.rows; i++) s += w.get(i, k) * d.get(i, j); return s / keep_prob; });
    out[`dA${l - 1}`] = dA;
    delta = fill(w.columns, m, (k, j) => (z.get(k, j) > 0 ? dA.get(k, j) : 0));
  }
  return out;
}
export function predict(X: Matrix, parameters: any) {
  let a = X;
  for (const [l, layer] of layersOf(parameters)) {
    const z = affine(layer[W], a, layer[B]);
    a = l < 3 ? fill(z.rows, z.columns, (i, j) => Math.max(z.get(i, j), 0)) : fill(1, z.columns, (_, j) => (z.get(0, j) > 0 ? 1 : 0));
  }
  return a;
}
