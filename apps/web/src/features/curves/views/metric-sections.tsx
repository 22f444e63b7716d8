import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import {
  FIRST_CHARTS,
  MORE_CHARTS,
  type SectionChoice,
  type ShownSections,
  withSection,
} from '../model/metric-sections.ts';
import { SeenChart } from './seen-chart.tsx';

interface Props {
  readonly shown: ShownSections;
  readonly choice: SectionChoice;
  readonly onChange: (changes: Partial<SectionChoice>) => void;
  readonly onSeen: (metric: string) => void;
  readonly chart: (metric: string, isPinned: boolean) => ReactNode;
}

/** The charts of many metrics, in sections by prefix. What is neither open nor near to being seen is not made. */
export function MetricSections({ shown: { pinned, sections }, choice, onChange, onSeen, chart }: Props) {
  const t = useTranslations('curves');
  const { whole } = useFormat();
  const { find } = choice;
  return (
    <div className="grid grid-cols-1 gap-y-2">
      {pinned.length > 0 && (
        <Part title={t('pinned')} count={whole(pinned.length)}>
          <Charts keys={pinned} most={pinned.length} onSeen={onSeen} chart={(key) => chart(key, true)} />
        </Part>
      )}
      {sections.map(({ name, keys, isOpen }) => (
        <Part
          key={name}
          title={name === '' ? t('noPrefix') : name}
          isPrefix={name !== ''}
          count={whole(keys.length)}
          isOpen={isOpen}
          onOpen={(open) => onChange(withSection(choice, name, open))}
        >
          {/* What a search finds is listed from its beginning. */}
          <Paged key={find} keys={keys} onSeen={onSeen} chart={chart} />
        </Part>
      ))}
      {pinned.length === 0 && sections.length === 0 && find.trim() !== '' && (
        <p className="text-muted">{t('foundNothing', { text: find })}</p>
      )}
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly count: string;
  /** Whether the title is a prefix of keys. */
  readonly isPrefix?: boolean;
  readonly isOpen?: boolean;
  /** Left out where it is always open. */
  readonly onOpen?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

function Part({ title, count, isPrefix = false, isOpen = true, onOpen, children }: PartProps) {
  const id = useId();
  const name = (
    <>
      <bdi className={isPrefix ? 'min-w-0 truncate font-mono' : 'min-w-0 truncate'}>{title}</bdi>
      <span className="font-normal text-muted tabular-nums">{count}</span>
    </>
  );
  return (
    <section aria-labelledby={id} data-metric-section={title} className={isOpen ? '' : 'print:hidden'}>
      <h3 id={id} className="border-b border-line font-medium">
        {onOpen ? (
          <button
            type="button"
            className="flex min-h-10 w-full items-center gap-2 text-start hover:bg-sunk"
            aria-expanded={isOpen}
            onClick={() => onOpen(!isOpen)}
          >
            <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" className="shrink-0 text-muted print:hidden">
              <path d={isOpen ? 'M0 2h8L4 7z' : 'M2 0v8l5-4z'} fill="currentColor" />
            </svg>
            {name}
          </button>
        ) : (
          <span className="flex min-h-10 items-center gap-2">{name}</span>
        )}
      </h3>
      {isOpen && <div className="pt-3 pb-6">{children}</div>}
    </section>
  );
}

interface ChartsProps {
  readonly keys: readonly string[];
  readonly onSeen: (metric: string) => void;
  readonly chart: (metric: string, isPinned: boolean) => ReactNode;
}

function Charts({ keys, most, onSeen, chart }: ChartsProps & { readonly most: number }) {
  return (
    <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2 print:grid-cols-2">
      {keys.slice(0, most).map((key) => (
        <SeenChart key={key} metric={key} onSeen={onSeen}>
          {chart(key, false)}
        </SeenChart>
      ))}
    </div>
  );
}

/** The first charts of a section, and more at each request. */
function Paged({ keys, ...props }: ChartsProps) {
  const t = useTranslations('curves');
  const [most, setMost] = useState(FIRST_CHARTS);
  const left = keys.length - most;
  return (
    <>
      <Charts keys={keys} most={most} {...props} />
      {left > 0 && (
        <p className="mt-4 print:hidden">
          <button type="button" className="button" onClick={() => setMost(most + MORE_CHARTS)}>
            {t('moreCharts', { count: Math.min(left, MORE_CHARTS), left })}
          </button>
        </p>
      )}
    </>
  );
}

const SETTLE_MS = 200;

interface SearchProps {
  readonly value: string;
  readonly count: number;
  readonly longest: number;
  readonly onChange: (text: string) => void;
}

/** The search in the keys of metrics. The charts follow when the reader stops typing. */
export function MetricSearch({ value, count, longest, onChange }: SearchProps) {
  const t = useTranslations('curves');
  const [typed, setTyped] = useState<string | null>(null);
  const label = useMemo(() => t('findMetric', { count }), [t, count]);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      onChange(typed);
      setTyped(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <input
      type="search"
      className="field w-64 max-w-full"
      placeholder={label}
      aria-label={label}
      maxLength={longest}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
