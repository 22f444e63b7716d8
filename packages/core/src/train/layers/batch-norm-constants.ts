// The constants of torch.nn.BatchNorm1d; those of TF.js and Keras differ.
export const BATCH_NORM_EPS = 1e-5;
export const BATCH_NORM_MOMENTUM = 0.1;
