import { type ReactNode, useEffect, useRef } from 'react';
import { useNearView } from '#src/ui/use-near-view.ts';

interface Props {
  readonly metric: string;
  /** Called once the chart is near to being seen. */
  readonly onSeen: (metric: string) => void;
  readonly children: ReactNode;
}

const MARGIN = '400px';

/** The place of a chart, which is made when it comes near to being seen: a section may have hundreds. */
export function SeenChart({ metric, onSeen, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useNearView(place, MARGIN, false);
  useEffect(() => {
    if (isNear) onSeen(metric);
  }, [isNear, metric, onSeen]);
  return (
    // As high as a chart with its title and its line of notes.
    <div ref={place} className="min-h-[336px] min-w-0" data-metric-chart={metric}>
      {isNear && children}
    </div>
  );
}
