import { readFileSync } from "node:fs";
import variantModule from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant, newVariant } from "quickjs-emscripten-core";
import type {
  QuickJSRuntime,
  QuickJSSyncVariant,
  QuickJSWASMModule,
} from "quickjs-emscripten-core";

/** The package's types are those of its CommonJS form, in which the variant is one level down. */
// oxlint-disable-next-line import/no-named-as-default-member -- see above
const variant = "default" in variantModule ? variantModule.default : variantModule;

/** Pages of 64 KiB that QuickJS is built to start with. */
const INITIAL_PAGES = 256;
export const PAGE_BYTES = 65_536;

/**
 * The engine's own stack limit in bytes. The worker's V8 stack has to be at least 32 times as
 * large, or deep recursion ends in V8 instead of in a clean error: 16 MiB leaves a factor of two.
 */
const STACK_BYTES = 256 * 1024;

/** An engine's code, compiled, and the JavaScript around it that belongs to it. */
export interface EngineBuild {
  variant: QuickJSSyncVariant;
  wasmModule: WebAssembly.Module;
}

/** A WebAssembly instance of its own, with the memory that it cannot outgrow. */
export interface Engine {
  module: QuickJSWASMModule;
  memory: WebAssembly.Memory;
}

/** @param other another build of the engine than the usual one */
export function compileEngine(wasmUrl: URL, other: QuickJSSyncVariant = variant): EngineBuild {
  return { variant: other, wasmModule: new WebAssembly.Module(readFileSync(wasmUrl)) };
}

/** All zero. The library's own limit bounds one allocation only; the memory's maximum bounds them all. */
export function newMemory(memoryBytes: number): WebAssembly.Memory {
  const maximum = Math.max(INITIAL_PAGES, Math.floor(memoryBytes / PAGE_BYTES));
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
}

/** True while a memory has its first size: one that has grown cannot be made smaller again. */
export function isFirstSize({ buffer }: WebAssembly.Memory): boolean {
  return buffer.byteLength === INITIAL_PAGES * PAGE_BYTES;
}

export async function newEngine(build: EngineBuild, memory: WebAssembly.Memory): Promise<Engine> {
  const log = (): void => {};
  const { variant: base, wasmModule } = build;
  const custom = newVariant(base, { wasmModule, wasmMemory: memory, log });
  return { module: await newQuickJSWASMModuleFromVariant(custom), memory };
}

export function newRuntime({ module }: Engine): QuickJSRuntime {
  const runtime = module.newRuntime();
  runtime.setMaxStackSize(STACK_BYTES);
  return runtime;
}

/**
 * A wrapper around a runtime that is in the engine's memory already. The library has no call for
 * this, so its one call that would make a runtime is answered with the one that is there.
 */
export function adoptRuntime({ module }: Engine, pointer: unknown): QuickJSRuntime {
  const ffi = module.getFFI() as { QTS_NewRuntime: () => unknown };
  const original = ffi.QTS_NewRuntime;
  ffi.QTS_NewRuntime = () => pointer;
  try {
    return module.newRuntime();
  } finally {
    ffi.QTS_NewRuntime = original;
  }
}
