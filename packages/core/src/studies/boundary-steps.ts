/** When to look at the boundary of a run of `epochs`: often where it changes fast, then every twentieth of the run. */
export function boundarySteps(epochs: number): number[] {
  const steps = new Set([0, epochs]);
  for (const step of [1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 150]) if (step < epochs) steps.add(step);
  for (let i = 1; i < 20; i++) steps.add(Math.round((epochs * i) / 20));
  return [...steps].sort((a, b) => a - b);
}
