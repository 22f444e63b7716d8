/** The names that `tf.layers.activation` takes, as far as Whorl uses them. */
export type ActivationIdentifier = 'relu' | 'tanh' | 'sigmoid';
