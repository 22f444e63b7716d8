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
  // Dense where the boundary changes fast, then every twentieth of the run.
  probes: {
    boundary: (epochs) => {
      const steps = new Set([0, epochs]);
      for (const step of [1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150]) if (step < epochs) steps.add(step);
      for (let i = 1; i < 20; i++) steps.add(Math.round((epochs * i) / 20));
      return [...steps].sort((a, b) => a - b);
    },
  },
};
