const LINK = /^#\/experiments\/([\w-]{1,64})(?:\/runs\/([\w-]{1,256}))?(?:[/?].*)?$/;

/**
 * The page for a link as MLflow's client prints it, `/#/experiments/1/runs/2`; null for any other fragment. The part after
 * `#` never reaches the server.
 */
export function pageOfMlflowLink(fragment: string): string | null {
  const [, experiment, run] = LINK.exec(fragment) ?? [];
  if (experiment === undefined) return null;
  return run === undefined ? `/experiments/${experiment}` : `/runs/${run}`;
}
