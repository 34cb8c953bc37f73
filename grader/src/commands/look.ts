import type { Look } from "../report/reporter.ts";

/** A stream to write to, as far as its looks matter. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
}

/** What the user said about the looks. */
export interface LookWishes {
  color: boolean;
  toFile: boolean;
  several: boolean;
  again: readonly string[];
}

const WIDEST = 80;
const NARROWEST = 40;

/** NO_COLOR and FORCE_COLOR as no-color.org and Node have them; a file gets no colours. */
export function lookFor(wishes: LookWishes, screen: Screen, env: NodeJS.ProcessEnv): Look {
  const columns = wishes.toFile ? WIDEST : (screen.columns ?? WIDEST);
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, columns)),
    color: wishes.color && !wishes.toFile && wantsColor(screen, env),
    unicode: showsUnicode(env),
    several: wishes.several,
    again: wishes.again,
  };
}

function wantsColor(screen: Screen, env: NodeJS.ProcessEnv): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  if (isSet(env["FORCE_COLOR"]))
    return env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  return screen.isTTY === true && env["TERM"] !== "dumb";
}

/** False only where the locale or the terminal says so; most containers say nothing and can. */
function showsUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(isSet) ?? "";
  return env["TERM"] !== "linux" && locale !== "C" && locale !== "POSIX";
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
