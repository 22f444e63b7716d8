import { buildConfig, trainingStudy } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { findEvidence } from '../app/[locale]/(app)/concepts/[slug]/_components/evidence.ts';
import { log, ownerOf, temporaryStore } from './record.ts';

describe('the recorded runs that a concept page shows', () => {
  it('are those at the settings of the study, those of the course first and the others named as elsewhere', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.ensure('grid', 'spiral');
    const record = async (activation: string, optimizer: string, accuracy: number, more = {}) => {
      const values = { 'model.activation': activation, 'optimizer.name': optimizer, ...more };
      const { id } = await store.runs.start({
        experimentId,
        name: 'a run',
        config: buildConfig(trainingStudy('spiral').defaults, values),
        engine: 'cpu',
        mode: 'eager',
        environment: {},
        command: 'whorl run',
      });
      log(store, id, 'accuracy', 0, [0.3, accuracy]);
      await store.runs.end(id, 'finished', { durationMs: 1 });
    };
    await record('linear', 'sgd', 0.5);
    await record('relu', 'adam', 0.94);
    await record('relu', 'sgd', 0.52);
    await record('relu', 'adam', 0.1, { epochs: 3 }); // another training: no evidence
    const evidence = await findEvidence(ownerOf(store), 'spiral');
    expect(evidence?.rows.map(({ label, measured }) => [label, measured?.n, measured?.mean])).toEqual([
      ['linear · sgd', 1, 0.5],
      ['relu · adam', 1, 0.94],
      ['relu · sgd', 1, 0.52],
    ]);
  });
});
