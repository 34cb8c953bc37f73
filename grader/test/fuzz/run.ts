/**
 * `npm run fuzz -- --minutes N [--seed S] [--only NAME]`: feeds the fuzzers in turn until the
 * time is up, prints how many cases each took, and keeps the first case that breaks something.
 */

import { parseArgs } from "node:util";
import fc from "fast-check";
import type { Fuzzer } from "./fuzzer.ts";
import { allFuzzers } from "./fuzzers.ts";
import { keepCase } from "./kept.ts";

/** Cases between two looks at the clock. */
const BATCH = 50;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    only: { type: "string" },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error("--minutes 5 --seed 1");
const fuzzers = allFuzzers().filter(
  ({ name }) => values.only === undefined || name === values.only,
);
if (fuzzers.length === 0) throw new Error(`there is no fuzzer called ${values.only}`);

/** @returns how many cases went well, and what broke */
async function feed(fuzzer: Fuzzer, until: number): Promise<{ cases: number; broken?: string }> {
  const property = fc.asyncProperty(fuzzer.cases, async (one) => fuzzer.check(one));
  let cases = 0;
  for (let batch = 0; performance.now() < until; batch += 1) {
    const details = await fc.check(property, {
      numRuns: BATCH,
      seed: seed + batch,
      interruptAfterTimeLimit: Math.max(1, until - performance.now()),
    });
    // Time that is up before the first case counts as a failure too, but one without a case.
    if (details.counterexample !== null) {
      const [one] = details.counterexample;
      const file = keepCase(fuzzer.name, one);
      return {
        cases: cases + details.numRuns,
        broken: `${file}\n${String(details.errorInstance)}`,
      };
    }
    cases += details.numRuns;
  }
  return { cases };
}

process.stdout.write(`seed ${seed}\n`);
for (const fuzzer of fuzzers) {
  const until = performance.now() + (minutes * 60_000) / fuzzers.length;
  const { cases, broken } = await feed(fuzzer, until);
  await fuzzer.close?.();
  const what = broken === undefined ? fuzzer.promise : `BROKEN by ${broken}`;
  process.stdout.write(`${fuzzer.name}: ${cases} cases: ${what}\n`);
  if (broken !== undefined) process.exitCode = 1;
}
