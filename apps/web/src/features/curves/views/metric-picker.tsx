import { Popover } from '@base-ui/react/popover';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { LONGEST_SEARCH, matchesMetric } from '#src/contract/metric-search.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { Tick } from '#src/ui/tick.tsx';

/** A longer list is searched, not read. */
const MOST_LISTED = 50;

interface Props {
  /** What is chosen here, for the popup's name. */
  readonly label: string;
  /** The button that opens it, and what is in it. */
  readonly className: string;
  readonly children: ReactNode;
  readonly isPressed?: boolean;
  readonly metrics: readonly string[];
  readonly chosen: readonly string[];
  readonly onChoose: (metric: string, isChosen: boolean) => void;
  /** Whether it closes as soon as one is chosen. */
  readonly isSingle?: boolean;
}

/** A button that opens a list of metrics, which is searched, to choose one or several. */
export function MetricPicker({ label, className, children, isPressed, isSingle = false, ...list }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={className} aria-label={label} title={label} aria-pressed={isPressed}>
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-30">
          <Popover.Popup className="popup flex w-[320px] max-w-[90vw] flex-col p-2" aria-label={label}>
            <Choices {...list} onChosen={() => isSingle && setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ChoicesProps extends Pick<Props, 'metrics' | 'chosen' | 'onChoose'> {
  readonly onChosen: () => void;
}

function Choices({ metrics, chosen, onChoose, onChosen }: ChoicesProps) {
  const t = useTranslations('curves');
  const { metricName, whole } = useFormat();
  const [text, setText] = useState('');
  const others = metrics.filter((key) => !chosen.includes(key) && matchesMetric(text, key, metricName(key)));
  const listed = [...chosen, ...others].slice(0, MOST_LISTED);
  const left = chosen.length + others.length - listed.length;
  return (
    <>
      <input
        type="search"
        className="field mb-1 w-full"
        placeholder={t('findShort')}
        aria-label={t('findShort')}
        maxLength={LONGEST_SEARCH}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="max-h-72 overflow-y-auto">
        {listed.map((key) => {
          const isChosen = chosen.includes(key);
          return (
            <li key={key}>
              <button
                type="button"
                className="popup-item w-full text-start hover:bg-sunk"
                aria-pressed={isChosen}
                onClick={() => {
                  onChoose(key, !isChosen);
                  onChosen();
                }}
              >
                <Tick shown={isChosen} />
                <span className="min-w-0 truncate" title={key}>
                  {metricName(key)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="px-3 text-small text-muted" aria-live="polite">
        {listed.length === 0 ? t('foundNothing', { text }) : left > 0 ? t('moreMetrics', { count: whole(left) }) : ''}
      </p>
    </>
  );
}
