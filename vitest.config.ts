import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two, so that `npm test` can have what only computes done beside the end-to-end tests.
    projects: [
      // It has what the browser leaves of the processors, and may wait for it.
      { extends: true, test: { name: 'core', include: ['packages/core/test/**/*.test.ts'], testTimeout: 300_000 } },
      {
        extends: true,
        test: {
          name: 'apps',
          include: ['packages/store/test/**/*.test.ts', '{apps/*/,}test/**/*.test.ts'],
          // As the runner's processes have it: on some processors other kernels give other last bits.
          env: { TF_ENABLE_ONEDNN_OPTS: '1', TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE: '0' },
        },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    // TensorFlow's library and the SQLite driver are native: each file in its own process.
    pool: 'forks',
    maxWorkers: '100%',
    env: {
      TF_CPP_MIN_LOG_LEVEL: '3',
      TF_NUM_INTRAOP_THREADS: '1',
      TF_NUM_INTEROP_THREADS: '1',
    },
  },
});
