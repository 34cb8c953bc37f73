import { Matrix } from 'ml-matrix';
import {
  dropoutBackward,
  dropoutForward,
  linearBackward,
  linearForward,
  reluBackward,
  reluForward,
} from './layers';
import type { Random } from './layers';
import { logistic, map } from './math';

type Parameters = Record<'W1' | 'b1' | 'W2' | 'b2' | 'W3' | 'b3', Matrix>;
type Cache = Parameters & Record<'Z1' | 'D1' | 'A1' | 'Z2' | 'D2' | 'A2' | 'Z3' | 'A3', Matrix>;

export function forward_propagation_with_dropout(
  X: Matrix,
  parameters: Parameters,
  keep_prob: number,
  rng: Random = Math.random,
): { A3: Matrix; cache: Cache } {
  const p = parameters;
  const Z1 = linearForward(X, p.W1, p.b1);
  const first = dropoutForward(reluForward(Z1), keep_prob, rng);
  const Z2 = linearForward(first.out, p.W2, p.b2);
  const second = { out: reluForward(Z2), D: map(Z2, () => 1) }; // the small layer keeps all
  const Z3 = linearForward(second.out, p.W3, p.b3);
  const A3 = map(Z3, logistic);
  const cache = { ...p, Z1, D1: first.D, A1: first.out, Z2, D2: second.D, A2: second.out, Z3, A3 };
  return { A3, cache };
}

export function backward_propagation_with_dropout(
  X: Matrix,
  Y: Matrix,
  cache: Cache,
  keep_prob: number,
) {
  const { W2, W3 } = cache;

  const dZ3 = Matrix.sub(cache.A3, Y);
  const layer3 = linearBackward(dZ3, cache.A2);

  const dA2 = dropoutBackward(W3.transpose().mmul(dZ3), cache.D2, keep_prob);
  const dZ2 = reluBackward(dA2, cache.Z2);
  const layer2 = linearBackward(dZ2, cache.A1);

  const dA1 = dropoutBackward(W2.transpose().mmul(dZ2), cache.D1, keep_prob);
  const dZ1 = reluBackward(dA1, cache.Z1);
  const layer1 = linearBackward(dZ1, X);

  return {
    dZ3,
    dW3: layer3.dW,
    db3: layer3.db,
    dA2,
    dZ2,
    dW2: layer2.dW,
    db2: layer2.db,
    dA1,
    dZ1,
    dW1: layer1.dW,
    db1: layer1.db,
  };
}

export function predict(X: Matrix, parameters: Parameters, drop_prob = 0.2): Matrix {
  const p = parameters;
  const A1 = Matrix.mul(reluForward(linearForward(X, p.W1, p.b1)), drop_prob);
  const A2 = Matrix.mul(reluForward(linearForward(A1, p.W2, p.b2)), drop_prob);
  const A3 = map(linearForward(A2, p.W3, p.b3), logistic);
  return map(A3, (a) => (a > 0.5 ? 1 : 0));
}
