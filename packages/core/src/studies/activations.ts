import { boundarySteps } from './boundary-steps.ts';
import { spiralStudy } from './spiral.ts';
import type { Study } from './study.ts';

export const activationsStudy: Study = {
  id: 'activations',
  title: 'Activation functions',
  question:
    'Which activation function learns the spiral best, and what does each do to gradients and units on the way?',
  defaults: { ...spiralStudy.defaults, study: 'activations' },
  factors: ['model.activation'],
  course: [],
  probes: { boundary: boundarySteps, layers: true },
};
