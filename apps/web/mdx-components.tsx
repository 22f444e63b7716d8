import type { MDXComponents } from 'mdx/types';
import { PageLink } from '#src/components/ui/page-link.tsx';

const components: MDXComponents = {
  table: (props) => (
    <div className="overflow-x-auto">
      <table className="table" {...props} />
    </div>
  ),
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
