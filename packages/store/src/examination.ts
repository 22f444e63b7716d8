import { sameText, type Text } from '@whorl/core';
import type { ArtifactFiles } from './artifact-files.ts';
import { readDemonstration } from './demonstrations.ts';
import { sqliteCode } from './errors.ts';
import type { MetricStore } from './metrics.ts';
import { RowReader } from './row-reader.ts';
import { RunRecords } from './run-record.ts';
import { type Sql, select } from './sql/compose.ts';
import type { Row, Statements } from './sql/statements.ts';
import { selectAll, TABLES } from './sql/tables.ts';

/** What was read of a record, and what is damaged. */
export interface Examination {
  readonly experiments: number;
  readonly runs: number;
  readonly series: number;
  readonly points: number;
  readonly artifacts: number;
  /** What is damaged, and how; the rest of the record was read and is whole. */
  readonly problems: readonly Text[];
}

const BATCH = 200;
const MOST_SAID = 20;

const { Artifact, Run } = TABLES;

/** Reads the whole record: every row, every point against its checksum, every file against its hash. */
export async function examine(
  statements: Statements,
  metrics: MetricStore,
  files: ArtifactFiles,
): Promise<Examination> {
  const problems: Text[] = [];
  const attempt = <T>(what: Text, read: () => T, none: T): T => {
    try {
      return read();
    } catch (error) {
      // Beyond a damaged page the rest of the record is still worth reading.
      if (sqliteCode(error) === undefined) throw error;
      problems.push(withWhat(what, sameText((error as Error).message)));
      return none;
    }
  };
  const objects = <R>(what: Text, question: Sql<R>) => attempt(what, () => statements.objects(question), []);

  problems.push(...attempt(DATABASE, () => structure(statements), []));
  const experiments = objects({ en: 'experiments', zh: '实验' }, selectAll('Experiment')``);
  for (const row of experiments) problems.push(...ofRow({ en: 'experiment', zh: '实验' }, row, readExperiment));
  for (const row of objects({ en: 'shares', zh: '链接' }, selectAll('Share')``)) {
    problems.push(...ofRow({ en: 'share', zh: '链接' }, row, readShare));
  }
  for (const row of objects({ en: 'saved views', zh: '保存的视图' }, selectAll('SavedView')``)) {
    problems.push(...ofRow({ en: 'saved view', zh: '保存的视图' }, row, readView));
  }
  for (const row of objects({ en: 'demonstrations', zh: '演示' }, selectAll('Demonstration')``)) {
    const id = `${row.experimentId} ${row.position}`;
    problems.push(...ofRow({ en: 'demonstration', zh: '演示' }, { ...row, id }, readDemonstration));
  }
  for (const row of objects({ en: 'sets of runs', zh: '运行集合' }, selectAll('RunSet')``)) {
    problems.push(...ofRow({ en: 'set of runs', zh: '运行集合' }, row, (reader) => reader.texts('runIds')));
  }

  const runIds = attempt({ en: 'runs', zh: '运行' }, () => statements.column(select(Run.id)`FROM ${Run}`), []);
  const records = new RunRecords(statements, metrics);
  let [series, points] = [0, 0];
  for (let at = 0; at < runIds.length; at += BATCH) {
    const some = runIds.slice(at, at + BATCH);
    for (const { id, damage } of attempt({ en: 'runs', zh: '运行' }, () => records.of(some), [])) {
      if (damage.length > 0) problems.push(unreadable({ en: 'run', zh: '运行' }, id, damage));
      const none = { series: 0, points: 0, problems: [] };
      const found = attempt({ en: `metrics of run ${id}`, zh: `运行 ${id} 的指标` }, () => metrics.examine(id), none);
      series += found.series;
      points += found.points;
      problems.push(...found.problems);
    }
  }
  const artifacts = objects(
    { en: 'artifacts', zh: '文件' },
    selectAll('Artifact')`ORDER BY ${Artifact.runId}, ${Artifact.id}`,
  );
  for (const row of artifacts) problems.push(...(await ofArtifact(row, files)));
  return {
    experiments: experiments.length,
    runs: runIds.length,
    series,
    points,
    artifacts: artifacts.length,
    problems,
  };
}

const DATABASE: Text = { en: 'database', zh: '数据库' };

const withWhat = (what: Text, said: Text): Text => ({ en: `${what.en}: ${said.en}`, zh: `${what.zh}：${said.zh}` });

/** Damage that SQLite finds in its own structures, and rows without an owner. */
function structure(statements: Statements): Text[] {
  const byTable = new Map<string, number>();
  for (const [table, parent] of statements.orphans()) {
    const pair = `${table} → ${parent}`;
    byTable.set(pair, (byTable.get(pair) ?? 0) + 1);
  }
  return [
    ...statements.structureProblems(MOST_SAID).map((said) => withWhat(DATABASE, sameText(said))),
    ...[...byTable].map(([pair, rows]) =>
      withWhat(DATABASE, { en: `${rows} rows belong to nothing (${pair})`, zh: `有 ${rows} 行没有归属（${pair}）` }),
    ),
  ];
}

const unreadable = (what: Text, id: string, columns: readonly string[]): Text => ({
  en: `${what.en} ${id} cannot be read in full: ${columns.join(', ')}`,
  zh: `${what.zh} ${id} 无法完整读取：${columns.join('、')}`,
});

function ofRow(what: Text, row: Row, read: (reader: RowReader) => unknown): Text[] {
  const reader = new RowReader(row);
  read(reader);
  return reader.damage.length === 0 ? [] : [unreadable(what, String(row.id), reader.damage)];
}

function readExperiment(reader: RowReader): void {
  for (const column of ['name', 'study', 'notes']) reader.text(column);
  for (const column of ['createdAt', 'updatedAt']) reader.date(column);
  for (const column of ['archivedAt', 'stopRequestedAt']) reader.dateOrNull(column);
}

function readShare(reader: RowReader): void {
  const kind = reader.oneOf('kind', ['experiment', 'run', 'comparison'], 'run');
  if (kind === 'experiment') reader.text('experimentId');
  reader.texts('runIds');
  for (const column of ['createdAt', 'expiresAt']) reader.date(column);
  reader.dateOrNull('revokedAt');
}

function readView(reader: RowReader): void {
  for (const column of ['name', 'state']) reader.text(column);
  for (const column of ['createdAt', 'updatedAt']) reader.date(column);
}

async function ofArtifact(row: Row, files: ArtifactFiles): Promise<Text[]> {
  const reader = new RowReader(row);
  const [name, sha256, size] = [reader.text('name'), reader.text('sha256'), reader.whole('size')];
  reader.whole('step');
  reader.text('mediaType');
  reader.object('meta');
  const what: Text = { en: `artifact ${name} of run ${row.runId}`, zh: `运行 ${row.runId} 的文件 ${name}` };
  const said: Text[] = [];
  if (reader.damage.length > 0) said.push(unreadable(what, String(row.id), reader.damage));
  const file = files.pathOf(sha256);
  if (file === null) return [...said, withWhat(what, { en: 'its hash is none', zh: '哈希不是哈希' })];
  const data = await files.read(sha256);
  if (data?.length === size) return said;
  const isThere = files.has(sha256);
  const wrong: Text = !isThere
    ? { en: `${file} is missing`, zh: `${file} 缺失` }
    : { en: `${file} is not what was written`, zh: `${file} 与写入时不同` };
  return [...said, withWhat(what, wrong)];
}
