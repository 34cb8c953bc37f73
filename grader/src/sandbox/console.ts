import { Scope } from "quickjs-emscripten-core";
import type { Instance } from "./instance.ts";

/** Sets how many characters a program may print. */
export function allowConsole(instance: Instance, characters: number): void {
  const { student } = instance;
  const limit = student.newNumber(characters);
  student.unwrapResult(limit.consume((handle) => instance.tool("allowConsole", handle))).dispose();
}

const MAX_TEXT = 100_000;

/** What was printed since this was last asked; nothing where the instance cannot say any more. */
export function takeConsole(instance: Instance): string {
  try {
    instance.allow(1000);
    return Scope.withScope((scope) => {
      const { judge } = instance;
      const taken = instance.tool("takeConsole");
      if (taken.error) return "";
      const limit = scope.manage(judge.newNumber(MAX_TEXT));
      const text = instance.reader("readText", scope.manage(taken.value), limit);
      if (text.error) return "";
      const printed: unknown = JSON.parse(judge.getString(scope.manage(text.value)));
      return typeof printed === "string" ? printed : "";
    });
  } catch {
    // The engine broke before; what it printed is lost, and the call's own outcome says why.
    return "";
  }
}
