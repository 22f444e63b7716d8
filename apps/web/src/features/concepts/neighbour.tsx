import { PageLink } from '#src/ui/page-link.tsx';

interface NeighbourProps {
  readonly concept: { readonly slug: string; readonly title: string } | undefined;
  readonly label: string;
  readonly href: (slug: string) => string;
  readonly end?: boolean;
}

/** A link to the previous or the next concept. */
export function Neighbour({ concept, label, href, end = false }: NeighbourProps) {
  if (!concept) return <span />;
  return (
    <p className={end ? 'text-end' : ''}>
      <span className="block text-small text-muted">{label}</span>
      <PageLink className="link" rel={end ? 'next' : 'prev'} href={href(concept.slug)}>
        {concept.title}
      </PageLink>
    </p>
  );
}
