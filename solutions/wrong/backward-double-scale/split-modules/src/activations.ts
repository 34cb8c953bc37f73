import { Matrix } from "ml-matrix";

export function relu(Z: Matrix): Matrix {
  return new Matrix(Z.to2DArray().map((row) => row.map((z) => Math.max(0, z))));
}

export function reluGradient(Z: Matrix): Matrix {
  return new Matrix(Z.to2DArray().map((row) => row.map((z) => (z > 0 ? 1 : 0))));
}

export function sigmoid(Z: Matrix): Matrix {
  return new Matrix(Z.to2DArray().map((row) => row.map((z) => 1 / (1 + Math.exp(-z)))));
}
