import { mediaTypeOfName } from '../media/media-type.ts';
import type { EndNews, MediaNews } from '../reading/events.ts';
import type { Gather } from '../reading/gather.ts';
import { said } from '../reading/said.ts';
import { readConfig, readMetadata } from './companions.ts';
import type { MediaMessage, SaveMessage, StartMessage, SwanlabRecord } from './record-message.ts';

/** SwanLab's numbers for kinds of media, with its name for their folder and ours for the kind. */
const MEDIA: Readonly<Record<number, readonly [folder: string, what: MediaNews['what']]>> = {
  2: ['image', 'image'],
  3: ['audio', 'file'],
  4: ['text', 'text'],
  5: ['video', 'file'],
  6: ['echarts', 'file'],
  7: ['object3d', 'file'],
  8: ['molecule', 'file'],
  9: ['html', 'file'],
};
const STATUSES: Readonly<Record<number, EndNews['status']>> = { 1: 'finished', 2: 'failed', 3: 'interrupted' };
const [CONFIG, METADATA] = [1, 2];
/** The prefix of SwanLab's own metrics of the machine. */
const OWN = '__swanlab__.';

/** What a record says of the file's run. */
export function swanlabNews({ start, finish, scalar, media, save }: SwanlabRecord, gather: Gather): void {
  if (start) startNews(start, gather);
  if (scalar) {
    const key = scalar.key.startsWith(OWN) ? `system/${scalar.key.slice(OWN.length)}` : scalar.key;
    gather.point('', key, scalar.step, scalar.value, scalar.time);
  }
  if (media) mediaNews(media, gather);
  if (save) saveNews(save, gather);
  const status = finish && STATUSES[finish.state];
  if (status) gather.say({ kind: 'end', run: '', status, ...said({ error: finish.error }), time: finish.time ?? null });
}

function startNews(start: StartMessage, gather: Gather): void {
  const { id, name, project, description, tags, workspace, group, jobType, startedAt } = start;
  const labels = Object.fromEntries(tags.map((tag) => [tag, '']));
  gather.say({
    kind: 'run',
    run: '',
    ...said({ id, name, group: project, notes: description }),
    ...(startedAt === undefined ? {} : { startedAt }),
    tags: { ...labels, ...said({ workspace, group, job_type: jobType }) },
    facts: { writer: 'swanlab' },
  });
}

function mediaNews({ key, step, time, type, items }: MediaMessage, gather: Gather): void {
  const [folder, what] = MEDIA[type] ?? [];
  if (folder === undefined || what === undefined) {
    gather.unread('', `media ${type}`);
    return;
  }
  items.forEach(({ name, caption, payload }, index) => {
    const body = payload === undefined ? { path: `media/${folder}/${name}` } : new Uint8Array(payload);
    const mediaType = mediaTypeOfName(name);
    gather.say({ kind: 'media', run: '', what, key, step, time, index, mediaType, body, ...said({ caption }) });
  });
}

/** SwanLab keeps the config, and what it knows of the machine, in files beside the log. */
function saveNews({ path, type }: SaveMessage, gather: Gather): void {
  const name = path.split(/[\\/]/).at(-1) as string;
  if (type === CONFIG) gather.say({ kind: 'companion', run: '', path: `files/${name}`, read: readConfig });
  else if (type === METADATA) gather.say({ kind: 'companion', run: '', path: `files/${name}`, read: readMetadata });
}
