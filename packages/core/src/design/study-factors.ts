/** What each study varies: the config paths that its runs are compared by. Apart from the studies, for who needs no more. */
export const FACTORS = {
  activations: ['model.activation'],
  'learning-rate': ['optimizer.lr', 'optimizer.name'],
  'lenet-vs-alexnet': ['model.activation', 'model.pooling', 'model.filters', 'model.dropout', 'data.augment', 'data.n'],
  optimizers: ['optimizer.name', 'optimizer.lr', 'model.hidden', 'model.name'],
  softmax: ['loss.name', 'loss.stable'],
  spiral: ['model.activation', 'optimizer.name', 'optimizer.lr'],
  'vanishing-gradients': ['model.hidden', 'model.activation', 'model.init', 'model.block'],
  'width-vs-depth': ['model.hidden', 'model.block', 'data.name'],
} as const;

/** The factors that a study names; none for one that this version does not know, or that trains nothing. */
export const factorsOf = (study: string): readonly string[] =>
  Object.hasOwn(FACTORS, study) ? FACTORS[study as keyof typeof FACTORS] : [];
