import { Matrix } from 'ml-matrix'

const relu = z => z > 0 ? z : 0
const dRelu = z => z > 0 ? 1 : 0
const sigmoid = z => 1 / (1 + Math.exp(-z))

function map (M, fn) {
	const R = new Matrix(M.rows, M.columns)
	for (let r = 0; r < M.rows; r++) {
		for (let c = 0; c < M.columns; c++) {
			R.set(r, c, fn(M.get(r, c)))
		}
	}
	return R
}

export function forward_propagation_with_dropout (X, parameters, keep_prob, rng = Math.random) {
	const { W1, b1, W2, b2, W3, b3 } = parameters

	const Z1 = W1.mmul(X).addColumnVector(b1)
	const D1 = map(Z1, () => rng() < keep_prob ? 1 : 0)
	const A1 = map(Z1, relu).mul(D1).div(keep_prob)

	const Z2 = W2.mmul(A1).addColumnVector(b2)
	const D2 = map(Z2, () => rng() < keep_prob ? 1 : 0)
	const A2 = map(Z2, relu).mul(D2).div(keep_prob)

	const Z3 = W3.mmul(A2).addColumnVector(b3)
	const A3 = map(Z3, sigmoid)

	return { A3, cache: { Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 } }
}

export function backward_propagation_with_dropout (X, Y, cache, keep_prob) {
	const m = X.columns
	const { Z1, D1, A1, Z2, D2, A2, W2, A3, W3 } = cache

	const dZ3 = Matrix.sub(A3, Y)
	const dW3 = dZ3.mmul(A2.transpose()).div(m)
	const db3 = Matrix.columnVector(dZ3.sum('row')).div(m)

	const dA2 = W3.transpose().mmul(dZ3).mul(D2).div(keep_prob)
	const dZ2 = Matrix.mul(dA2, map(Z2, dRelu))
	const dW2 = dZ2.mmul(A1.transpose()).div(m)
	const db2 = Matrix.columnVector(dZ2.sum('row')).div(m)

	const dA1 = W2.transpose().mmul(dZ2).mul(D1).div(keep_prob)
	const dZ1 = Matrix.mul(dA1, map(Z1, dRelu))
	const dW1 = dZ1.mmul(X.transpose()).div(m)
	const db1 = Matrix.columnVector(dZ1.sum('row')).div(m)

	return { dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1 }
}

export function predict (X, parameters) {
	const { W1, b1, W2, b2, W3, b3 } = parameters
	const A1 = map(W1.mmul(X).addColumnVector(b1), relu)
	const A2 = map(W2.mmul(A1).addColumnVector(b2), relu)
	const A3 = map(W3.mmul(A2).addColumnVector(b3), sigmoid)
	return map(A3, p => p > 0.5 ? 1 : 0)
}
