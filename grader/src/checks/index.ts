import type { Check } from "./define.ts";
import { backwardGradients } from "./backward-gradients.ts";
import { backwardMaskReuse } from "./backward-mask-reuse.ts";
import { backwardScaled } from "./backward-scaled.ts";
import { forwardApplied } from "./forward-applied.ts";
import { forwardMask } from "./forward-mask.ts";
import { forwardNetwork } from "./forward-network.ts";
import { forwardScaled } from "./forward-scaled.ts";
import { predictLabels } from "./predict-labels.ts";
import { predictNoDropout } from "./predict-no-dropout.ts";

/** The nine checks of the rubric, in its order. */
export const CHECKS: readonly Check[] = [
  forwardMask,
  forwardApplied,
  forwardScaled,
  forwardNetwork,
  backwardMaskReuse,
  backwardScaled,
  backwardGradients,
  predictNoDropout,
  predictLabels,
];
