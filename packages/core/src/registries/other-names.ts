import type { ActivationId } from './activations.ts';

// What other libraries and papers call what is here: suggested where somebody writes it. It is not taken, so that one
// thing has one name in the record, in queries and on every page.

type Names<K extends string> = Readonly<Partial<Record<K, readonly string[]>>>;

const activations: Names<ActivationId> = {
  linear: ['identity', 'none', 'id'],
  sigmoid: ['logistic', 'sigm', 'logsig'],
  tanh: ['hyperbolic tangent', 'tansig'],
  relu: ['rectifier', 'rectified linear', 'ramp'],
  'leaky-relu': ['lrelu', 'leaky', 'leaky rectifier'],
  elu: ['exponential linear'],
  gelu: ['gaussian error linear', 'gelu_new'],
  swish: ['silu', 'sil', 'swish-1', 'sigmoid linear'],
  softplus: ['smooth relu', 'soft relu'],
};

/** By the path of the field and the name that is ours. */
export const OTHER_NAMES: Readonly<Record<string, Names<string>>> = {
  'model.activation': activations,
  'model.name': {
    mlp: ['dense', 'fc', 'fully connected', 'feedforward', 'ffn', 'multilayer perceptron', 'perceptron', 'nn'],
    lenet: ['lenet-5', 'cnn', 'convnet'],
    'alexnet-small': ['alexnet', 'small alexnet'],
  },
  'model.init': {
    pytorch: ['torch', 'default', 'lecun', 'kaiming uniform'],
    xavier: ['glorot', 'glorot uniform', 'glorot normal', 'xavier uniform', 'xavier normal'],
    he: ['kaiming', 'kaiming normal', 'he normal', 'he uniform'],
  },
  'model.block': {
    plain: ['none'],
    residual: ['resnet', 'skip'],
    'batch-norm': ['bn', 'batch normalization'],
  },
  'model.pooling': { average: ['avg', 'mean', 'avgpool'], max: ['maximum', 'maxpool'] },
  'optimizer.name': {
    sgd: ['gd', 'gradient descent', 'stochastic gradient descent', 'vanilla'],
    momentum: ['sgd with momentum', 'sgd + momentum', 'sgd momentum', 'sgdm', 'msgd', 'heavy ball'],
    nesterov: ['nag', 'nesterov momentum', 'sgd with nesterov', 'sgd nesterov', 'nesterov accelerated gradient'],
    adamw: ['adam with weight decay', 'adam decoupled'],
    rmsprop: ['rms'],
  },
  'loss.name': {
    'softmax-cross-entropy': [
      ...['cross entropy', 'xent', 'ce', 'softmax', 'log loss', 'nll', 'negative log likelihood'],
      ...['categorical cross entropy', 'sparse categorical cross entropy', 'softmax cross entropy with logits'],
    ],
    'sigmoid-cross-entropy': ['bce', 'binary cross entropy', 'bce with logits', 'sigmoid', 'logistic'],
    'softmax-squared-error': ['brier', 'brier score', 'softmax mse'],
    'squared-error': ['mse', 'mean squared error', 'mean square error', 'l2', 'quadratic', 'least squares', 'rmse'],
  },
  'schedule.name': {
    constant: ['none', 'fixed', 'off'],
    step: ['step lr', 'step decay', 'multistep'],
    exponential: ['exp', 'exponential lr', 'exponential decay'],
    cosine: ['cosine annealing', 'cosine annealing lr', 'cosine decay', 'cos'],
  },
  'data.name': {
    moons: ['two moons', 'make moons', 'half moons'],
    circles: ['rings', 'make circles', 'concentric'],
    gaussians: ['blobs', 'gauss', 'make blobs', 'clusters'],
    spiral: ['spirals', 'swiss roll'],
    checkerboard: ['chess', 'checkers', 'chessboard'],
    mnist: ['digits'],
    csv: ['file', 'own', 'tsv'],
  },
  batchSize: { full: ['all', 'full batch'] },
};
