import type { ArtifactRecord } from '@whorl/store';
import type { MediaGroup } from '#src/contract/media.ts';

/** What the names of files that programs log begin with. */
const LOGGED = 'files/';
/** Whether a program logged the file, and not Whorl of its own run. */
export const isLogged = (name: string): boolean => name.startsWith(LOGGED);

/** As MLflow's `log_image` names an image of a step; `/` in its key is `~` there, and `#` in older versions. A smaller copy lies beside it. */
const OF_MLFLOW = /^images\/(.+?)[%+]step[%+](-?\d+)[%+]timestamp[%+]-?\d+[%+][^/%+]+?([%+]compressed)?\.(?:png|webp)$/;

/** Images that every browser draws without running anything that is in them. */
export const SHOWN_IMAGES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

/** What the end of a name stands for where the program said nothing of the type. Code of any language is text. */
const OF_NAMES: Readonly<Record<string, string>> = {
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' },
  ...{ csv: 'text/csv', tsv: 'text/tab-separated-values', parquet: 'application/vnd.apache.parquet' },
  ...{ md: 'text/markdown', markdown: 'text/markdown', json: 'application/json', jsonl: 'text/plain' },
  ...{ txt: 'text/plain', log: 'text/plain', out: 'text/plain', err: 'text/plain', diff: 'text/plain' },
  ...{ yaml: 'text/yaml', yml: 'text/yaml', toml: 'text/plain', ini: 'text/plain', cfg: 'text/plain', xml: 'text/xml' },
  ...{ py: 'text/plain', js: 'text/plain', ts: 'text/plain', sh: 'text/plain', r: 'text/plain', sql: 'text/plain' },
  ...{ html: 'text/html', svg: 'image/svg+xml' },
};
/** Types that say nothing: MLflow's client calls every text `text/plain`, JSON and Markdown too. */
const GENERIC = /^(?:application\/octet-stream|binary\/octet-stream|text\/plain|)$/;
const DOCUMENT = /^text\/|[/+](?:json|xml|yaml|x-yaml)$|^application\/(?:vnd\.apache\.parquet|x-parquet|parquet)$/;

type Named = Pick<ArtifactRecord, 'name' | 'mediaType'>;

/** The media type of a file: what its program said, or where that says nothing, what its name says. */
export function mediaTypeOf({ name, mediaType }: Named): string {
  const [said = ''] = mediaType.split(';');
  const type = said.trim().toLowerCase();
  if (!GENERIC.test(type)) return type;
  const end = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(OF_NAMES, end) ? (OF_NAMES[end] as string) : type || 'application/octet-stream';
}

/** Where a file is shown: under which key, at which step (null for the whole run), and as what. */
export interface MediaPlace {
  readonly key: string;
  readonly step: number | null;
  readonly kind: MediaGroup['kind'];
  readonly mediaType: string;
}

/** Null for files that Whorl made of its own runs, and for MLflow's smaller copies of images. */
export function mediaPlace(record: Named & Pick<ArtifactRecord, 'step' | 'meta'>): MediaPlace | null {
  if (!isLogged(record.name)) return null;
  const name = record.name.slice(LOGGED.length);
  const mediaType = mediaTypeOf(record);
  const [isOfMlflow, key = '', step, copy] = OF_MLFLOW.exec(name) ?? [];
  if (copy !== undefined) return null;
  const place = isOfMlflow
    ? { key: key.replaceAll(/[#~]/g, '/'), step: Number(step) }
    : { key: name, step: stepOf(record) };
  return { ...place, kind: kindOf(mediaType, record.meta), mediaType };
}

const stepOf = ({ step }: Pick<ArtifactRecord, 'step'>): number | null => (step < 0 ? null : step);

function kindOf(mediaType: string, { what }: ArtifactRecord['meta']): MediaGroup['kind'] {
  if (what === 'histogram') return 'histogram';
  if (SHOWN_IMAGES.includes(mediaType)) return 'image';
  // SVG and HTML are shown as their source.
  return DOCUMENT.test(mediaType) ? 'document' : 'file';
}

const MAGIC: readonly (readonly [mediaType: string, at: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
];

/** What an image is by its first bytes, whatever its name and type say; null where it is none that is shown. */
export const shownImage = (bytes: Uint8Array): string | null =>
  MAGIC.find(([, at, magic]) => magic.every((byte, i) => bytes[at + i] === byte))?.[0] ?? null;
