'use client';

import type { ComponentProps } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** Addresses that a link in user text may have. Any other, such as `javascript:`, is not linked. */
const SAFE = /^(https?:\/\/|mailto:)/i;

type AnchorProps = ComponentProps<'a'> & { readonly node?: unknown };

function Anchor({ href, children, node: _, ...rest }: AnchorProps) {
  if (!href) return <span>{children}</span>;
  // A footnote.
  if (href.startsWith('#')) {
    return (
      <a {...rest} href={href} className="link">
        {children}
      </a>
    );
  }
  return (
    <a href={href} className="link" target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** Headings in notes are not headings of the page, whose levels they would disturb. */
const Heading = ({ id, className = '', children }: ComponentProps<'h1'>) => (
  <p id={id} className={`font-semibold ${className}`}>
    {children}
  </p>
);

type ImageProps = ComponentProps<'img'> & { readonly node?: unknown };

/** Pictures from elsewhere would tell their server who reads. Their text is shown as a link instead. */
const Picture = ({ alt, src }: ImageProps) =>
  typeof src === 'string' && src !== '' ? <Anchor href={src}>{alt || src}</Anchor> : <span>{alt}</span>;

const COMPONENTS = {
  a: Anchor,
  img: Picture,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  table: ({ children }: ComponentProps<'table'>) => <table className="table max-w-full !w-auto">{children}</table>,
  // Boxes of tasks cannot be ticked here, so they are signs, not controls.
  input: ({ checked }: ComponentProps<'input'>) => <span>{checked ? '☑' : '☐'}</span>,
};

const PLUGINS = [remarkGfm];

/**
 * Markdown with GitHub's tables, tasks and strikethrough. HTML is shown as text, pictures are not loaded, and links lead
 * only to web and mail addresses.
 */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="prose [overflow-wrap:anywhere]">
      <ReactMarkdown
        remarkPlugins={PLUGINS}
        components={COMPONENTS}
        urlTransform={(address) => (address.startsWith('#') || SAFE.test(address) ? address : '')}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
