export { forwardPass as forward_propagation_with_dropout } from "./forward.js";
export { default as backward_propagation_with_dropout } from "./backward.js";
export * from "./inference.js";
