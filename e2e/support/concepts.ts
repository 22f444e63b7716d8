/** The concept pages, by the last part of their addresses. */
export const CONCEPTS = [
  'tensors',
  'spiral',
  'learning-rate',
  'lenet-vs-alexnet',
  'activations',
  'vanishing-gradients',
  'width-vs-depth',
  'softmax',
  'optimizers',
  'repeatability',
  'mlp-vs-cnn',
];
