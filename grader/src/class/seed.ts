import { createHash, createHmac } from "node:crypto";

/** Half of the HMAC: 128 bits, short enough to be typed once. */
const HEX_DIGITS = 32;

/** A student's own seed, which nobody can tell without the secret. */
export function seedFor(secret: string, id: string): string {
  return createHmac("sha256", secret)
    .update(id.normalize("NFC"))
    .digest("hex")
    .slice(0, HEX_DIGITS);
}

/** Tells two secrets apart without giving either away. */
export function fingerprintOf(secret: string): string {
  return createHmac("sha256", secret)
    .update("fingerprint of a class's secret")
    .digest("hex")
    .slice(0, 16);
}

/** A short name for any text. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
