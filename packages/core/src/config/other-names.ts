import { ACTIVATIONS } from '../kinds/activations/index.ts';
import type { Family } from '../kinds/kind.ts';
import { KINDS } from './schema.ts';

// What other libraries and papers call our names, so that an error can suggest ours. Other names are not accepted: each
// thing has one name in the record, in queries and on every page.

type Names = Readonly<Record<string, readonly string[]>>;

const namesOf = (family: Family): Names =>
  Object.fromEntries(
    Object.values(family).map(({ id, label, otherNames = [] }) => [
      id,
      [...(label === id ? [] : [label]), ...otherNames],
    ]),
  );

/** The other names, by the path of the field and then by our name. */
export const OTHER_NAMES: Readonly<Record<string, Names>> = {
  'model.activation': namesOf(ACTIVATIONS),
  ...Object.fromEntries(Object.entries(KINDS).map(([part, family]) => [`${part}.name`, namesOf(family)])),
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
  batchSize: { full: ['all', 'full batch'] },
};
