import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { command } from '../scripts/setup/command.mjs';
import { mlflowPython } from '../scripts/setup/mlflow-client.mjs';
import { startBuiltApp } from './built-app.ts';

const script = fileURLToPath(new URL('fixtures-hugging-face.py', import.meta.url));

it("Hugging Face's own callback logs to the built app, and reads back what it logged", {
  timeout: 300_000,
}, async () => {
  const python = await mlflowPython();
  const app = await startBuiltApp();
  try {
    const output = await command(python, [script, app.url], {
      timeoutMs: 120_000,
      env: { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' },
    });
    const said = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    expect(said).toMatchObject({ name: '微调', status: 'FINISHED', experiment: '拥抱', release: 'RC1' });
    expect(said.params).toMatchObject({
      ...{ output_dir: 'out', seed: '7', learning_rate: '5e-05', num_train_epochs: '2' },
      ...{ report_to: "['mlflow']", 空: '', id2label: "{0: 'no', 1: '是'}", transformers_version: said.version },
    });
    expect(Object.keys(said.params), 'the callback leaves out what is too long for MLflow').not.toContain(
      'architectures',
    );
    expect(said.metrics).toEqual({
      ...{ loss: 1 / 40, grad_norm: 40, epoch: 2, 'rate _x_': 5e-5 },
      ...{ eval_loss: 0.05, train_runtime: 1.5, train_loss: 0.25 },
    });
    expect(said.history).toEqual({
      loss: Array.from({ length: 40 }, (_, i) => [i + 1, 1 / (i + 1)]),
      eval_loss: [20, 40].map((step) => [step, 2 / step]),
      'rate _x_': Array.from({ length: 40 }, (_, i) => [i + 1, 5e-5]),
    });
  } finally {
    await app.stop();
  }
});
