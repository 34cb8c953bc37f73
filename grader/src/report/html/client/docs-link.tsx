import type { ComponentChildren } from "preact";

interface DocsLinkProps {
  docs: string;
  about: string;
}

/** The page about a finding. Only what a browser opens as a page becomes a link. */
export function DocsLink({ docs, about }: DocsLinkProps): ComponentChildren {
  if (!/^https:\/\//u.test(docs)) return null;
  return (
    <a class="docs" href={docs} rel="noreferrer" target="_blank" aria-label={`More about: ${about} (opens a new tab)`}>
      more
    </a>
  );
}
