// The constants of torch.nn.BatchNorm1d; TF.js and Keras have others.
export const BATCH_NORM_EPS = 1e-5;
export const BATCH_NORM_MOMENTUM = 0.1;
