import { z } from 'zod';
import { dataKindRead } from './data-kind.ts';

/** The rows of a file, with any number of columns. The seed's stream `data` divides them, held-out rows included. */
export const csv = dataKindRead({
  id: 'csv',
  label: 'CSV',
  otherNames: ['file', 'own', 'tsv'],
  fields: {
    path: z.string().min(1).max(4096).describe('file; whorl run makes it absolute'),
    label: z.string().max(4096).default('').describe('column of the classes; empty: the last one'),
    header: z
      .boolean()
      .optional() // without a default: it would change the hash of configs made before the field existed
      .describe('whether the first row names the columns; left out: it must do so beyond doubt'),
    holdout: z.number().gt(0).lt(1).default(0.2).describe('share of the rows kept for testing'),
    standardize: z.boolean().default(true).describe('features to mean 0 and standard deviation 1 of the training rows'),
    sha256: z
      .string()
      .regex(/^([0-9a-f]{64})?$/, { error: 'expected a SHA-256 as 64 digits of 0-9 and a-f' })
      .default('')
      .describe("of the file's contents; whorl run fills it in"),
  },
  facts: { planar: false },
  read: async (told, rng, sources) => {
    // Imported only when asked for: a page that trains on a spiral needs no CSV parser.
    const { csvData } = await import('../../data/csv.ts');
    return csvData(told, rng, sources.csv);
  },
});
