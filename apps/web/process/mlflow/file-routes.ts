import type { OpenedFile, Store } from '@whorl/store';
import { z } from 'zod';
import { invalidParameter, MlflowError } from './errors.ts';
import { int64, text } from './fields.ts';
import { checkPath, placeOf } from './file-paths.ts';
import type { Uploads } from './uploads.ts';

/** A question about files: what is behind the prefix of its route is a path. */
export interface FileQuestion {
  readonly store: Store;
  readonly uploads: Uploads;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly mediaType: string | undefined;
  /** What this server is called by who asks, and how they say who they are. */
  readonly origin: string;
  readonly authorization: string | undefined;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The body as JSON. @throws MlflowError */
  json(): Promise<unknown>;
}

export type FileAnswer =
  | { readonly status: 200; readonly body: object; readonly etag?: string }
  | { readonly status: 200; readonly file: OpenedFile };

/** Something that a client can ask of files. */
export interface FileRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below `/api/2.0/mlflow-artifacts` and `/ajax-api/2.0/mlflow-artifacts`; a path follows, or for a list none. */
  readonly prefix: string;
  readonly who: 'owner';
  answer(question: FileQuestion): Promise<FileAnswer> | FileAnswer;
}

const DONE: FileAnswer = { status: 200, body: {} };
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}(?:;[\x20-\x7e]{0,100})?$/;

const partsSchema = z.object({ path: text, num_parts: int64.optional().default(1) });
const endSchema = z.object({ path: text, upload_id: text });

/** The path of a file that comes in parts: of the folder in the address and the file's own name. */
function uploadPath({ path, store }: FileQuestion, name: string): string {
  const whole = [path, name.split('/').at(-1)].filter(Boolean).join('/');
  placeOf(store, whole);
  return whole;
}

async function parsed<S extends z.ZodType>(schema: S, question: FileQuestion): Promise<z.output<S>> {
  const found = schema.safeParse(await question.json());
  if (!found.success)
    throw invalidParameter(`Missing value for required parameter '${found.error.issues[0]?.path.join('.')}'.`);
  return found.data;
}

const fileRoute = (method: FileRoute['method'], prefix: string, answer: FileRoute['answer']): FileRoute => ({
  ...{ method, prefix, who: 'owner', answer },
});

/** What is directly in a folder, by names. */
export function listed(store: Store, whole: string) {
  const { owner, path } = placeOf(store, whole);
  return store.files.list(owner, path).map((entry) => ({
    path: entry.path,
    is_dir: entry.size === null,
    ...(entry.size !== null && { file_size: entry.size }),
  }));
}

export const FILE_ROUTES: readonly FileRoute[] = [
  fileRoute('GET', '/artifacts', ({ store, path, query }) => {
    if (path !== '') {
      const place = placeOf(store, path);
      if (place.path === '') throw invalidParameter('Invalid path: it is that of a folder');
      return { status: 200, file: store.files.open(place.owner, place.path) };
    }
    const files = listed(store, query.get('path') ?? '');
    return { status: 200, body: { files: files.map((file) => ({ ...file, path: file.path.split('/').at(-1) })) } };
  }),
  fileRoute('PUT', '/artifacts', async ({ store, path, mediaType, bytes }) => {
    const place = placeOf(store, path);
    if (place.path === '') throw invalidParameter('Invalid path: it is that of a folder');
    const type = mediaType !== undefined && MEDIA_TYPE.test(mediaType) ? mediaType : 'application/octet-stream';
    await store.files.put(place.owner, place.path, type, bytes);
    return DONE;
  }),
  fileRoute('DELETE', '/artifacts', async ({ store, path }) => {
    const place = placeOf(store, path);
    await store.files.remove(place.owner, place.path);
    return DONE;
  }),
  fileRoute('POST', '/mpu/create', async (question) => {
    const { path, num_parts } = await parsed(partsSchema, question);
    const { uploads, origin, authorization } = question;
    const upload_id = uploads.begin(uploadPath(question, path), num_parts);
    const headers = {
      'Content-Type': 'application/octet-stream',
      ...(authorization && { Authorization: authorization }),
    };
    return {
      status: 200,
      body: {
        upload_id,
        credentials: Array.from({ length: num_parts }, (_, i) => ({
          url: `${origin}/api/2.0/mlflow-artifacts/mpu/part/${upload_id}/${i + 1}`,
          part_number: i + 1,
          headers,
        })),
      },
    };
  }),
  fileRoute('PUT', '/mpu/part', async ({ store, uploads, path, bytes }) => {
    const [, id = '', number = ''] = /^([\w-]+)\/(\d{1,5})$/.exec(path) ?? [];
    const part = await store.files.keepPart(bytes);
    await uploads.take(id, Number(number), part);
    return { status: 200, body: {}, etag: part.sha256 };
  }),
  fileRoute('POST', '/mpu/complete', async (question) => {
    const { path, upload_id } = await parsed(endSchema, question);
    const { store, uploads } = question;
    const whole = uploadPath(question, path);
    const place = placeOf(store, whole);
    await store.files.put(place.owner, place.path, 'application/octet-stream', uploads.whole(upload_id, whole));
    await uploads.end(upload_id);
    return DONE;
  }),
  fileRoute('POST', '/mpu/abort', async (question) => {
    const { upload_id } = await parsed(endSchema, question);
    await question.uploads.end(upload_id);
    return DONE;
  }),
  fileRoute('GET', '/presigned', () => {
    throw new MlflowError('NOT_IMPLEMENTED', 'Presigned downloads are not supported: files come from this server');
  }),
];

const ADDRESS = /^\/(?:ajax-)?api\/2\.0\/mlflow-artifacts(\/.*)$/;

/** The route of an address of files, and the path in it. */
export function fileRouteOf(
  method: string,
  address: string,
): { readonly route: FileRoute; readonly path: string } | null {
  const [, below = ''] = ADDRESS.exec(address) ?? [];
  const route = FILE_ROUTES.find(
    (found) => found.method === method && (below === found.prefix || below.startsWith(`${found.prefix}/`)),
  );
  if (!route) return null;
  const path = below.slice(route.prefix.length).replace(/^\/+/, '');
  if (route.prefix === '/artifacts') checkPath(path.replace(/\/+$/, ''));
  return { route, path };
}
