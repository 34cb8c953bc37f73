import type { ComponentChildren } from "preact";
import { explainCall } from "../../docs-page.ts";

interface DocsLinkProps {
  docs: string;
  about: string;
}

/** Where to read on. Only what a browser opens as a page becomes a link. */
export function DocsLink({ docs, about }: DocsLinkProps): ComponentChildren {
  const call = explainCall(docs);
  if (!docs.startsWith("https://")) {
    if (call === undefined) return null;
    return (
      <p class="docs">
        <code>{call}</code> says more.
      </p>
    );
  }
  return (
    <p class="docs">
      <a href={docs} rel="noreferrer" target="_blank">
        More<span class="unseen"> about: {about} (opens a new tab)</span>
      </a>
    </p>
  );
}
