import type { Edge } from './imports.ts';

// Which part of the repository may import which: docs/decisions/0025-rooms.md says why.

/** What has rules of its own, the longest path first. */
export const PARTS = [
  'packages/core/src/node',
  'packages/core/src/train',
  'packages/core/scripts',
  'packages/core',
  'packages/store',
  'packages/formats',
  'packages/client/src/node',
  'packages/client/scripts',
  'packages/client',
  'apps/runner',
  'apps/web/process/mlflow',
  'apps/web/process/log',
  'apps/web/process',
  'apps/web/src/contract',
  'apps/web/src/server',
  'apps/web/src/api',
  'apps/web/src/view',
  'apps/web/src/live',
  'apps/web/src/charts',
  'apps/web/src/ui',
  'apps/web/src/i18n',
  'apps/web/src/features',
  'apps/web/app',
  'apps/web',
  'e2e',
  'bench',
  'scripts',
] as const;
export type Part = (typeof PARTS)[number];

const CORE: readonly Part[] = ['packages/core', 'packages/core/src/train'];
/** With what of core runs in Node alone: no page, and nothing that a page loads, may have it. */
const CORE_IN_NODE: readonly Part[] = [...CORE, 'packages/core/src/node'];
/** What features and routes draw with, each of which may import those that follow. */
const KITS: readonly Part[] = [
  'apps/web/src/live',
  'apps/web/src/charts',
  'apps/web/src/view',
  'apps/web/src/api',
  'apps/web/src/ui',
  'apps/web/src/i18n',
];

/** What each part may import of ours, beside itself. Only what is built of a package is open to others. */
const ALLOWED: Readonly<Record<Part, readonly Part[]>> = {
  'packages/core': [],
  'packages/core/scripts': [],
  'packages/core/src/node': CORE,
  'packages/core/src/train': ['packages/core'],
  'packages/store': ['packages/core'],
  // What other people's programs log with: it knows the server by what it is sent.
  'packages/client': [],
  'packages/client/src/node': ['packages/client'],
  'packages/client/scripts': [],
  'apps/runner': [...CORE_IN_NODE, 'packages/formats', 'packages/store'],
  'apps/web/process': ['apps/web/process/mlflow', 'apps/web/process/log', 'packages/store'],
  // MLflow's protocol: plain functions over the record, without Next.js and without what listens.
  'apps/web/process/mlflow': ['packages/core', 'packages/store'],
  // What other trackers wrote becomes events: where they go is for who reads them to say.
  'packages/formats': ['packages/core'],
  // The protocol of our own client.
  'apps/web/process/log': ['packages/store'],
  'apps/web/src/contract': ['packages/core'],
  // The only one of the pages that may read the record.
  'apps/web/src/server': ['apps/web/src/contract', 'apps/web/process', ...CORE, 'packages/formats', 'packages/store'],
  'apps/web/src/api': [
    'apps/web/src/server',
    'apps/web/src/contract',
    'apps/web/src/ui',
    'apps/web/src/i18n',
    'packages/core',
  ],
  'apps/web/src/view': ['apps/web/src/contract', 'apps/web/src/i18n', 'packages/core'],
  'apps/web/src/live': [
    'apps/web/src/api',
    'apps/web/src/contract',
    'apps/web/src/ui',
    'apps/web/src/i18n',
    'packages/core',
  ],
  'apps/web/src/charts': ['apps/web/src/ui', 'apps/web/src/i18n', 'packages/core'],
  'apps/web/src/ui': ['apps/web/src/i18n', 'packages/core'],
  'apps/web/src/i18n': ['apps/web', 'packages/core'],
  'apps/web/src/features': [...KITS, 'apps/web/src/contract', ...CORE],
  'apps/web/app': [...KITS, 'apps/web/src/features', 'apps/web/src/server', 'apps/web/src/contract', ...CORE],
  'apps/web': ['apps/web/src/ui', 'apps/web/src/i18n'],
  e2e: [],
  bench: ['scripts', 'apps/runner', ...CORE_IN_NODE, 'packages/store'],
  scripts: ['apps/runner'],
};

const TYPES_ONLY: readonly { readonly from: Part; readonly to: Part }[] = [
  // Of what is bundled for the pages, the record's code is no part: the server opens it and hands it over.
  { from: 'apps/web/src/server', to: 'packages/store' },
  // What runs in a browser knows of the server what it can be asked, and nothing of how it answers.
  { from: 'apps/web/src/api', to: 'apps/web/src/server' },
];

/** How many imports between files of ours each part has at least: a guard that sees none of them would find no fault. */
export const FLOOR: Readonly<Record<Part, number>> = {
  'packages/core': 250,
  'packages/core/scripts': 0,
  'packages/core/src/node': 30,
  'packages/core/src/train': 120,
  'packages/store': 100,
  'packages/formats': 40,
  'packages/client': 12,
  'packages/client/src/node': 8,
  'packages/client/scripts': 0,
  'apps/runner': 180,
  'apps/web/process': 30,
  'apps/web/process/mlflow': 15,
  'apps/web/process/log': 1,
  'apps/web/src/contract': 25,
  'apps/web/src/server': 150,
  'apps/web/src/api': 8,
  'apps/web/src/view': 4,
  'apps/web/src/live': 16,
  'apps/web/src/charts': 110,
  'apps/web/src/ui': 12,
  'apps/web/src/i18n': 8,
  'apps/web/src/features': 600,
  'apps/web/app': 110,
  'apps/web': 4,
  e2e: 15,
  bench: 40,
  scripts: 20,
};

const PAGES: readonly Part[] = [...KITS, 'apps/web/src/features', 'apps/web/app', 'apps/web'];

/** What no browser ever runs. */
const IN_NODE: readonly Part[] = [
  'packages/client/src/node',
  'packages/client/scripts',
  'packages/core/scripts',
  'packages/core/src/node',
  'packages/store',
  'apps/runner',
  'apps/web/process',
  'apps/web/src/server',
  'apps/web',
  'e2e',
  'bench',
  'scripts',
];

/** Packages from outside that only some parts may touch. */
const RESERVED: readonly { readonly name: RegExp; readonly only: readonly Part[] }[] = [
  { name: /^(@prisma\/|better-sqlite3)/, only: ['packages/store'] },
  { name: /^(pbf|yaml|hyparquet)$/, only: ['packages/formats'] },
  { name: /^chevrotain$/, only: ['packages/core'] },
  { name: /^@tensorflow\//, only: ['packages/core/src/train', 'packages/core/src/node'] },
  { name: /^@tensorflow\/tfjs-node/, only: ['packages/core/src/node'] },
  { name: /^node:/, only: IN_NODE },
  { name: /^(next|react|react-dom)(\/|$)/, only: [...PAGES, 'apps/web/src/server', 'apps/web/process'] },
  { name: /^echarts(\/|$)/, only: ['apps/web/src/charts', 'apps/web/src/features'] },
];

export const partOf = (file: string): Part | undefined =>
  PARTS.find((part) => file === part || file.startsWith(`${part}/`));

/** The edges that break a rule of the parts, each with the reason. */
export function violations(edges: readonly Edge[]): string[] {
  return edges.flatMap(({ from, to, isType }) => {
    const source = partOf(from);
    if (!source) return [];
    const target = partOf(to);
    if (target && target !== source && !ALLOWED[source].includes(target))
      return [`${from} -> ${to}: ${source} may not import ${target}`];
    if (!isType && TYPES_ONLY.some((rule) => rule.from === source && rule.to === target))
      return [`${from} -> ${to}: ${source} may import only types of ${target}`];
    const reserved = RESERVED.find(({ name, only }) => name.test(to) && !only.includes(source));
    return reserved ? [`${from} -> ${to}: only ${reserved.only.join(' and ')} may import it`] : [];
  });
}

const FEATURE = /^apps\/web\/src\/features\/([^/]+)\//;
/** The feature that a file is of. */
export const featureOf = (file: string): string | undefined => FEATURE.exec(file)?.[1];
/** The views of a feature are its inside; the files beside them and its model are its door. */
const isInside = (file: string): boolean => featureOf(file) !== undefined && file.includes('/views/');
const isModel = (file: string): boolean => featureOf(file) !== undefined && file.includes('/model/');

/** The edges by which one feature reaches into another, or a feature's inside depends on its door. */
export function intrusions(edges: readonly Edge[]): string[] {
  return edges.flatMap(({ from, to }) => {
    if (!isInside(to)) return [];
    if (featureOf(from) !== featureOf(to)) return [`${from} -> ${to}: ${featureOf(to)}'s views are its own`];
    return isModel(from) ? [`${from} -> ${to}: a model knows no views`] : [];
  });
}

/** What draws, or needs a browser or a server to run. */
const NOT_PURE = /^(react|react-dom|next|echarts|use-intl|@tanstack|@base-ui)(\/|$)/;

/** Models that cannot be tried without a browser, each with the way to what they need. */
export function impureModels(edges: readonly Edge[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, isType } of edges) if (!isType) next.set(from, [...(next.get(from) ?? []), to]);
  const models = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].filter(isModel);
  return models.flatMap((model) => {
    const before = new Map<string, string>([[model, '']]);
    for (const file of before.keys()) {
      for (const to of next.get(file) ?? []) if (!before.has(to)) before.set(to, file);
      if (!NOT_PURE.test(file)) continue;
      const way: string[] = [];
      for (let at: string | undefined = file; at; at = before.get(at)) way.unshift(at);
      return [way.join(' -> ')];
    }
    return [];
  });
}

/** The edges between folders, or between features, that these between files make. */
export const between = (edges: readonly Edge[], unitOf: (file: string) => string | undefined) =>
  edges.flatMap(({ from, to }) => {
    const [source, target] = [unitOf(from), unitOf(to)];
    return source !== undefined && target !== undefined && source !== target ? [{ from: source, to: target }] : [];
  });
