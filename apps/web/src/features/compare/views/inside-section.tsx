'use client';

import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/charts/looks.ts';
import type { Analysis, LevelAnswer, Overview } from '#src/contract/comparison.ts';
import { type LayerGroup, LayerMaps } from '#src/features/layers/layer-maps.tsx';
import { Section } from '#src/ui/section.tsx';
import { useNearView } from '#src/ui/use-near-view.ts';
import { SpreadMaps } from './spread-maps.tsx';

interface Props {
  readonly overview: Overview;
  readonly analysis: Analysis;
  readonly looks: ReadonlyMap<string, Look>;
  readonly nameOf: (level: LevelAnswer) => string;
  /** The key of a level, the id of a run, or empty for all levels. */
  readonly chosen: string;
  readonly onChoose: (chosen: string) => void;
  readonly layer: string;
  readonly onLayer: (layer: string) => void;
}

const MOST_PANELS = 9;
const MOST_RUNS_A_PANEL = 20;
const MOST_RUNS_TO_CHOOSE = 200;

/** What happened inside of the layers: gradients, dead units and distributions of activations. */
export function InsideSection({ overview, analysis, looks, nameOf, chosen, onChoose, layer, onLayer }: Props) {
  const t = useTranslations('comparison');
  const host = useRef<HTMLDivElement>(null);
  const isNear = useNearView(host);
  const has = (measure: string) => overview.metrics.some((key) => key.startsWith(`${measure}.`));
  if ((!has('gradientNorm') && !has('deadUnits')) || analysis.levels.length === 0) return null;
  const groups = groupsOf(analysis.levels, looks, nameOf, chosen);
  const runs = analysis.levels.flatMap(({ runs: { ids, names } }) =>
    ids.map((id, i) => ({ id, name: names[i] ?? id })),
  );
  return (
    <Section
      title={t('inside')}
      note={
        <>
          {t('insideNote')}
          {chosen === '' &&
            analysis.levels.length > groups.length &&
            ` ${t('insideFirst', { shown: groups.length, count: analysis.levels.length })}`}
        </>
      }
      aside={
        <select
          className="field max-w-[min(320px,calc(100vw-32px))]"
          aria-label={t('insideOf')}
          value={chosen}
          onChange={(event) => onChoose(event.target.value)}
        >
          <option value="">{t('insideAll')}</option>
          <optgroup label={t('levels')}>
            {analysis.levels.map((level) => (
              <option key={level.level} value={`level ${level.level}`}>
                {nameOf(level)}
              </option>
            ))}
          </optgroup>
          {runs.length <= MOST_RUNS_TO_CHOOSE && (
            <optgroup label={t('runs')}>
              {runs.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      }
    >
      <div ref={host} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8">
        {isNear ? (
          <>
            {has('gradientNorm') && <LayerMaps measure="gradientNorm" groups={groups} />}
            {has('deadUnits') && <LayerMaps measure="deadUnits" groups={groups} />}
            <SpreadMaps groups={groups} layer={layer} onLayer={onLayer} />
          </>
        ) : (
          <div className="h-[560px]" />
        )}
      </div>
    </Section>
  );
}

/** The runs of each panel: those of the chosen level or run, or of each level. */
function groupsOf(
  levels: readonly LevelAnswer[],
  looks: ReadonlyMap<string, Look>,
  nameOf: (level: LevelAnswer) => string,
  chosen: string,
): LayerGroup[] {
  const group = (level: LevelAnswer): LayerGroup => ({
    key: level.level,
    name: nameOf(level),
    look: looks.get(level.level),
    runIds: level.runs.ids.slice(0, MOST_RUNS_A_PANEL),
  });
  const level = levels.find((item) => chosen === `level ${item.level}`);
  if (level) return [group(level)];
  const of = levels.find(({ runs }) => runs.ids.includes(chosen));
  if (of) {
    const name = of.runs.names[of.runs.ids.indexOf(chosen)] ?? chosen;
    return [{ key: chosen, name, look: looks.get(of.level), runIds: [chosen] }];
  }
  return levels.slice(0, MOST_PANELS).map(group);
}
