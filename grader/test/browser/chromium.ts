import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

/** Where a Chromium of the machine's own may be. */
const PLACES = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const found = PLACES.find((place) => place !== undefined && existsSync(place));

/** Away from continuous integration, where nobody has to have a browser, the tests are left out. */
export const hasNoBrowser = found === undefined && process.env["CI"] === undefined;

/** @throws Error where there is none */
export async function openBrowser(): Promise<Browser> {
  if (found === undefined) throw new Error("No Chromium found; CHROMIUM may say where it is.");
  return await chromium.launch({ executablePath: found, args: ARGUMENTS });
}
