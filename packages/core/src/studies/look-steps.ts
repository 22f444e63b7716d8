/**
 * After which steps to look at the boundary in a run of `total` steps: often while it changes fast, then at every
 * twentieth of the run.
 */
export function boundarySteps(total: number): number[] {
  const steps = new Set([0, total]);
  for (const step of [1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150]) if (step < total) steps.add(step);
  for (let i = 1; i < 20; i++) steps.add(Math.round((total * i) / 20));
  return [...steps].sort((a, b) => a - b);
}

/** The first step, the last, and up to 24 in between, at least 50 apart: measuring the test set takes time. */
export function evenSteps(total: number): number[] {
  const parts = Math.min(25, Math.max(1, Math.floor(total / 50)));
  return Array.from({ length: parts + 1 }, (_, i) => Math.round((total * i) / parts));
}
