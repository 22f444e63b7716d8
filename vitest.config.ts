import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Those that `npm test` has done beside the end-to-end tests have what the browser leaves of the processors, and
    // may wait for it: core only computes, and a documented command only has to end well.
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['packages/core/test/**/*.test.ts'],
          exclude: ['packages/core/test/compiled*.test.ts'],
          testTimeout: 300_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'compiled', include: ['packages/core/test/compiled*.test.ts'], testTimeout: 300_000 },
      },
      { extends: true, test: { name: 'commands', include: ['test/commands.test.ts'], testTimeout: 300_000 } },
      { extends: true, test: { name: 'store', include: ['packages/store/test/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'formats', include: ['packages/formats/test/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'client', include: ['packages/client/test/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'web', include: ['apps/web/test/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'runner',
          include: ['apps/runner/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['test/commands.test.ts'],
          // As the runner's processes have it: on some processors other kernels give other last bits.
          env: { TF_ENABLE_ONEDNN_OPTS: '1', TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE: '0' },
        },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // TensorFlow's library is native and keeps what was set before it was loaded: the files that set something, those of
    // compiled steps and of the runner, have a process of their own. The others share one for each processor, which reads
    // what they import once: half of their time went into that.
    pool: 'forks',
    restoreMocks: true,
    maxWorkers: '100%',
    env: {
      TF_CPP_MIN_LOG_LEVEL: '3',
      TF_NUM_INTRAOP_THREADS: '1',
      TF_NUM_INTEROP_THREADS: '1',
    },
  },
});
