import type { Symptom } from "../model/diagnosis.ts";
import type { Measurements } from "../model/measurement.ts";
import type { CheckId } from "../model/rubric.ts";

/** One row of the rubric: a pure function from measurements to what is off. */
export interface Check {
  id: CheckId;
  /** Everything that is off; empty where the check passes. */
  symptoms: (m: Measurements) => Symptom[];
  /** The check that has to pass before this one can be judged, where it cannot. */
  blockedBy?: (m: Measurements) => CheckId | undefined;
}

/** Exists for inference, and to give every check the same shape. */
export function defineCheck(check: Check): Check {
  return check;
}
