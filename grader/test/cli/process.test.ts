import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { reportWith } from "../report/samples.ts";

const CLI = fileURLToPath(new URL("../../bin/grade.js", import.meta.url));

/** Stands in for the pipeline as the bundle loads it; `body` is the body of `grade(path)`. */
function pipelineOf(body: string): string {
  const source = `
    import { Worker } from "node:worker_threads";
    process.stderr.write(process.env.SAY_LOADED ?? "");
    const graded = (path, change) => ({ files: [], report: {
      ...${JSON.stringify(reportWith({}))}, submission: { path, files: [] }, ...change } });
    export function openGrader() {
      return { grade: async (path) => { ${body} }, close: async () => {} };
    }`;
  const hooks = `
    const isPipeline = (url, text) =>
      /\\/dist\\/program\\/grade-\\w+\\.js$/.test(url) && text.includes("openGraderOn");
    export const load = async (url, context, next) => {
      const loaded = await next(url, context);
      return isPipeline(url, String(loaded.source))
        ? { ...loaded, source: ${JSON.stringify(source)} } : loaded;
    };`;
  const module = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
  return module(
    `import { register } from "node:module"; register(${JSON.stringify(module(hooks))});`,
  );
}

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line; `onFirst` is called when it has printed something. */
function grade(
  words: string[],
  body: string,
  onFirst?: (child: ReturnType<typeof spawn>) => void,
): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: "1", SAY_LOADED: "pipeline loaded\n" };
  const child = spawn(process.execPath, ["--import", pipelineOf(body), CLI, ...words], { env });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.once("data", () => onFirst?.(child));
  child.stdout.on("data", (chunk) => (ended.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (ended.stderr += String(chunk)));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ ...ended, code }));
  });
}

beforeAll(() => {
  if (!existsSync(CLI))
    throw new Error("The command line is not built: run `npm run build` first.");
});

describe("the built command line", () => {
  test.each(["--version", "--help"])("%s does not load the pipeline", async (word) => {
    const { code, stderr } = await grade([word], "");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("loads it when there is something to grade", async () => {
    const { code, stdout, stderr } = await grade(
      [".", "--format", "ndjson"],
      "return graded(path);",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "pipeline loaded\n" });
    expect(JSON.parse(stdout).score).toBe(100);
  });

  test("Ctrl-C ends with 130 though a worker never returns, and leaves what is printed", async () => {
    const body = `
      if (path === ".") return graded(path);
      new Worker("for (;;) {}", { eval: true });
      return new Promise(() => {});`;
    const { code, stdout } = await grade([".", "..", "--format", "ndjson"], body, (child) =>
      child.kill("SIGINT"),
    );
    expect(code).toBe(130);
    expect(JSON.parse(stdout).submission.path).toBe(".");
  });

  test("a reader that leaves is no error, and ends the work", async () => {
    const body = `
      await new Promise((resolve) => setTimeout(resolve, 20));
      return graded(path, { console: "x".repeat(100_000) });`;
    const paths = Array.from({ length: 200 }, () => ".");
    const leave = (child: ReturnType<typeof spawn>) => child.stdout?.destroy();
    const { code, stderr } = await grade([...paths, "--format", "ndjson"], body, leave);
    expect({ code, stderr }).toEqual({ code: 141, stderr: "pipeline loaded\n" });
  });

  test.each([
    [
      "throws where nobody catches",
      "setTimeout(() => { throw new Error('lost'); }, 1); return new Promise(() => {});",
    ],
    ["never answers", "return new Promise(() => {});"],
  ])("a grader that %s is not a mark: exit code 3", async (_, body) => {
    expect((await grade(["."], body)).code).toBe(3);
  });
});
