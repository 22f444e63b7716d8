import type { ShownLoss } from '#src/contract/deletion.ts';

/** A line of what goes. */
export interface LossPart {
  readonly kind: 'experiments' | 'runs' | 'points' | 'files' | 'models' | 'views' | 'shares' | 'narrowedShares';
  readonly count: number;
  /** Of files: what is free on the disk afterwards. */
  readonly bytes?: number;
}

/** Named even where there are none: what people look for. */
const ALWAYS: readonly LossPart['kind'][] = ['runs', 'points', 'files', 'shares'];

/** What goes, from the large to the small. Experiments are named where there are several. */
export function lossParts(loss: ShownLoss): LossPart[] {
  const parts: readonly LossPart[] = [
    { kind: 'experiments', count: loss.experiments },
    { kind: 'runs', count: loss.runs },
    { kind: 'points', count: loss.points },
    { kind: 'files', count: loss.files, bytes: loss.bytes },
    { kind: 'models', count: loss.models },
    { kind: 'views', count: loss.views },
    { kind: 'shares', count: loss.shares },
    { kind: 'narrowedShares', count: loss.narrowedShares },
  ];
  return parts.filter(({ kind, count }) => ALWAYS.includes(kind) || count > (kind === 'experiments' ? 1 : 0));
}
