import { Scope } from "quickjs-emscripten-core";
import type { Instance } from "./instance.ts";
import type { RawRecording } from "./messages.ts";

const MAX_NUMBERS = 400_000;
const EMPTY: RawRecording = {
  records: new Float64Array(),
  cut: true,
  changedBefore: -1,
  changedBy: -1,
};

/** Ends a recording and copies it out. */
export function takeRecording(instance: Instance): RawRecording {
  const { student, judge } = instance;
  return Scope.withScope((scope) => {
    const stopped = instance.tool("stopRecording");
    if (stopped.error) return EMPTY;
    const whole = scope.manage(stopped.value);
    const records = scope.manage(student.getProp(whole, "records"));
    const numberOf = (key: string) => student.getNumber(scope.manage(student.getProp(whole, key)));
    const used = numberOf("used");
    const rest = {
      cut: numberOf("full") === 1,
      changedBefore: numberOf("changedBefore"),
      changedBy: numberOf("changedBy"),
    };
    if (!(used > 0 && used <= MAX_NUMBERS)) return { records: new Float64Array(), ...rest };
    const copied = instance.reader("copyNumbers", records, scope.manage(judge.newNumber(used)));
    if (copied.error) return EMPTY;
    const bytes = scope.manage(judge.getArrayBuffer(scope.manage(copied.value))).value.slice();
    return { records: new Float64Array(bytes.buffer), ...rest };
  });
}
