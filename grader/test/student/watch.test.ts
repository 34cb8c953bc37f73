import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { parseArguments } from "../../src/commands/options.ts";
import { watchPath } from "../../src/commands/watch.ts";
import type { World } from "../../src/commands/world.ts";
import { gradedAt } from "../cli/fake-world.ts";
import { folderWith } from "../cli/folder.ts";

const voice = { out: () => {}, err: () => {}, version: () => "9.8.7" };

function optionsOf(...words: string[]) {
  const parsed = parseArguments(["--watch", ...words], voice);
  if ("exitCode" in parsed) throw new Error("the call is wrong");
  return parsed.options;
}

/** A world whose pipeline notes what it is asked. */
function watchedWorld() {
  const seen = { out: "", err: "", seeds: [] as string[], closed: 0 };
  const world: World = {
    stdout: { write: (text: string) => (seen.out += text) },
    stderr: { write: (text: string) => (seen.err += text) },
    env: {},
    isClosed: () => false,
    probeMachine: async () => [],
    freshSeed: () => "fresh",
    version: () => "9.8.7",
    loadPipeline: async () => ({
      openGrader: () => ({
        grade: async (named, seed) => {
          seen.seeds.push(seed);
          if (seen.seeds.length === 2) throw new Error("once");
          return gradedAt(named, { seed });
        },
        close: async () => void (seen.closed += 1),
      }),
    }),
  };
  return { world, seen };
}

async function watching(named: string) {
  const { world, seen } = watchedWorld();
  const stop = new AbortController();
  const ended = watchPath([named], optionsOf(), { world, signal: stop.signal });
  onTestFinished(() => stop.abort());
  await vi.waitFor(() => expect(seen.out).toContain("Watching"), 10_000);
  // The watcher is ready some moments after it was asked for.
  const save = async (file: string, until: () => void) => {
    await vi.waitFor(
      async () => {
        await writeFile(file, String(performance.now()));
        await new Promise((resolve) => setTimeout(resolve, 100));
        until();
      },
      { timeout: 20_000, interval: 50 },
    );
  };
  return { seen, save, stop: () => stop.abort(), ended };
}

describe("grade --watch", () => {
  test("grades again after a save, with the same seed, and goes on after a fault", async () => {
    const folder = await folderWith({ "src/dropout.ts": "", "src/deep/helper.ts": "" });
    const { seen, save, stop, ended } = await watching(folder);
    expect(seen.seeds).toEqual(["fresh"]);
    await save(path.join(folder, "src/dropout.ts"), () => {
      expect(seen.seeds.length).toBeGreaterThan(1);
    });
    expect(seen.err).toContain("the grader failed");
    const before = seen.seeds.length;
    await save(path.join(folder, "src/deep/helper.ts"), () => {
      expect(seen.seeds.length).toBeGreaterThan(before);
    });
    expect(new Set(seen.seeds)).toEqual(new Set(["fresh"]));
    stop();
    expect(await ended).toBe(0);
    expect(seen.closed).toBe(1);
  });

  test("leaves alone what is no source, and what npm and editors write", async () => {
    const folder = await folderWith({
      ...{ "src/dropout.ts": "", "notes.txt": "", "node_modules/a/index.js": "" },
      ".git/hook.js": "",
    });
    const { seen, save } = await watching(folder);
    for (const file of ["notes.txt", "node_modules/a/index.js", ".git/hook.js"]) {
      await writeFile(path.join(folder, file), "changed");
    }
    // The first change that counts comes last, so that the others had their time.
    await save(path.join(folder, "src/dropout.ts"), () => {
      expect(seen.seeds.length).toBeGreaterThan(1);
    });
    const saves = seen.seeds.length;
    await writeFile(path.join(folder, "notes.txt"), "again");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen.seeds.length).toBe(saves);
  });

  test.each([
    [["a", "b"], optionsOf(), "looks after one submission"],
    [["."], optionsOf("--format", "json"), "leave out --output and --format"],
    [["not-there"], optionsOf(), "there is no file or folder"],
  ])("refuses %j", async (paths, options, why) => {
    const { world } = watchedWorld();
    await expect(watchPath(paths, options, { world })).rejects.toThrow(why);
  });
});
