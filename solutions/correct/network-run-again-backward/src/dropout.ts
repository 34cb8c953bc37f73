// A tape: every operation notes down how its gradient goes back. Backward runs the network once
// more from X, with the masks of the cache, and plays the tape from its end.
import { Matrix } from "ml-matrix";

type Rng = () => number;
type Parameters = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Cache = Parameters & {
  Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix;
};

class Tape {
  private readonly steps: (() => void)[] = [];

  linear(W: Slot, A: Slot, b: Slot): Slot {
    const out = new Slot(W.value.mmul(A.value).addColumnVector(b.value));
    this.steps.push(() => {
      W.take(out.grad.mmul(A.value.transpose()));
      A.take(W.value.transpose().mmul(out.grad));
      b.take(Matrix.columnVector(out.grad.sum("row")));
    });
    return out;
  }

  relu(Z: Slot): Slot {
    const open = each(Z.value, (z) => (z > 0 ? 1 : 0));
    return this.times(Z, open);
  }

  times(A: Slot, factor: Matrix): Slot {
    const out = new Slot(Matrix.mul(A.value, factor));
    this.steps.push(() => A.take(Matrix.mul(out.grad, factor)));
    return out;
  }

  play(): void {
    while (this.steps.length > 0) this.steps.pop()!();
  }
}

class Slot {
  grad: Matrix;
  constructor(readonly value: Matrix) {
    this.grad = Matrix.zeros(value.rows, value.columns);
  }
  take(more: Matrix): void {
    this.grad.add(more);
  }
}

function each(M: Matrix, f: (x: number) => number): Matrix {
  return new Matrix(M.to2DArray().map((row) => row.map(f)));
}

function run(X: Matrix, p: Parameters, masks: readonly [Matrix, Matrix], keep_prob: number) {
  const tape = new Tape();
  const x = new Slot(X);
  const w = {
    W1: new Slot(p.W1), b1: new Slot(p.b1),
    W2: new Slot(p.W2), b2: new Slot(p.b2),
    W3: new Slot(p.W3), b3: new Slot(p.b3),
  };
  const [k1, k2] = masks.map((D) => Matrix.div(D, keep_prob)) as [Matrix, Matrix];
  const z1 = tape.linear(w.W1, x, w.b1);
  const r1 = tape.relu(z1);
  const a1 = tape.times(r1, k1);
  const z2 = tape.linear(w.W2, a1, w.b2);
  const r2 = tape.relu(z2);
  const a2 = tape.times(r2, k2);
  const z3 = tape.linear(w.W3, a2, w.b3);
  const A3 = each(z3.value, (z) => 1 / (1 + Math.exp(-z)));
  return { tape, w, z1, r1, a1, z2, r2, a2, z3, A3 };
}

export function forward_propagation_with_dropout(
  X: Matrix, parameters: Parameters, keep_prob: number, rng: Rng = Math.random,
): { A3: Matrix; cache: Cache } {
  const coins = (n: number) => each(Matrix.zeros(n, X.columns), () => (rng() < keep_prob ? 1 : 0));
  const D1 = coins(parameters.W1.rows);
  const D2 = coins(parameters.W2.rows);
  const { z1, a1, z2, a2, z3, A3 } = run(X, parameters, [D1, D2], keep_prob);
  const { W1, b1, W2, b2, W3, b3 } = parameters;
  return {
    A3,
    cache: {
      Z1: z1.value, D1, A1: a1.value, W1, b1,
      Z2: z2.value, D2, A2: a2.value, W2, b2,
      Z3: z3.value, A3, W3, b3,
    },
  };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, cache: Cache, keep_prob: number) {
  const { tape, w, z1, r1, z2, r2, z3, A3 } = run(X, cache, [cache.D1, cache.D2], keep_prob);
  z3.take(Matrix.sub(A3, Y));
  tape.play();
  const mean = (slot: Slot) => Matrix.div(slot.grad, X.columns);
  return {
    dZ3: z3.grad, dW3: mean(w.W3), db3: mean(w.b3),
    dA2: r2.grad, dZ2: z2.grad, dW2: mean(w.W2), db2: mean(w.b2),
    dA1: r1.grad, dZ1: z1.grad, dW1: mean(w.W1), db1: mean(w.b1),
  };
}

export function predict(X: Matrix, parameters: Parameters): Matrix {
  const nobody = [parameters.W1, parameters.W2].map((W) => Matrix.ones(W.rows, X.columns));
  const { A3 } = run(X, parameters, nobody as [Matrix, Matrix], 1);
  return each(A3, (a) => (a > 0.5 ? 1 : 0));
}
