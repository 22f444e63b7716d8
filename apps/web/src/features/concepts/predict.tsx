'use client';

import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { keep, readKept } from '#src/ui/kept.ts';
import { useConceptRecord, usePrediction } from './concept-record.tsx';
import { keptOption, predictionKey } from './model/prediction.ts';

interface Props {
  readonly question: string;
  readonly options: readonly string[];
}

/** A question before the experiment. The reader's answer stays in this browser, and is shown again beside the evidence. */
export function Predict({ question, options }: Props) {
  const t = useTranslations('concepts');
  const name = useId();
  const study = useConceptRecord()?.study ?? '';
  const [, setPrediction] = usePrediction();
  const [picked, setPicked] = useState<number | null>(null);
  useEffect(() => {
    const kept = keptOption(readKept(predictionKey(study)), options.length);
    setPicked(kept);
    setPrediction(kept === null ? null : (options[kept] ?? null));
  }, [study, options, setPrediction]);
  const pick = (place: number) => {
    setPicked(place);
    setPrediction(options[place] ?? null);
    keep(predictionKey(study), String(place));
  };
  return (
    <fieldset className="my-6 rounded-[6px] bg-sunk p-4" data-predict>
      <legend className="float-left mb-2 w-full font-medium">{question}</legend>
      <div className="clear-both space-y-1">
        {options.map((option, place) => (
          <label key={option} className="flex items-baseline gap-3 py-1">
            <input
              type="radio"
              className="accent-accent"
              name={name}
              checked={picked === place}
              onChange={() => pick(place)}
            />
            <span>{option}</span>
          </label>
        ))}
      </div>
      <p className="mt-2 text-small text-muted" aria-live="polite">
        {picked === null ? t('predictHint') : t('predictKept')}
      </p>
    </fieldset>
  );
}
