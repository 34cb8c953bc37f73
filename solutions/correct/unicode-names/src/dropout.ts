import { Matrix } from "ml-matrix";

// σ sigmoïde, ρ = probabilité de garder, μ = masque, ∂ s'écrit d

type Réseau = { W1: Matrix; b1: Matrix; W2: Matrix; b2: Matrix; W3: Matrix; b3: Matrix };
type Mémoire = Réseau & { Z1: Matrix; D1: Matrix; A1: Matrix; Z2: Matrix; D2: Matrix; A2: Matrix; Z3: Matrix; A3: Matrix };

const σ = (ζ: number): number => 1 / (1 + Math.exp(-ζ));
const ReLU = (ζ: number): number => (ζ > 0 ? ζ : 0);
const θ = (ζ: number): number => (ζ > 0 ? 1 : 0); // échelon de Heaviside

const appliquer = (ƒ: (ζ: number) => number, Ζ: Matrix): Matrix =>
  new Matrix(Ζ.to2DArray().map((ligne) => ligne.map((ζ) => ƒ(ζ))));

const Σ = (M: Matrix): Matrix => Matrix.columnVector(M.sum("row"));

function tirerMasque(unités: number, exemples: number, ρ: number, hasard: () => number): Matrix {
  const μ = Matrix.zeros(unités, exemples);
  for (let é = 0; é < exemples; é++) {
    for (let ü = 0; ü < unités; ü++) {
      μ.set(ü, é, hasard() < ρ ? 1 : 0);
    }
  }
  return μ;
}

export function forward_propagation_with_dropout(X: Matrix, paramètres: Réseau, ρ: number, hasard: () => number = Math.random): { A3: Matrix; cache: Mémoire } {
  const { W1, b1, W2, b2, W3, b3 } = paramètres;
  const нейроны = [W1.rows, W2.rows];

  const Z1 = W1.mmul(X).addColumnVector(b1);
  const D1 = tirerMasque(нейроны[0], X.columns, ρ, hasard);
  const A1 = appliquer(ReLU, Z1).mul(D1).div(ρ);

  const Z2 = W2.mmul(A1).addColumnVector(b2);
  const D2 = tirerMasque(нейроны[1], X.columns, ρ, hasard);
  const A2 = appliquer(ReLU, Z2).mul(D2).div(ρ);

  const Z3 = W3.mmul(A2).addColumnVector(b3);
  const A3 = appliquer(σ, Z3);
  return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } };
}

export function backward_propagation_with_dropout(X: Matrix, Y: Matrix, mémoire: Mémoire, ρ: number) {
  const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = mémoire;
  const 米 = X.columns;

  const δ3 = Matrix.sub(A3, Y);
  const α2 = W3.transpose().mmul(δ3).mul(D2).div(ρ);
  const δ2 = Matrix.mul(α2, appliquer(θ, Z2));
  const α1 = W2.transpose().mmul(δ2).mul(D1).div(ρ);
  const δ1 = Matrix.mul(α1, appliquer(θ, Z1));

  return {
    dZ3: δ3, dW3: δ3.mmul(A2.transpose()).div(米), db3: Σ(δ3).div(米),
    dA2: α2, dZ2: δ2, dW2: δ2.mmul(A1.transpose()).div(米), db2: Σ(δ2).div(米),
    dA1: α1, dZ1: δ1, dW1: δ1.mmul(X.transpose()).div(米), db1: Σ(δ1).div(米),
  };
}

/** Étiquettes : 1 là où σ(Z3) > ½. 😀 */
export function predict(X: Matrix, paramètres: Réseau): Matrix {
  const { W1, b1, W2, b2, W3, b3 } = paramètres;
  const a1 = appliquer(ReLU, W1.mmul(X).addColumnVector(b1));
  const a2 = appliquer(ReLU, W2.mmul(a1).addColumnVector(b2));
  const a3 = appliquer(σ, W3.mmul(a2).addColumnVector(b3));
  return appliquer((p) => (p > 1 / 2 ? 1 : 0), a3);
}
