import type { ComponentChildren } from "preact";

interface DocsLinkProps {
  docs: string;
  about: string;
}

/** Where to read on. Only what a browser opens as a page becomes a link. */
export function DocsLink({ docs, about }: DocsLinkProps): ComponentChildren {
  const [, page] = /^docs\/misconceptions\/([\w-]+)\.md$/u.exec(docs) ?? [];
  if (page !== undefined) {
    return (
      <p class="docs">
        <code>grade explain {page}</code> says more.
      </p>
    );
  }
  if (!docs.startsWith("https://")) return null;
  return (
    <p class="docs">
      <a href={docs} rel="noreferrer" target="_blank">
        More<span class="unseen"> about: {about} (opens a new tab)</span>
      </a>
    </p>
  );
}
