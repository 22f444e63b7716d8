// The runner as few files: a command line is answered before Node has found the hundreds of modules that it is made of
// (docs/decisions/0013). What is native, or shared with what is native, stays in node_modules.

export default {
  input: {
    main: 'src/main.ts',
    worker: 'src/training/worker.ts',
    // The benches train as a worker does, and with workers: what it sets first is theirs too.
    environment: 'src/training/environment.ts',
    pool: 'src/training/pool.ts',
  },
  platform: 'node',
  external: [/^@tensorflow\//, /^better-sqlite3/, /^@prisma\/(client\/runtime|schema-engine-wasm)/],
  // All in one folder: paths by import.meta.url are written from here.
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[name].js',
    cleanDir: true,
  },
};
