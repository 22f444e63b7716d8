import type { MDXComponents } from 'mdx/types';
import { Formula } from '#src/ui/formula.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { ProseTable } from '#src/ui/prose-table.tsx';

const components: MDXComponents = {
  table: ProseTable,
  span: (props) => (props.className === 'katex-display' ? <Formula {...props} /> : <span {...props} />),
  a: ({ href = '', children }) =>
    href.startsWith('/') || href.startsWith('#') ? (
      <PageLink className="link" href={href}>
        {children}
      </PageLink>
    ) : (
      <a className="link" href={href} rel="noreferrer">
        {children}
      </a>
    ),
};

/** How the elements of concept pages are drawn; Next.js looks for this function by its name. */
export function useMDXComponents(): MDXComponents {
  return components;
}
