import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";
import { startAllowance } from "./allowance.ts";
import { ML_MATRIX, restoreImage, TRACE_MODULE } from "./image.ts";
import type { Image, Realms, Restored, Spares } from "./image.ts";

/** What may be imported: code by path, and what an import statement of a file leads to. */
export interface Modules {
  code: ReadonlyMap<string, string>;
  /** Keyed `${from}\n${specifier}`. */
  imports: Readonly<Record<string, string>>;
  traced: boolean;
}

/** One sandbox in use: two realms, and a deadline that its code is interrupted at. */
export interface Instance extends Restored {
  /** Lets code run for this many milliseconds from now. */
  allow(ms: number): void;
  /** True where what was last allowed is used up. */
  isOver(): boolean;
  /** True where code was interrupted since `allow`. */
  interrupted(): boolean;
  /** Calls an export of the set-up code in the student's realm. */
  tool(name: string, ...args: QuickJSHandle[]): ReturnType<QuickJSContext["callFunction"]>;
  /** Calls an export of the reader in its own realm. */
  reader(name: string, ...args: QuickJSHandle[]): ReturnType<QuickJSContext["callFunction"]>;
  /** True where memory has grown to its maximum, or nearly. */
  full(): boolean;
}

const NEARLY_FULL = 0.9;

/** What instances are made of. */
export interface Supply {
  image: Image;
  spares: Spares;
}

export async function newInstance(
  { image, spares }: Supply,
  memoryBytes: number,
  modules: Modules,
): Promise<Instance> {
  const realms = await restoreImage(image, memoryBytes, spares);
  const { runtime, student, judge } = realms;
  let allowed = { since: startAllowance(), ms: Infinity };
  let hit = false;
  const isOver = (): boolean => allowed.since.isOver(allowed.ms);
  runtime.setInterruptHandler(() => {
    if (!isOver()) return false;
    hit = true;
    return true;
  });
  limitImports(realms, modules);
  const tools = judge.getProp(judge.global, "tools");
  const reader = judge.getProp(judge.global, "reader");
  return {
    ...realms,
    allow: (ms) => {
      allowed = { since: startAllowance(), ms };
      hit = false;
    },
    isOver,
    interrupted: () => hit,
    tool: (name, ...args) => callExport(student, student.getProp(tools, name), args),
    reader: (name, ...args) => callExport(judge, judge.getProp(reader, name), args),
    full: () => realms.engine.memory.buffer.byteLength > memoryBytes * NEARLY_FULL,
  };
}

function callExport(context: QuickJSContext, fn: QuickJSHandle, args: QuickJSHandle[]) {
  return fn.consume((callee) => context.callFunction(callee, context.undefined, ...args));
}

/** Before a name that must not be found among the modules that are loaded already. */
const REFUSED = "\n";

/** Nothing but the submission's own files and ml-matrix can be imported, statically or not. */
function limitImports({ runtime }: Realms, { code, imports, traced }: Modules): void {
  runtime.setModuleLoader(
    (name) => code.get(name) ?? { error: refusal(name.replace(REFUSED, "")) },
    (from, specifier) => {
      if (specifier === ML_MATRIX) return specifier;
      if (specifier === TRACE_MODULE && traced) return specifier;
      const key = `${from}\n${specifier}`;
      const path = Object.hasOwn(imports, key) ? imports[key] : undefined;
      // An error of this function would be overlooked, so the loader says no.
      return path ?? REFUSED + specifier;
    },
  );
}

function refusal(specifier: string): Error {
  return new Error(`"${specifier}" cannot be imported: only ml-matrix and your own files can`);
}
