// The runner as few files: a command line is answered before Node has found the hundreds of modules that it is made of
// (docs/decisions/0013). What is native, or shared with what is native, stays in node_modules.

/**
 * What is CommonJS and not bundled: to import it, Node reads all of it twice, the second time for the names that it
 * exports; to require it, it does not. TensorFlow.js alone, three megabytes, is a tenth of a second of each process that
 * trains; the driver of SQLite and Prisma's client are a sixth of the time of `whorl ls`.
 */
const required = {
  name: 'required',
  resolveId: {
    filter: { id: /^(@tensorflow\/|better-sqlite3$|@prisma\/client\/runtime\/client$)/ },
    handler: (/** @type {string} */ id, /** @type {string | undefined} */ importer) =>
      importer?.startsWith('\0required:') ? { id, external: true } : `\0required:${id}`,
  },
  load: {
    filter: { id: /^\0required:/ },
    handler: (/** @type {string} */ id) => ({
      code: `module.exports = require(${JSON.stringify(id.slice('\0required:'.length))})`,
      moduleType: 'js',
    }),
  },
};

export default {
  input: {
    main: 'src/main.ts',
    worker: 'src/training/worker.ts',
    // The benches train as a worker does, and with workers: what it sets first is theirs too.
    environment: 'src/training/environment.ts',
    pool: 'src/training/pool.ts',
  },
  platform: 'node',
  plugins: [required],
  external: ['sharp', /^@prisma\/(client\/runtime\/query_compiler|schema-engine-wasm)/],
  // All in one folder: paths by import.meta.url are written from here.
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    cleanDir: true,
  },
};
