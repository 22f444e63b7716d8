import { words } from '../messages/index.ts';
import { inRecord } from '../record/record.ts';
import { bytes, printJson, printLine } from '../terminal/output.ts';

export interface GcOptions {
  readonly dry?: boolean;
  readonly json?: boolean;
}

/** `whorl gc`: removes files that dead processes left unfinished. Files that a living process writes are kept. */
export const gc = ({ dry = false, json = false }: GcOptions): Promise<void> =>
  inRecord(async (store) => {
    const { parts, files, bytes: size } = await store.artifacts.sweep({ dry });
    if (json) return printJson({ removed: !dry, parts, files, bytes: size });
    const { gc: t } = words();
    if (parts + files === 0) return printLine(t.none);
    const found = t.found(parts, files, bytes(size));
    printLine(dry ? t.dry(found) : t.removed(found));
  });
