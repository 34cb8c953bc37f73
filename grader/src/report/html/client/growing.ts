import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** So many more each time. */
const STEP = 200;

/**
 * How much of a long list is on the page: more whenever its end comes into sight, and all of it for
 * the printer.
 *
 * @param key another value for another list, which begins anew
 */
export function useGrowing(
  all: number,
  key: unknown,
): { most: number; end: RefObject<HTMLDivElement | null> } {
  const [state, setState] = useState({ key, most: STEP });
  const most = state.key === key ? state.most : STEP;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const grow = (to: number): void => setState({ key, most: to });
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) grow(most + STEP);
      },
      { rootMargin: "800px" },
    );
    const print = (): void => grow(all);
    if (end.current !== null && most < all) watcher.observe(end.current);
    addEventListener("beforeprint", print);
    return () => {
      watcher.disconnect();
      removeEventListener("beforeprint", print);
    };
  }, [all, key, most]);
  return { most, end };
}
