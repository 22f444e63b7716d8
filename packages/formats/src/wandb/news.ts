import { configParams } from '../json/params.ts';
import { parseDigits, parsePythonJson } from '../json/python-json.ts';
import type { Facts, RunNews } from '../reading/events.ts';
import type { Gather } from '../reading/gather.ts';
import { said } from '../reading/said.ts';
import { type ItemTree, treeOf } from './items.ts';
import { mediaItemNews } from './media-item.ts';
import type {
  EnvironmentMessage,
  ExitMessage,
  HistoryMessage,
  ItemMessage,
  RunMessage,
  StatsMessage,
  WandbRecord,
} from './record-message.ts';

/**
 * The news in a record about the file's run, which began at `startedAt`.
 * @returns when the run began, which a record may tell
 * @throws Error where a value is not JSON: nothing of the record is then reported
 */
export function recordNews(record: WandbRecord, startedAt: number | null, gather: Gather): number | null {
  const { producer, run, environment, config, history, summary, stats, exit } = record;
  if (producer !== undefined) gather.say({ kind: 'run', run: '', facts: { writer: `wandb ${producer}` } });
  if (run) runNews(run, gather);
  if (environment) gather.say({ kind: 'run', run: '', facts: factsOf(environment) });
  if (config) gather.say({ kind: 'run', run: '', params: paramsOfItems(config) });
  if (history) historyNews(history, gather);
  if (summary) summaryNews(summary, gather);
  if (stats) statsNews(stats, startedAt, gather);
  if (exit) exitNews(exit, startedAt, gather);
  return run?.startedAt ?? startedAt;
}

function runNews(run: RunMessage, gather: Gather): void {
  const { id, name, project, notes, group, jobType, sweep, host, git, startedAt, startingStep, isResumed } = run;
  const labels = run.tags.map((tag) => [tag, ''] as const);
  const news: RunNews = {
    kind: 'run',
    run: '',
    ...said({ id, name, group: project, notes }),
    ...(startedAt === undefined ? {} : { startedAt }),
    params: paramsOfItems(run.config),
    tags: { ...Object.fromEntries(labels), ...said({ group, job_type: jobType, sweep }) },
    facts: said({ host, commit: git.commit, repository: git.remote }),
  };
  gather.say(news);
  if (isResumed) gather.say({ kind: 'restart', run: '', step: startingStep, time: startedAt ?? 0 });
}

function factsOf({ os, python, program, args, host, user, git }: EnvironmentMessage): Facts {
  const command = [program, ...args].join(' ');
  return said({ os, python, command, host, user, commit: git.commit, repository: git.remote });
}

/** Whether a key is W&B's own. */
const isOwn = (key: string): boolean => key.startsWith('_');

function paramsOfItems(items: readonly ItemMessage[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const { key, path, json } of items) {
    const at = path.length > 0 ? path.join('.') : key;
    if (json !== undefined && at !== '_wandb' && !at.startsWith('_wandb.'))
      Object.assign(params, configParams(parseDigits(json), at));
  }
  return params;
}

function historyNews({ items, step: numbered }: HistoryMessage, gather: Gather): void {
  const tree = treeOf(items);
  const [told, seconds] = [tree.get('_step'), tree.get('_timestamp')];
  const step = numbered ?? (typeof told === 'number' ? told : 0);
  const time = typeof seconds === 'number' ? seconds * 1000 : Number.NaN;
  const visit = (value: ItemTree, key: string): void => {
    if (typeof value === 'number') gather.point('', key, step, value, time);
    else if (typeof value === 'boolean') gather.point('', key, step, Number(value), time);
    else if (value instanceof Map) {
      if (value.has('_type')) mediaItemNews(value, { kind: 'media', run: '', key, step, time }, gather);
      else for (const [name, inner] of value) visit(inner, `${key}.${name}`);
    } else if (value !== null) gather.unread('', typeof value === 'string' ? 'text' : 'list');
  };
  for (const [key, value] of tree) if (!isOwn(key)) visit(value, key);
}

/**
 * With every step W&B writes the last value of each metric, by its path; values that a program set itself have a key.
 */
function summaryNews(items: readonly ItemMessage[], gather: Gather): void {
  const set = items.filter(({ key }) => key !== '' && !isOwn(key));
  if (set.length === 0) return;
  const tags: Record<string, string> = {};
  for (const { key, json } of set)
    if (json !== undefined) Object.assign(tags, configParams(parseDigits(json), `summary.${key}`));
  gather.say({ kind: 'run', run: '', tags });
}

function statsNews({ time, items }: StatsMessage, startedAt: number | null, gather: Gather): void {
  const step = startedAt === null ? 0 : (time - startedAt) / 1000;
  const values = items.map(({ key, json }) => [key, json === undefined ? null : parsePythonJson(json)] as const);
  for (const [key, value] of values)
    if (typeof value === 'number') gather.point('', `system/${key}`, step, value, time);
}

/** Python's exit code after Ctrl-C. */
const INTERRUPTED = 255;
function exitNews({ code, runtime }: ExitMessage, startedAt: number | null, gather: Gather): void {
  const status = code === 0 ? 'finished' : code === INTERRUPTED ? 'interrupted' : 'failed';
  gather.say({ kind: 'end', run: '', status, time: startedAt === null ? null : startedAt + runtime * 1000 });
}
