import { backwardDA1FromDA2 } from "./entries/backward-dA1-from-dA2.ts";
import { backwardDWFromUndroppedA } from "./entries/backward-dW-from-undropped-A.ts";
import { backwardDbShape } from "./entries/backward-db-shape.ts";
import { backwardDoubleScale } from "./entries/backward-double-scale.ts";
import { backwardFreshMask } from "./entries/backward-fresh-mask.ts";
import { backwardInvertedMask } from "./entries/backward-inverted-mask.ts";
import { backwardKeepProbHardcoded } from "./entries/backward-keep-prob-hardcoded.ts";
import { backwardMWrongAxis } from "./entries/backward-m-wrong-axis.ts";
import { backwardMaskAfterDZ } from "./entries/backward-mask-after-dZ.ts";
import { backwardMissing1OverM } from "./entries/backward-missing-1-over-m.ts";
import { backwardMultiplyByKeepProb } from "./entries/backward-multiply-by-keep-prob.ts";
import { backwardNeedsExtraKeys } from "./entries/backward-needs-extra-keys.ts";
import { backwardNoScale } from "./entries/backward-no-scale.ts";
import { backwardOneLayerOnly } from "./entries/backward-one-layer-only.ts";
import { backwardOutputDeltaScaled } from "./entries/backward-output-delta-scaled.ts";
import { backwardPlain } from "./entries/backward-plain.ts";
import { backwardRedrawsSameSeed } from "./entries/backward-redraws-same-seed.ts";
import { backwardReluDerivativeOmitted } from "./entries/backward-relu-derivative-omitted.ts";
import { backwardReluGeZero } from "./entries/backward-relu-ge-zero.ts";
import { backwardRemaskRescaleA } from "./entries/backward-remask-rescale-A.ts";
import { backwardScaleByDropProb } from "./entries/backward-scale-by-drop-prob.ts";
import { backwardScaleNoMask } from "./entries/backward-scale-no-mask.ts";
import { backwardSignFlip } from "./entries/backward-sign-flip.ts";
import { cacheInvertedMask } from "./entries/cache-inverted-mask.ts";
import { cacheMasksSwapped } from "./entries/cache-masks-swapped.ts";
import { cachePreDropoutActivation } from "./entries/cache-pre-dropout-activation.ts";
import { cachePreScaleActivation } from "./entries/cache-pre-scale-activation.ts";
import { cacheUniformInsteadOfMask } from "./entries/cache-uniform-instead-of-mask.ts";
import { crashOrShape } from "./entries/crash-or-shape.ts";
import { dropResultUnused } from "./entries/drop-result-unused.ts";
import { dropconnectOnWeights } from "./entries/dropconnect-on-weights.ts";
import { dropoutOnOutput } from "./entries/dropout-on-output.ts";
import { dropoutOneLayerOnly } from "./entries/dropout-one-layer-only.ts";
import { forwardDoubleScale } from "./entries/forward-double-scale.ts";
import { forwardMultiplyByKeepProb } from "./entries/forward-multiply-by-keep-prob.ts";
import { forwardNoScale } from "./entries/forward-no-scale.ts";
import { incompleteCache } from "./entries/incomplete-cache.ts";
import { inputScaledOrDropped } from "./entries/input-scaled-or-dropped.ts";
import { keepProbAsDropRate } from "./entries/keep-prob-as-drop-rate.ts";
import { keepProbHardcoded } from "./entries/keep-prob-hardcoded.ts";
import { keepProbRounded } from "./entries/keep-prob-rounded.ts";
import { maskCreatedNotApplied } from "./entries/mask-created-not-applied.ts";
import { maskFirstUnitOnly } from "./entries/mask-first-unit-only.ts";
import { maskFrozen } from "./entries/mask-frozen.ts";
import { maskInverted } from "./entries/mask-inverted.ts";
import { maskOneMinusKeepThreshold } from "./entries/mask-one-minus-keep-threshold.ts";
import { maskOnlyInBackward } from "./entries/mask-only-in-backward.ts";
import { maskRandn } from "./entries/mask-randn.ts";
import { maskShapeHardcoded } from "./entries/mask-shape-hardcoded.ts";
import { maskSharedAcrossExamples } from "./entries/mask-shared-across-examples.ts";
import { maskSharedAcrossUnits } from "./entries/mask-shared-across-units.ts";
import { maskSingleCoin } from "./entries/mask-single-coin.ts";
import { maskWrongLayer } from "./entries/mask-wrong-layer.ts";
import { mutatesInputs } from "./entries/mutates-inputs.ts";
import { notFinite } from "./entries/not-finite.ts";
import { notStarted } from "./entries/not-started.ts";
import { outOfMemory } from "./entries/out-of-memory.ts";
import { outputActivationWrong } from "./entries/output-activation-wrong.ts";
import { predictAppliesDropout } from "./entries/predict-applies-dropout.ts";
import { predictDividesByKeepProb } from "./entries/predict-divides-by-keep-prob.ts";
import { predictReturnsProbabilities } from "./entries/predict-returns-probabilities.ts";
import { predictScalesByDropProb } from "./entries/predict-scales-by-drop-prob.ts";
import { predictScalesByKeepProb } from "./entries/predict-scales-by-keep-prob.ts";
import { predictThreshold } from "./entries/predict-threshold.ts";
import { remembersBetweenCalls } from "./entries/remembers-between-calls.ts";
import { returnsEmptyOrPartialGradients } from "./entries/returns-empty-or-partial-gradients.ts";
import { rngIgnored } from "./entries/rng-ignored.ts";
import { scaleByDropProb } from "./entries/scale-by-drop-prob.ts";
import { scaleByEmpiricalFraction } from "./entries/scale-by-empirical-fraction.ts";
import { scaleHardcoded } from "./entries/scale-hardcoded.ts";
import { scaleMissingOneLayer } from "./entries/scale-missing-one-layer.ts";
import { stackOverflow } from "./entries/stack-overflow.ts";
import { thresholdConstant } from "./entries/threshold-constant.ts";
import { timedOut } from "./entries/timed-out.ts";
import { vanillaDropout } from "./entries/vanilla-dropout.ts";
import { wrongKindOfResult } from "./entries/wrong-kind-of-result.ts";

/**
 * Every misconception, in the order in which they are asked whether they recognise themselves: whole
 * ideas before the single mistakes they consist of, and special cases before general ones.
 */
export const CATALOGUE = [
  vanillaDropout,
  keepProbAsDropRate,
  notStarted,
  timedOut,
  outOfMemory,
  stackOverflow,
  returnsEmptyOrPartialGradients,
  backwardNeedsExtraKeys,
  maskShapeHardcoded,
  maskOnlyInBackward,
  dropconnectOnWeights,
  remembersBetweenCalls,
  thresholdConstant,
  maskOneMinusKeepThreshold,
  maskInverted,
  maskRandn,
  maskFrozen,
  maskSharedAcrossExamples,
  maskSharedAcrossUnits,
  maskSingleCoin,
  maskFirstUnitOnly,
  keepProbHardcoded,
  keepProbRounded,
  cacheUniformInsteadOfMask,
  cacheInvertedMask,
  cacheMasksSwapped,
  maskCreatedNotApplied,
  dropResultUnused,
  cachePreDropoutActivation,
  cachePreScaleActivation,
  dropoutOnOutput,
  inputScaledOrDropped,
  dropoutOneLayerOnly,
  scaleByEmpiricalFraction,
  scaleMissingOneLayer,
  forwardNoScale,
  forwardDoubleScale,
  scaleByDropProb,
  forwardMultiplyByKeepProb,
  scaleHardcoded,
  outputActivationWrong,
  rngIgnored,
  backwardMaskAfterDZ,
  backwardPlain,
  backwardOneLayerOnly,
  backwardScaleNoMask,
  backwardInvertedMask,
  maskWrongLayer,
  backwardRedrawsSameSeed,
  backwardFreshMask,
  backwardDoubleScale,
  backwardScaleByDropProb,
  backwardMultiplyByKeepProb,
  backwardKeepProbHardcoded,
  backwardNoScale,
  backwardOutputDeltaScaled,
  backwardSignFlip,
  backwardReluGeZero,
  backwardReluDerivativeOmitted,
  backwardDA1FromDA2,
  backwardDWFromUndroppedA,
  backwardRemaskRescaleA,
  backwardMWrongAxis,
  backwardMissing1OverM,
  backwardDbShape,
  predictAppliesDropout,
  predictScalesByDropProb,
  predictDividesByKeepProb,
  predictScalesByKeepProb,
  predictReturnsProbabilities,
  predictThreshold,
  mutatesInputs,
  crashOrShape,
  wrongKindOfResult,
  incompleteCache,
  notFinite,
] as const;
