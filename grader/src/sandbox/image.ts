import { DefaultIntrinsics } from "quickjs-emscripten-core";
import type { ContextOptions, QuickJSContext, QuickJSRuntime } from "quickjs-emscripten-core";
import {
  adoptRuntime,
  isFirstSize,
  newEngine,
  newMemory,
  newRuntime,
  PAGE_BYTES,
} from "./engine.ts";
import type { Engine, EngineBuild } from "./engine.ts";

/** Code that is evaluated inside the sandbox before any student's. */
export interface GuestCode {
  student: string;
  judge: string;
  mlMatrix: string;
}

type ContextPointer = NonNullable<ContextOptions["contextPointer"]>;

/**
 * The memory of an instance in which both realms are set up and `ml-matrix` is loaded. All of
 * QuickJS's state lives in that memory, so a copy of it in a new instance is a fresh sandbox, at
 * a tenth of the cost of setting one up.
 */
export interface Image {
  build: EngineBuild;
  pages: { offset: number; bytes: Uint8Array }[];
  /** Where a new instance has written something before any code is run in it. */
  written: number[];
  runtime: unknown;
  student: ContextPointer;
  judge: ContextPointer;
}

export interface Realms {
  engine: Engine;
  runtime: QuickJSRuntime;
  student: QuickJSContext;
  judge: QuickJSContext;
}

export const ML_MATRIX = "ml-matrix";
export const TRACE_MODULE = "grader:trace";
const STUDENT_MODULE = "grader:student";

/** What is set up in every sandbox does not depend on its limits, so this much is enough for it. */
const SETUP_BYTES = 64 * 1024 * 1024;

export async function makeImage(build: EngineBuild, code: GuestCode): Promise<Image> {
  const engine = await newEngine(build, newMemory(SETUP_BYTES));
  const written = usedPages(engine.memory).map(({ offset }) => offset);
  const runtime = newRuntime(engine);
  // No Proxy, as its traps would run in the reader; no Date, as there is no clock in here.
  const intrinsics = { ...DefaultIntrinsics, Proxy: false, Date: false };
  const student = runtime.newContext({ intrinsics });
  const judge = runtime.newContext();
  runtime.setModuleLoader(
    (name) => (name === ML_MATRIX ? code.mlMatrix : code.student),
    (_base, name) => name,
  );
  const tools = evaluate(student, code.student, STUDENT_MODULE);
  evaluate(student, `export { v } from "${STUDENT_MODULE}";`, TRACE_MODULE);
  const reader = evaluate(judge, code.judge, "grader:judge");
  const meet = judge.getProp(reader, "meetStudentRealm");
  judge.unwrapResult(judge.callFunction(meet, judge.undefined, tools));
  // Only the reader's realm can see its global, so what the host needs is found again from there.
  judge.setProp(judge.global, "tools", tools);
  judge.setProp(judge.global, "reader", reader);
  return {
    build,
    pages: usedPages(engine.memory),
    written,
    runtime: pointerOf(runtime, "rt"),
    student: pointerOf(student, "ctx") as ContextPointer,
    judge: pointerOf(judge, "ctx") as ContextPointer,
  };
}

function evaluate(context: QuickJSContext, code: string, name: string) {
  return context.unwrapResult(context.evalCode(code, name, { type: "module" }));
}

/** Where an object of the library lives in the engine's memory. The library keeps it protected. */
function pointerOf(owner: object, key: "rt" | "ctx"): unknown {
  const lifetime: unknown = Reflect.get(owner, key);
  if (typeof lifetime !== "object" || lifetime === null || !("value" in lifetime)) {
    throw new Error(`quickjs-emscripten-core keeps its "${key}" pointer elsewhere`);
  }
  return lifetime.value;
}

/** The pages that are not all zero; a new memory is zero everywhere. */
function usedPages(memory: WebAssembly.Memory): Image["pages"] {
  const pages: Image["pages"] = [];
  for (let offset = 0; offset < memory.buffer.byteLength; offset += PAGE_BYTES) {
    const bytes = new Uint8Array(memory.buffer, offset, PAGE_BYTES);
    if (bytes.some((byte) => byte !== 0)) pages.push({ offset, bytes: bytes.slice() });
  }
  return pages;
}

/** Memories that sandboxes have left, by their limit: of one submission at a time, so two at most. */
export type Spares = Map<number, WebAssembly.Memory[]>;

/** A fresh sandbox, as it was before any student code, and what ends its use. */
export interface Restored extends Realms {
  /** Leaves the memory to a sandbox after this one, which must not be used any more. */
  release(): void;
}

/**
 * A sandbox of its own: its code is instantiated anew, and every byte of its memory is the
 * image's or 0, also where the memory has been another sandbox's. To have the system make a new
 * one costs several times as much as to write all of it.
 */
export async function restoreImage(
  image: Image,
  memoryBytes: number,
  spares: Spares,
): Promise<Restored> {
  const left = spares.get(memoryBytes) ?? [];
  spares.set(memoryBytes, left);
  const spare = left.pop();
  const memory = spare ?? newMemory(memoryBytes);
  const engine = await newEngine(image.build, memory);
  const target = new Uint8Array(memory.buffer);
  if (spare !== undefined) target.fill(0);
  // All else is zero already, and touching it would make 16 MiB of it real.
  else for (const offset of image.written) target.fill(0, offset, offset + PAGE_BYTES);
  for (const { offset, bytes } of image.pages) target.set(bytes, offset);
  const runtime = adoptRuntime(engine, image.runtime);
  const student = runtime.newContext({ contextPointer: image.student });
  const judge = runtime.newContext({ contextPointer: image.judge });
  const release = (): void => {
    if (isFirstSize(memory)) left.push(memory);
  };
  return { engine, runtime, student, judge, release };
}
