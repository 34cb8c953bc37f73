/** Puts commas between the elements of a JSON list that is written piece by piece. */
export function listed(): { next(json: string): string; count(): number } {
  let written = 0;
  return {
    next: (json) => {
      written += 1;
      return `${written === 1 ? "" : ","}\n${json}`;
    },
    count: () => written,
  };
}
