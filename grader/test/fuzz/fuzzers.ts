import { configurationFuzzer } from "./configurations.ts";
import { documentFuzzer } from "./documents.ts";
import { escaperFuzzer } from "./escapers.ts";
import type { Fuzzer } from "./fuzzer.ts";
import { resultFuzzer } from "./results.ts";
import { sourceFuzzer } from "./sources.ts";
import { valueFuzzer } from "./values.ts";

/** The built worker: `npm run build` first. */
const workerUrl = new URL("../../dist/worker.js", import.meta.url);

export function allFuzzers(): Fuzzer[] {
  return [
    sourceFuzzer(workerUrl),
    valueFuzzer(),
    resultFuzzer(workerUrl),
    configurationFuzzer,
    escaperFuzzer,
    documentFuzzer,
  ];
}
