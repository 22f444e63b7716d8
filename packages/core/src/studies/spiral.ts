import { boundarySteps } from './boundary-steps.ts';
import type { Study } from './study.ts';

export const spiralStudy: Study = {
  id: 'spiral',
  title: 'Spiral data and ReLU',
  question: 'Can a network without a nonlinearity separate three spiral arms, and what does ReLU change?',
  defaults: {
    study: 'spiral',
    seed: 1,
    epochs: 1000, // the course's
    batchSize: 'full', // the course's: every step sees all points
    data: { name: 'spiral', n: 1000, classes: 3, noise: 0.2 }, // the course's
    model: { name: 'mlp', hidden: [100], activation: 'relu', init: 'pytorch', dropout: 0 }, // the course's second network
    optimizer: { name: 'adam', lr: 1e-3, weightDecay: 1e-5 }, // the course's
    schedule: { name: 'constant' },
  },
  factors: ['model.activation', 'optimizer.name'],
  course: [
    {
      label: 'linear + SGD',
      values: { 'model.activation': 'linear', 'optimizer.name': 'sgd' },
      metric: 'accuracy',
      reported: 0.504,
    },
    {
      label: 'ReLU + Adam',
      values: { 'model.activation': 'relu', 'optimizer.name': 'adam' },
      metric: 'accuracy',
      reported: 0.949,
    },
  ],
  probes: { boundary: boundarySteps },
};
