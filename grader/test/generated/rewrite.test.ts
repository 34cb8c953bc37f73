import { describe, expect, test } from "vitest";
import { correctPrograms } from "../../../bench/accuracy/corpus.ts";
import { mutants } from "../../../bench/accuracy/mutate/mutate.ts";
import { wholeText, type Program } from "../../../bench/accuracy/program.ts";
import { seeded } from "../../../bench/accuracy/random.ts";
import { ternaryToIf } from "../../../bench/accuracy/rewrite/control.ts";
import { RULES, rewrite, step } from "../../../bench/accuracy/rewrite/rewrite.ts";
import { applyEdits, viewOf } from "../../../bench/accuracy/rewrite/view.ts";

const corpus = correctPrograms();
const rules = RULES.map((rule) => ({ kind: rule.kind, rule }));

/** A rule by its kind, all over a text. */
function rewritten(kind: string, text: string): string {
  const rule = RULES.find((one) => one.kind === kind);
  const edits = rule?.sites(viewOf(text)).flatMap((site) => site(seeded("test"))) ?? [];
  return applyEdits(text, edits);
}

function firstDifference(a: string, b: string): number {
  let k = 0;
  while (k < a.length && a[k] === b[k]) k += 1;
  return k;
}

describe("a kind of rewriting", () => {
  test.each<[kind: string, before: string, after: string]>([
    ["flip-comparison", "a < b", "b > a"],
    ["negate-comparison", "a < b", "!(a >= b)"],
    ["commute", "f(2) - a * b", "f(2) - (b * a)"],
    ["reciprocal", "x / p", "x * (1 / p)"],
    ["mirror-draw", "rng() < keep_prob", "rng() >= 1 - keep_prob"],
    ["scale-before-mask", "A.mul(D).div(keep_prob)", "A.div(keep_prob).mul(D)"],
    ["scale-before-mask", "Matrix.div(Matrix.mul(A, D), p)", "Matrix.mul(Matrix.div(A, p), D)"],
    ["reciprocal-call", "A.div(keep_prob)", "A.mul(1 / keep_prob)"],
    ["brackets", "cache.D1", 'cache["D1"]'],
    ["undestructure", "const { D1, A1: x } = cache", "const D1 = cache.D1, x = cache.A1"],
    ["arrow-to-block", "(x) => x + 1", "(x) => { return x + 1; }"],
    ["const-to-let", "const x = 1;", "let x = 1;"],
    ["merge-declarations", "{ const x = 1; const y = 2; }", "{ const x = 1,\n    y = 2; }"],
    ["reorder", "{ const x = f(a); const y = g(b); }", "{ const y = g(b); const x = f(a); }"],
    [
      "extract-local",
      "{ const x = f(g(a)); }",
      "{ const partial: any = g(a);\n  const x = f(partial); }",
    ],
    ["inline-local", "{ const t = g(a); const x = f(t); }", "{  const x = f((g(a))); }"],
    [
      "inline-helper",
      "const h = (a) => a + 1; h(2);",
      "const h = (a) => a + 1; ((a): any => (a + 1))(2);",
    ],
    [
      "for-to-while",
      "for (let i = 0; i < n; i++) f(i);",
      "{ let i = 0; while (i < n) { f(i);\ni++; } }",
    ],
    ["if-to-ternary", "if (c) x = a; else { x = b; }", "x = c ? a : b;"],
    ["if-to-ternary", "{ if (c) return a; return b; }", "{ return c ? (a) : (b);  }"],
  ])("%s makes of %j %j", (kind, before, after) => {
    expect(rewritten(kind, before)).toBe(after);
  });

  test.each<[kind: string, why: string, text: string]>([
    ["commute", "a draw may not change places", "rng() * next()"],
    ["reciprocal", "an index has to be exact", "Math.floor(k / n)"],
    ["reorder", "the second needs the first", "{ const x = f(a); const y = g(x); }"],
    ["reorder", "the first works in place", "{ const x = A.mul(D); const y = f(A); }"],
    ["inline-local", "it is used twice", "{ const t = g(a); const x = f(t, t); }"],
    [
      "for-to-while",
      "`continue` would skip the step",
      "for (let i = 0; i < n; i++) { if (f(i)) continue; }",
    ],
    [
      "for-to-for-each",
      "`return` would leave something else",
      "for (let i = 0; i < n; i++) { return i; }",
    ],
    ["wrap-body", "`this` would be another", "function f() { return this.x; }"],
  ])("%s leaves alone what it would change: %s", (kind, _why, text) => {
    expect(rewritten(kind, text)).toBe(text);
  });

  test("rename keeps the names of keys", () => {
    const text = "function f(cache) { const { D1 } = cache; return { D1 }; }";
    const after = rewritten("rename", text);
    expect(after).toMatch(/\{ D1: [^\s}]+ \} = /u);
    expect(after).toMatch(/return \{ D1: [^\s}]+ \}/u);
  });

  // Some rules work on what others leave.
  test.each(rules)("$kind finds a place in the corpus", ({ rule }) => {
    const random = seeded("place");
    const after = (files: Program["files"]) => step(files, ternaryToIf, random) ?? files;
    const found = corpus.some(
      ({ files }) => step(files, rule, random) ?? step(after(files), rule, random),
    );
    expect(found).toBe(true);
  });
});

test("the same seed gives the same program, another seed another", () => {
  const [original] = corpus;
  if (original === undefined) throw new Error("no correct programs");
  const text = (seed: string) => wholeText(rewrite(original, seeded(seed)).program);
  expect(text("a")).toBe(text("a"));
  expect(text("a")).not.toBe(text("b"));
});

test("mutants are distinct, and each is one edit on the line that it names", () => {
  const found = mutants(corpus, 200, seeded("mutants"));
  expect(found).toHaveLength(200);
  expect(new Set(found.map(({ program, original }) => original.id + wholeText(program))).size).toBe(
    200,
  );
  for (const { original, program, file, line, before } of found) {
    const [was, is] = [original.files.get(file) ?? "", program.files.get(file) ?? ""];
    const start = firstDifference(was, is);
    expect(is).not.toBe(was);
    expect(was).toContain(before);
    // The edit may begin with what stays the same, and then the first difference is further on.
    const lineOfDifference = was.slice(0, start).split(/\r\n|\n/u).length;
    expect(lineOfDifference).toBeGreaterThanOrEqual(line);
    expect(lineOfDifference - line).toBeLessThanOrEqual(before.split("\n").length);
  }
});
