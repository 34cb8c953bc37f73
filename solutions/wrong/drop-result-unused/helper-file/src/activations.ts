import { Matrix } from "ml-matrix";

/** Calls f on every entry and returns a new matrix. */
export function mapMatrix(M: Matrix, f: (value: number) => number): Matrix {
	return new Matrix(M.to2DArray().map((row) => row.map(f)));
}

export const relu = (Z: Matrix): Matrix => mapMatrix(Z, (z) => (z > 0 ? z : 0));

export const reluPrime = (Z: Matrix): Matrix => mapMatrix(Z, (z) => (z > 0 ? 1 : 0));

export const sigmoid = (Z: Matrix): Matrix => mapMatrix(Z, (z) => 1 / (1 + Math.exp(-z)));
