import { rubric } from "dropout-grader/vitest";
import { Matrix } from "ml-matrix";

// The rubric, one test for each check, run on your own code: breakpoints and console.log work.
rubric({
  folder: new URL("..", import.meta.url),
  load: () => import("../src/dropout.ts"),
  Matrix,
});
