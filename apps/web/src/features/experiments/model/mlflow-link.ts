const LINK = /^#\/experiments\/([\w-]{1,64})(?:\/runs\/([\w-]{1,256}))?(?:[/?].*)?$/;

/**
 * The page that is meant by a link as the client of MLflow prints it, `/#/experiments/1/runs/2`: what is behind the `#` never
 * reaches the server. Null for any other fragment.
 */
export function pageOfMlflowLink(fragment: string): string | null {
  const [, experiment, run] = LINK.exec(fragment) ?? [];
  if (experiment === undefined) return null;
  return run === undefined ? `/experiments/${experiment}` : `/runs/${run}`;
}
