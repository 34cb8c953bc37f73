/** The call that shows a finding's page where the grader is installed; none for another address. */
export function explainCall(docs: string): string | undefined {
  const [, page] = /(?:^|\/)docs\/misconceptions\/([\w-]+)\.md$/u.exec(docs) ?? [];
  return page === undefined ? undefined : `npx grade explain ${page}`;
}
