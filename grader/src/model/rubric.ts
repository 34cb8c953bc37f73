export const CHECK_IDS = [
  "forward.mask",
  "forward.applied",
  "forward.scaled",
  "forward.network",
  "backward.mask-reuse",
  "backward.scaled",
  "backward.gradients",
  "predict.no-dropout",
  "predict.labels",
] as const;

export type CheckId = (typeof CHECK_IDS)[number];
