import { words } from '../messages/index.ts';
import { inRecord } from '../record/record.ts';
import { bytes, printJson, printLine, printSentences } from '../terminal/output.ts';

export interface GcOptions {
  readonly dryRun?: boolean;
  readonly dry?: boolean;
  readonly json?: boolean;
}

/**
 * `whorl gc`: removes what nobody needs: files that dead processes left unfinished, files of nothing, rows of nothing; and gives
 * the disk back the room that deleted rows had. What a living process writes is kept.
 */
export const gc = ({ dryRun = false, dry = dryRun, json = false }: GcOptions): Promise<void> =>
  inRecord(async (store) => {
    const rows = await store.ownerless.sweep({ dry });
    const { parts, files, bytes: size } = await store.artifacts.sweep({ dry });
    const room = dry ? store.ownerless.spareBytes : await store.ownerless.giveBack();
    if (json) return printJson({ removed: !dry, parts, files, bytes: size, rows, databaseBytes: room });
    const { gc: t } = words();
    const found = [
      ...(parts + files > 0 ? [t.found(parts, files, bytes(size))] : []),
      ...(rows > 0 ? [t.rows(rows)] : []),
      ...(room > 0 ? [t.room(bytes(room))] : []),
    ];
    if (found.length === 0) return printLine(t.none);
    printSentences(dry ? t.dry(found) : t.removed(found));
  });
