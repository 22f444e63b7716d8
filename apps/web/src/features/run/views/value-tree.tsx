'use client';

import type { LevelValue } from '@whorl/core';
import { useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import { type Branch, growTree, type Leaf, type TreeNode } from '../model/value-nodes.ts';

interface Props {
  /** The accessible name of the tree. */
  readonly label: string;
  readonly value: unknown;
  /** Values that differ from these are marked; without them nothing is. */
  readonly defaults?: unknown;
}

const MOST_LEAVES = 1_000;
/** Of more values than this only so many are shown at first. */
const FIRST_LEAVES = 40;
/** Trees with at least this many values have a search field. */
const SEARCHED = 8;

/** A nested value as a tree that can be folded. Values that differ from the defaults are marked. */
export function ValueTree({ label, value, defaults }: Props) {
  const t = useTranslations('tree');
  const [text, setText] = useState('');
  const [onlyDiffering, setOnlyDiffering] = useState(false);
  const id = useId();
  const whole = useMemo(() => growTree(value, { defaults, most: MOST_LEAVES }), [value, defaults]);
  const [all, setAll] = useState(false);
  const filtered = text.trim() !== '' || onlyDiffering;
  const isCut = !all && !filtered && whole.leaves > FIRST_LEAVES;
  const most = isCut ? FIRST_LEAVES : MOST_LEAVES;
  const shown = useMemo(
    () => growTree(value, { defaults, most, text, onlyDiffering }),
    [value, defaults, most, text, onlyDiffering],
  );
  return (
    <div data-tree={label}>
      {(whole.leaves >= SEARCHED || defaults !== undefined) && (
        <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
          {whole.leaves >= SEARCHED && (
            <>
              <label htmlFor={id} className="sr-only">
                {t('search', { label })}
              </label>
              <input
                id={id}
                type="search"
                className="field w-44"
                placeholder={t('searchShort')}
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </>
          )}
          {defaults !== undefined && whole.differing > 0 && (
            <label className="inline-flex min-h-8 items-center gap-2 text-small text-muted">
              <input
                type="checkbox"
                className="accent-accent"
                checked={onlyDiffering}
                onChange={(event) => setOnlyDiffering(event.target.checked)}
              />
              {t('onlyDiffering', { count: whole.differing })}
            </label>
          )}
          {defaults !== undefined && whole.differing === 0 && (
            <span className="text-small text-muted">{t('allDefault')}</span>
          )}
        </div>
      )}
      <ul className="text-small" aria-label={label}>
        {shown.nodes.map((node) => (
          <Node key={node.key} node={node} open={filtered} />
        ))}
      </ul>
      <p className="text-small text-muted" aria-live="polite">
        {shown.nodes.length === 0 && filtered ? t('nothing', { text }) : ''}
        {shown.leftOut > 0 && !isCut ? t('more', { count: shown.leftOut }) : ''}
      </p>
      {isCut && (
        <p className="mt-2 print:hidden">
          <button type="button" className="button" onClick={() => setAll(true)}>
            {t('all', { count: whole.leaves })}
          </button>
        </p>
      )}
    </div>
  );
}

/** @param open whether a search matched inside of it, so that it is shown open */
function Node({ node, open }: { readonly node: TreeNode; readonly open: boolean }) {
  return node.kind === 'leaf' ? <LeafRow leaf={node} /> : <BranchRow branch={node} open={open} />;
}

function BranchRow({ branch, open }: { readonly branch: Branch; readonly open: boolean }) {
  const t = useTranslations('tree');
  const [wanted, setWanted] = useState(true);
  const isOpen = open || wanted;
  return (
    <li>
      <button
        type="button"
        className="flex min-h-8 w-full items-center gap-2 border-b border-line text-start hover:bg-sunk"
        aria-expanded={isOpen}
        onClick={() => setWanted(!wanted)}
      >
        <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0 text-muted">
          <path d={isOpen ? 'M0 2h8L4 7z' : 'M2 0v8l5-4z'} fill="currentColor" />
        </svg>
        <span className="min-w-0 truncate font-mono">
          <bdi>{branch.key}</bdi>
        </span>
        {!isOpen && branch.differing > 0 && (
          <span className="text-accent">{t('differingInside', { count: branch.differing })}</span>
        )}
      </button>
      {isOpen && (
        <ul className="ml-[3px] border-l border-line pl-[13px]">
          {branch.children.map((node) => (
            <Node key={node.key} node={node} open={open} />
          ))}
        </ul>
      )}
    </li>
  );
}

function LeafRow({ leaf }: { readonly leaf: Leaf }) {
  const t = useTranslations('tree');
  const show = useShow();
  const { differs } = leaf;
  return (
    <li
      className="grid min-h-8 grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 border-b border-line py-[5px]"
      data-differs={differs ? '' : undefined}
    >
      <span className="flex items-baseline gap-2 font-mono break-all text-muted">
        {/* The mark has a place in every row, so that names are aligned. */}
        <span aria-hidden="true" className={`text-accent ${differs ? '' : 'invisible'}`}>
          •
        </span>
        <bdi>{leaf.key}</bdi>
      </span>
      <span className="font-mono break-all">
        <bdi className={differs ? 'font-semibold' : ''}>{show(leaf.value)}</bdi>
        {differs && (
          <span className="ml-3 font-sans text-muted">
            {leaf.usual === undefined ? t('noDefault') : t('default', { value: show(leaf.usual) })}
          </span>
        )}
      </span>
    </li>
  );
}

const LONGEST_SHOWN = 500;

function useShow(): (value: unknown) => string {
  const { value: short } = useFormat();
  return (value) => {
    if (value === null || value === undefined) return '–';
    const isPlain = typeof value !== 'object' || Array.isArray(value);
    const text = isPlain ? short(value as LevelValue) : JSON.stringify(value);
    return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  };
}
