/** An image as a file: setting one up takes a quarter of a second, reading it a few milliseconds. */

import { deserialize, serialize } from "node:v8";
import type { EngineBuild } from "./engine.ts";
import type { Image } from "./image.ts";

/** What `unpackImage` takes. The engine's code is not in it. */
export function packImage({ pages, written, runtime, student, judge }: Image): Uint8Array {
  return serialize({ pages, written, runtime, student, judge });
}

/**
 * @param build the very engine that the image was made with
 * @param bytes what `packImage` made: the build's own file, to be believed as its code is
 */
export function unpackImage(build: EngineBuild, bytes: Uint8Array): Image {
  const state = deserialize(bytes) as Omit<Image, "build">; // as `packImage` wrote it
  return { ...state, build };
}
