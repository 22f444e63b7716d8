import type { Config } from '../config/schema.ts';
import type { DataSources } from '../data/data-sources.ts';
import type { DrawnData } from '../kinds/data/data-kind.ts';
import { drawFrom } from '../kinds/data/draw.ts';
import type { Rng } from '../random/rng.ts';
import { type Prepared, prepareFrom } from '../train/prepare.ts';
import { readCsvFile } from './csv-file.ts';
import { readDigits } from './mnist-digits.ts';

const SOURCES: DataSources = { csv: readCsvFile, mnist: readDigits };

/** {@link drawFrom} the files and packages of this machine. */
export const drawData = (data: Config['data'], rng: Rng): Promise<DrawnData> => drawFrom(SOURCES, data, rng);

/** {@link prepareFrom} the files and packages of this machine. */
export const prepare = (config: Config): Promise<Prepared> => prepareFrom(SOURCES, config);
