import axe from "axe-core";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { anonymousClassPage, classPage, submissionPage } from "../../src/report/html/page.ts";
import { PLAIN, TWO_MISTAKES, gradedWith } from "../report/samples.ts";
import { UNSCALED_WALK, WALKED } from "../report/walks.ts";
import { hasNoBrowser, openBrowser } from "./chromium.ts";
import { entryOf, students, write } from "./sample-class.ts";

describe.skipIf(hasNoBrowser)("the page in Chromium", () => {
  let browser: Browser;
  let folder: string;
  /** What went wrong on any page, and what any page asked for. */
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "page-"));
    await writeFile(path.join(folder, "class.html"), write(classPage, students(1000)));
    await writeFile(path.join(folder, "small.html"), write(classPage, students(20)));
    await writeFile(path.join(folder, "anonymous.html"), write(anonymousClassPage, students(20)));
    await writeFile(path.join(folder, "one.html"), submissionPage(TWO_MISTAKES, PLAIN));
    await writeFile(path.join(folder, "walked.html"), submissionPage(WALKED, PLAIN));
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map(async (context) => await context.close()));
    expect(complaints.splice(0)).toEqual([]);
    expect(requests.splice(0).filter((url) => !url.startsWith("file:"))).toEqual([]);
  });

  async function open(name: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(30_000);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path.join(folder, name)).href);
    await page.getByRole("heading", { level: 1 }).waitFor();
    return page;
  }

  const rowsOf = (page: Page) => page.locator("table.students tbody tr");
  const focused = (page: Page) => page.locator(":focus");
  const status = async (page: Page) => await page.getByRole("status").textContent();
  const search = (page: Page) => page.getByLabel("Search names and findings");

  test("shows the class at a glance", async () => {
    const page = await open("class.html");
    expect(await page.locator(".lead").textContent()).toBe(
      "1,000 students: 899 submissions graded, 100 missing, 1 not gradable",
    );
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
      "Possibly the grader's fault",
      "Students and checks",
      "Scores",
      "Checks",
      "Misconceptions by frequency",
      "Students",
    ]);
    expect(await page.title()).toBe("Dropout");
  });

  test("puts no more on the page than is looked at, and all of it in the end", async () => {
    const page = await open("class.html");
    expect(await rowsOf(page).count()).toBeLessThan(500);
    for (let i = 0; i < 10 && (await rowsOf(page).count()) < 1000; i += 1) {
      const before = await rowsOf(page).count();
      await rowsOf(page).last().scrollIntoViewIfNeeded();
      await expect.poll(async () => await rowsOf(page).count()).toBeGreaterThan(before);
    }
    expect(await rowsOf(page).count()).toBe(1000);
  });

  test("finds a student by name", async () => {
    const page = await open("class.html");
    await page.keyboard.press("/");
    await page.keyboard.type("name 641");
    expect(await status(page)).toBe("1 of 1,000 shown");
    expect(await rowsOf(page).getByRole("link").allTextContents()).toEqual(["Name 641"]);
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await status(page)).toBe("1,000 of 1,000 shown");
    expect(await search(page).inputValue()).toBe("");
  });

  test("narrows by check, finding, points and group", async () => {
    const page = await open("class.html");
    await page.getByRole("combobox", { name: "Check" }).selectOption("forward.scaled failed");
    expect(await status(page)).toBe("200 of 1,000 shown");
    await page.getByLabel("Points from").fill("80");
    expect(await status(page)).toBe("0 of 1,000 shown");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("combobox", { name: "Finding" }).selectOption("Backward draws a new mask");
    expect(await status(page)).toBe("200 of 1,000 shown");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("combobox", { name: "Show" }).selectOption("without a mark");
    expect(await status(page)).toBe("101 of 1,000 shown");
  });

  test("leads from a number to the students behind it", async () => {
    const page = await open("class.html");
    await page.getByRole("button", { name: "forward.scaled, failed: show 200 students" }).click();
    expect(await status(page)).toBe("200 of 1,000 shown");
    await page
      .getByRole("button", { name: /^Forward is not written yet: show|^Backward is not/u })
      .click();
    expect(await status(page)).toBe("200 of 1,000 shown");
    await page.getByText("As a table").click();
    await page.getByRole("button", { name: "Show 300 students with 100 to 100 points" }).click();
    expect(await status(page)).toBe("300 of 1,000 shown");
    await page.getByRole("button", { name: "1 student", exact: true }).click();
    expect(await status(page)).toBe("200 of 1,000 shown");
  });

  test("sorts by points, up and down", async () => {
    const page = await open("class.html");
    const points = page.getByRole("columnheader", { name: "Points" });
    expect(await points.getAttribute("aria-sort")).toBe("none");
    await points.getByRole("button").click();
    expect(await points.getAttribute("aria-sort")).toBe("ascending");
    expect(await rowsOf(page).first().locator("td").first().textContent()).toBe("–");
    await points.getByRole("button").click();
    expect(await points.getAttribute("aria-sort")).toBe("descending");
    expect(await rowsOf(page).first().locator("td").first().textContent()).toBe("100");
  });

  test("opens a student by keyboard, goes on to the next and comes back to the list", async () => {
    const page = await open("class.html");
    await search(page).fill("survives");
    await page.getByRole("link", { name: "Name 11", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Name 11" }).waitFor();
    expect(await focused(page).textContent()).toBe("Name 11");
    expect(await page.title()).toBe("Name 11 – Dropout");
    expect(await page.locator(".code").textContent()).toContain("// student0011");
    await page.getByRole("link", { name: "Next: Name 16" }).click();
    await page.getByRole("heading", { level: 1, name: "Name 16" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "All students" }).click();
    await page.getByRole("heading", { level: 1, name: "Dropout" }).waitFor();
    expect(await focused(page).textContent()).toBe("Name 11");
    expect(await status(page)).toBe("200 of 1,000 shown");
  });

  test("shows a finding at its line, and leads from the one to the other", async () => {
    const page = await open("one.html");
    expect(await page.locator(".lead").textContent()).toBe("60 of 100 points");
    const hit = page.locator(".line.hit");
    expect(await hit.locator("mark").textContent()).toBe("Matrix.mul(relu(Z1), D1)");
    const note = page.locator(".line.hit + .beside");
    expect(await note.textContent()).toContain(
      "What survives dropout is not scaled by 1/keep_prob",
    );
    await note.getByRole("button").click();
    expect(await focused(page).getAttribute("id")).toBe("finding-0");
    await page.getByRole("link", { name: "src/dropout.ts:7" }).click();
    await page.locator("#line-0\\.7:focus").waitFor();
    expect(await page.locator(".console").textContent()).toContain("Matrix { … }");
  });

  test("shows beside each line what it held, and leads to the first that is off", async () => {
    const page = await open("walked.html");
    const valuesOf = (line: number) => page.getByRole("list", { name: `Values of line ${line}` });
    expect(await valuesOf(10).getByRole("listitem").allTextContents()).toEqual([
      "✓ as it should be: A1: relu(Z1)",
    ]);
    expect(await valuesOf(20).getByRole("listitem").count()).toBe(2);
    // What is none of the network's quantities is left out.
    expect(await valuesOf(11).count()).toBe(0);
    const first = page.locator(".is-diverges", { hasText: "expected also" });
    expect(await first.locator("small").textContent()).toBe("A1[0, 2] is 0.5123, expected 0.8538");
    await page.getByRole("link", { name: "Go there" }).click();
    await page.locator("#line-0\\.14:focus").waitFor();
    const names = ["D1: 4 of 15 entries are zero", /^A1, what the next layer reads: 6 of 15/u];
    for (const name of names) expect(await page.getByRole("img", { name }).count()).toBe(1);
    expect(await page.getByRole("img").first().locator("rect").count()).toBe(11);
  });

  test("has the values below the code on a phone, and nothing sticks out", async () => {
    const page = await open("walked.html");
    await page.setViewportSize({ width: 390, height: 800 });
    const code = await page.locator("#line-0\\.10 code").first().boundingBox();
    const values = await page.getByRole("list", { name: "Values of line 10" }).boundingBox();
    expect(values?.y).toBeGreaterThanOrEqual((code?.y ?? 0) + (code?.height ?? 0));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  test("shows hostile text as text", async () => {
    const attack = `</script><script>alert(1)</script><img src=x onerror="alert(2)">\u202E{{1}}`;
    const graded = gradedWith(
      {
        ...{ ...TWO_MISTAKES.report, console: attack, submission: { path: attack, files: [] } },
        walks: [
          {
            ...{ ...UNSCALED_WALK, pictures: [{ title: attack, rows: [[1, 0]] }] },
            steps: UNSCALED_WALK.steps.map(({ location }) => ({
              location: { ...location, line: 1, endLine: 1 },
              ...{ name: attack, words: attack, standing: "diverges", entry: attack },
            })),
          },
        ],
      },
      `// ${attack}\n`,
    );
    const entry = { ...entryOf(0, 2), name: attack, outcome: { kind: "graded" as const, graded } };
    await writeFile(path.join(folder, "hostile.html"), write(classPage, [entry]));
    const page = await open("hostile.html");
    const seen = attack.replace("\u202E", String.raw`\u{202e}`);
    await page.getByRole("link", { name: seen }).click();
    await page.locator(".code").waitFor();
    expect(await page.locator(".line code").first().textContent()).toBe(`// ${seen}`);
    expect(await page.locator(".console").textContent()).toBe(seen);
    expect(await page.locator(".values small").first().textContent()).toBe(seen);
    expect(await page.locator("figcaption").textContent()).toBe(seen);
    expect(await page.locator("#page script, #page img").count()).toBe(0);
  });

  test("names nobody on the anonymous page", async () => {
    const page = await open("anonymous.html");
    expect(await page.content()).not.toContain("Name ");
    await page.getByRole("link", { name: "student0001" }).click();
    await page.getByRole("heading", { level: 3 }).first().waitFor();
    expect(await page.locator(".code").count()).toBe(0);
  });

  test("prints the whole class", async () => {
    const page = await open("class.html");
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/gu)?.length ?? 0;
    // 1,000 lines of 8 points: not in fewer than 10 pages, and nobody wants 100.
    expect(pages).toBeGreaterThan(10);
    expect(pages).toBeLessThan(60);
    expect(await rowsOf(page).count()).toBe(1000);
  });

  describe.each(["light", "dark"] as const)("%s: axe finds nothing", (scheme) => {
    const violations = async (page: Page): Promise<string[]> => {
      await page.evaluate(axe.source);
      const { violations: all } = await page.evaluate(async () => {
        // What the line above has put there.
        return await (globalThis as unknown as { axe: typeof axe }).axe.run();
      });
      return all.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    };

    test("in the class", async () => {
      const page = await open("small.html", scheme);
      expect(await violations(page)).toEqual([]);
    });

    test("in the class on a narrow screen", async () => {
      const page = await open("small.html", scheme);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await violations(page)).toEqual([]);
    });

    test("in one submission", async () => {
      expect(await violations(await open("one.html", scheme))).toEqual([]);
    });

    test("in a submission line by line, wide and narrow", async () => {
      const page = await open("walked.html", scheme);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await violations(page)).toEqual([]);
    });

    test("in a student of the class", async () => {
      const page = await open("small.html", scheme);
      await page.getByRole("link", { name: "Name 1", exact: true }).click();
      await page.locator(".code").waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });
});
