import { REFERENCES } from './model/references.ts';

/** How a page of these references draws them: `<Cite of="he2015" />` as its number, `<References />` as the list. */
export function referring(ids: readonly string[]) {
  return {
    Cite: ({ of }: { readonly of: string }) => (
      <a className="link text-small" href={`#${of}`}>
        [{ids.indexOf(of) + 1}]
      </a>
    ),
    References: () => (
      <ol className="list-decimal space-y-2 ps-6 text-small" data-references>
        {ids.map((id) => {
          const reference = REFERENCES[id];
          return (
            reference && (
              <li key={id} id={id}>
                {reference.by} ({reference.year}).{' '}
                <a className="link" href={reference.url} rel="noreferrer" lang="en">
                  {reference.title}
                </a>
                . {reference.place}.
              </li>
            )
          );
        })}
      </ol>
    ),
  };
}
