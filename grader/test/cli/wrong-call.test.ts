import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./fake-world.ts";
import { folderWith } from "./folder.ts";

describe("a wrong call ends with 2, says what is wrong, and grades nothing", () => {
  test.each([
    [["--formt", "json"], "unknown option '--formt'\n(Did you mean --format?)"],
    [["--format", "jsn"], 'html. Did you mean "json"?'],
    [["--format"], "option '--format <format>' argument missing"],
    [["--only", "forward.masks"], 'Did you mean "forward.mask"?'],
    [["--only", "forward.mask,labels"], 'Did you mean "predict.labels"?'],
    [["--only", "zzzzzzzz"], "Expected one of forward.mask, forward.applied"],
    [["--only", ""], "Expected one of forward.mask"],
    [["--min-score", "many"], "Expected a whole number, 0 or more."],
    [["--min-score", "-1"], "Expected a whole number, 0 or more."],
    [["--min-score", "99.5"], "Expected a whole number, 0 or more."],
    [["--min-score", "101"], "the score asked for is 101, and full marks are 100"],
    [["--only", "predict.labels", "--min-score", "6"], "full marks are 5"],
    [
      ["--config", "no-such.json"],
      'cannot read the configuration "no-such.json": there is no such file',
    ],
    [["--config", "."], 'cannot read the configuration ".": it is a folder'],
    [["--output", "no/such/folder/x"], "there is no folder"],
    [["--output", ".."], "it is there already and is no file"],
    [
      ["--format", "json", ".", ".."],
      "--format json prints one report, and there are 2 paths. Use --format ndjson.",
    ],
    [["no-such-submission"], 'there is no file or folder "no-such-submission".'],
    [["package.json/x"], 'there is no file or folder "package.json/x".'],
    [["--seed"], "argument missing"],
  ])("%j", async (words, sentence) => {
    const { code, stdout, stderr, graded } = await run(words);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^grade: (?!error)/u);
    expect({ code, stdout, graded }).toEqual({ code: 2, stdout: "", graded: [] });
  });

  test("a near name is offered for a path", async () => {
    const folder = await folderWith({ "alice/src/dropout.ts": "", "bob/x": "" });
    const { stderr } = await run([path.join(folder, "alise")]);
    expect(stderr).toContain(`Did you mean ${JSON.stringify(path.join(folder, "alice"))}?`);
  });

  test("the output may not be what is graded", async () => {
    const folder = await folderWith({ "dropout.ts": "mine" });
    const file = path.join(folder, "dropout.ts");
    const { code, stderr } = await run([file, "--output", path.join(folder, ".", "dropout.ts")]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("would overwrite"),
    });
  });

  test("control characters and commands in a path reach neither terminal nor log", async () => {
    const { stderr } = await run(["\n::error::\u001B[31m\u202E##[x]"]);
    expect(stderr).not.toMatch(/\u001B|\u202E|^\s*::|##\[/mu);
  });
});

describe("a wrong configuration ends with 2 and says where", () => {
  test.each([
    ['{ "points": { "forward.mask": 15, } }', "is not JSON at line 1, column 35"],
    ["{\n  \"seed\": 'x'\n}", "is not JSON at line 2, column 11"],
    ["", "is not JSON at line 1, column 1"],
    ["[]", "the configuration should be an object; found []."],
    ['{ "point": {} }', 'unknown key "point". Did you mean "points"?'],
    ['{ "colour": 1 }', 'unknown key "colour". Known: points, limits, seed, minScore, protected.'],
    [
      '{ "points": { "forward.masks": 1 } }',
      'unknown key "points.forward.masks". Did you mean "forward.mask"?',
    ],
    ['{ "limits": { "callms": 100 } }', 'unknown key "limits.callms". Did you mean "callMs"?'],
    [
      '{ "points": { "forward.mask": "15" } }',
      '"points.forward.mask" should be a whole number; found "15".',
    ],
    [
      '{ "points": { "forward.mask": 1.5 } }',
      '"points.forward.mask" should be a whole number; found 1.5.',
    ],
    [
      '{ "points": { "forward.mask": -1 } }',
      '"points.forward.mask" should be at least 0; found -1.',
    ],
    ['{ "limits": { "callMs": 1 } }', '"limits.callMs" should be at least 50; found 1.'],
    ['{ "limits": null }', '"limits" should be an object; found null.'],
    ['{ "seed": 7 }', '"seed" should be a text; found 7.'],
    ['{ "minScore": true }', '"minScore" should be a whole number; found true.'],
    ['{ "minScore": 200 }', "the score asked for is 200, and full marks are 100"],
    ['{ "__proto__": {} }', 'unknown key "__proto__"'],
  ])("%s", async (text, sentence) => {
    const file = path.join(await folderWith({}), "grade.json");
    await writeFile(file, text);
    const { code, stdout, stderr, opened } = await run(["--config", file]);
    expect(stderr).toContain(sentence);
    expect({ code, stdout, opened }).toEqual({ code: 2, stdout: "", opened: [] });
  });

  test("checks without any points are not graded", async () => {
    const folder = await folderWith({ "grade.json": '{ "points": { "predict.labels": 0 } }' });
    const { code, stderr } = await run([
      "--only",
      "predict.labels",
      "--config",
      path.join(folder, "grade.json"),
    ]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("nothing to grade"),
    });
  });
});
