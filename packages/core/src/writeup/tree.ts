import type { Language } from '../text/text.ts';
import type { Figure } from './drawing/figure.ts';

// The report as a tree: what it says in one language, before it is turned into Markdown or HTML.

/** A formula as TeX, which Markdown takes, and as MathML, which a page shows without a script. */
export interface Equation {
  readonly tex: string;
  readonly mathml: string;
}

/** A part of a sentence; plain prose is a string. */
export type Phrase = string | { readonly code: string } | { readonly strong: string } | { readonly equation: Equation };

export interface WriteupTable {
  readonly caption: string;
  readonly heads: readonly string[];
  /** For each column; numbers are aligned right. */
  readonly align: readonly ('left' | 'right')[];
  readonly rows: readonly (readonly Phrase[])[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly spans: readonly Phrase[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Phrase[])[] }
  | ({ readonly kind: 'table' } & WriteupTable)
  | { readonly kind: 'commands'; readonly lines: readonly string[] }
  | { readonly kind: 'figure'; readonly figure: Figure }
  /** Room for the reader's own words, which nothing else fills. */
  | { readonly kind: 'own'; readonly about: string }
  /** What is not recorded or cannot be read, and the commands that help. */
  | {
      readonly kind: 'missing';
      readonly said: string;
      readonly help: 'record' | 'look';
      readonly commands: readonly string[];
    };

export interface Writeup {
  readonly language: Language;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What is missing in a report, for the command line to say after writing it. */
export const missingIn = ({ blocks }: Writeup): { readonly said: string; readonly commands: readonly string[] }[] =>
  blocks.flatMap((block) => (block.kind === 'missing' ? [{ said: block.said, commands: block.commands }] : []));

export const figuresIn = ({ blocks }: Writeup): Figure[] =>
  blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : []));

/** The blocks, each with its number among those of its kind: tables and figures are numbered. */
export function counted(blocks: readonly Block[]): { readonly block: Block; readonly count: number }[] {
  const counts = new Map<Block['kind'], number>();
  return blocks.map((block) => {
    const count = (counts.get(block.kind) ?? 0) + 1;
    counts.set(block.kind, count);
    return { block, count };
  });
}
