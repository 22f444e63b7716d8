'use client';

import type { ComponentProps } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** Where a link in somebody's text may lead: everything else, `javascript:` first of all, is no link. */
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

/** A heading of a note is no heading of the page: the levels would be out of order. */
const Heading = ({ id, className = '', children }: ComponentProps<'h1'>) => (
  <p id={id} className={`font-semibold ${className}`}>
    {children}
  </p>
);

type ImageProps = ComponentProps<'img'> & { readonly node?: unknown };

/** A picture from elsewhere would tell its server who reads: its words, leading to its address, are shown instead. */
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
  // The box of a task cannot be ticked here: it is a sign, not a control.
  input: ({ checked }: ComponentProps<'input'>) => <span>{checked ? '☑' : '☐'}</span>,
};

const PLUGINS = [remarkGfm];

/**
 * Markdown with GitHub's tables, tasks and strikethrough. HTML in it is shown as the text that it is, pictures are not
 * fetched, and links lead to web and mail addresses alone.
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
