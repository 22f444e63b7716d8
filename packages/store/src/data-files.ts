import { basename } from 'node:path';
import { type Config, flatten, type ParamValue } from '@whorl/core';
import { insertInto, OR_KEEP } from './sql/changes.ts';
import { select, sql } from './sql/compose.ts';
import type { Statements } from './sql/statements.ts';
import { TABLES } from './sql/tables.ts';

/** How many hexadecimal digits of the hash tell files of one name apart. */
const SHORT = 8;

const { DataFile } = TABLES;

/**
 * The names of the files on which runs were trained. A file is its contents: wherever it is, and whatever a copy is
 * called, it has the name under which it was first recorded, and no other file has that name.
 */
export class DataFiles {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /**
   * The params by which a run of `config` is found and compared: the leaves of the config, with the file's name in
   * place of its path.
   */
  paramsOf(config: Config): Readonly<Record<string, ParamValue>> {
    const params = flatten(config);
    const { data } = config;
    if (data.name !== 'csv' || data.sha256 === '') return params;
    return { ...params, 'data.path': this.#nameOf(data.sha256, basename(data.path)) };
  }

  #nameOf(sha256: string, called: string): string {
    const known = () =>
      this.#statements.column(select(DataFile.name)`FROM ${DataFile} WHERE ${DataFile.sha256} = ${sha256}`)[0];
    return (
      known() ??
      this.#statements.write(() => {
        // Another process may have been first, or another file may have the name.
        for (const name of [called, `${called} (${sha256.slice(0, SHORT)})`, `${called} (${sha256})`]) {
          this.#statements.run(sql`${insertInto('DataFile', { sha256, name })} ${OR_KEEP}`);
          const found = known();
          if (found !== undefined) return found;
        }
        return sha256;
      })
    );
  }
}
