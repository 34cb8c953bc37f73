import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { folderWith } from "../cli/folder.ts";
import { grade } from "./command-line.ts";

const STARTER = fileURLToPath(new URL("../../../starter/", import.meta.url));

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^(node_modules|coverage)\b/.test(file))
    .toSorted();
}

describe("grade init", () => {
  test("writes what the starter has, and nothing of the instructor's", async () => {
    const place = await folderWith({});
    const { code, stdout } = await grade(["init", "my-dropout"], place);
    expect(code).toBe(0);
    expect(stdout).toContain("npm install");
    const fresh = path.join(place, "my-dropout");
    expect(filesIn(fresh)).toEqual(filesIn(STARTER));
    for (const file of filesIn(fresh).filter((name) => name !== "package.json")) {
      expect(readFileSync(path.join(fresh, file), "utf8"), file).toBe(
        readFileSync(path.join(STARTER, file), "utf8"),
      );
    }
    expect(readFileSync(path.join(fresh, "package.json"), "utf8")).toMatch(/"name": "my-dropout"/);
  });

  test("fills the organization into the workflow", async () => {
    const place = await folderWith({});
    const workflow = path.join(place, "a/.github/workflows/grade.yml");
    const without = await grade(["init", "a"], place);
    const hasPlaceholder = readFileSync(workflow, "utf8").includes("YOUR-ORG");
    expect(without.stdout.includes("YOUR-ORG")).toBe(hasPlaceholder);
    await grade(["init", "b", "--org", "acme-edu"], place);
    const filled = readFileSync(path.join(place, "b/.github/workflows/grade.yml"), "utf8");
    expect(filled).toBe(readFileSync(workflow, "utf8").replace("YOUR-ORG", "acme-edu"));
    const odd = await grade(["init", "c", "--org", "acme/edu"], place);
    expect({ code: odd.code, there: existsSync(path.join(place, "c")) }).toEqual({
      code: 2,
      there: false,
    });
  });

  test("run twice, it changes nothing and says so", async () => {
    const place = await folderWith({});
    await grade(["init", "."], place);
    const before = filesIn(place);
    const { code, stderr } = await grade(["init", "."], place);
    expect(code).toBe(2);
    expect(stderr).toContain("is not empty; nothing was changed");
    expect(filesIn(place)).toEqual(before);
  });

  test("a folder with a file, and a file in place of a folder, are left alone", async () => {
    const place = await folderWith({ "full/.hidden": "mine", plain: "mine" });
    for (const target of ["full", "plain"]) {
      expect((await grade(["init", target], place)).code, target).toBe(2);
    }
    expect(filesIn(place)).toEqual(["full/.hidden", "plain"]);
  });
});
