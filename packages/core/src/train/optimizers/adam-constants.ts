// PyTorch's defaults (torch/optim/adam.py); TF.js and Keras have others, such as an eps of 1e-7.
export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPS = 1e-8;
