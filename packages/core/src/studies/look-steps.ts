/** When to look at the boundary of a run of `total` steps: often where it changes fast, then every twentieth of the run. */
export function boundarySteps(total: number): number[] {
  const steps = new Set([0, total]);
  for (const step of [1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150]) if (step < total) steps.add(step);
  for (let i = 1; i < 20; i++) steps.add(Math.round((total * i) / 20));
  return [...steps].sort((a, b) => a - b);
}

/** The beginning of a run, its end, and up to 24 steps between them, at least 50 apart: the test set takes its time. */
export function evenSteps(total: number): number[] {
  const parts = Math.min(25, Math.max(1, Math.floor(total / 50)));
  return Array.from({ length: parts + 1 }, (_, i) => Math.round((total * i) / parts));
}
