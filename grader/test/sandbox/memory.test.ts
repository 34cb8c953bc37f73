/** A memory that a sandbox has left serves another: nothing of the first may be in it. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileEngine } from "../../src/sandbox/engine.ts";
import { unpackImage } from "../../src/sandbox/image-file.ts";
import { restoreImage } from "../../src/sandbox/image.ts";
import type { Spares } from "../../src/sandbox/image.ts";

const guest = new URL("../../dist/guest/", import.meta.url);
const image = unpackImage(
  compileEngine(new URL("quickjs.wasm", guest)),
  readFileSync(new URL("image.bin", guest)),
);
const LIMIT = 96 * 1024 * 1024;

const bytesOf = ({ buffer }: WebAssembly.Memory) => Buffer.from(buffer.slice(0));

test("it is as if it were new, byte for byte, whatever ran in it", async () => {
  const untouched = await restoreImage(image, LIMIT, new Map());
  const asNew = bytesOf(untouched.engine.memory);
  const spares: Spares = new Map();
  const first = await restoreImage(image, LIMIT, spares);
  const code = `globalThis.kept = Array.from({ length: 20_000 }, (_, i) => "secret " + i); Math.abs = () => 7; 1`;
  first.student.unwrapResult(first.student.evalCode(code)).dispose();
  expect(bytesOf(first.engine.memory).equals(asNew)).toBe(false);
  first.release();
  const second = await restoreImage(image, LIMIT, spares);
  expect(second.engine.memory).toBe(first.engine.memory);
  expect(bytesOf(second.engine.memory).equals(asNew)).toBe(true);
  const seen = second.student.evalCode("[typeof kept, Math.abs(-1)].join()");
  expect(second.student.unwrapResult(seen).consume((h) => second.student.getString(h))).toBe(
    "undefined,1",
  );
});

test("a memory that has grown is not used again", async () => {
  const spares: Spares = new Map();
  const first = await restoreImage(image, LIMIT, spares);
  const grow = `globalThis.kept = []; for (let i = 0; i < 200; i++) kept.push(new Float64Array(20_000)); 1`;
  first.student.unwrapResult(first.student.evalCode(grow)).dispose();
  first.release();
  const second = await restoreImage(image, LIMIT, spares);
  expect(second.engine.memory).not.toBe(first.engine.memory);
});

test("two sandboxes at a time never share one", async () => {
  const spares: Spares = new Map();
  const one = await restoreImage(image, LIMIT, spares);
  one.release();
  const [two, three] = [
    await restoreImage(image, LIMIT, spares),
    await restoreImage(image, LIMIT, spares),
  ];
  expect(two.engine.memory).toBe(one.engine.memory);
  expect(three.engine.memory).not.toBe(two.engine.memory);
});
