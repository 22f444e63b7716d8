import { expect, it } from 'vitest';
import { pageOfMlflowLink } from '../src/features/experiments/model/mlflow-link.ts';

it.each([
  ['#/experiments/0', '/experiments/0'],
  ['#/experiments/5gjt4gd7nxj2/runs/t1abp9q4k1s3', '/runs/t1abp9q4k1s3'],
  ['#/experiments/1/runs/2/artifacts/model', '/runs/2'],
  ['#/experiments/1?searchFilter=x', '/experiments/1'],
  ['#/experiments/1/runs//evil.example', '/experiments/1'],
  ['#/experiments///evil.example', null],
  ['#configurations', null],
  ['', null],
])('the link %s of a client of MLflow means the page %s', (fragment, page) => {
  expect(pageOfMlflowLink(fragment)).toBe(page);
});
