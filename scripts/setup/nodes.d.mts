export const NODES: readonly string[];
export function nodeOf(version: string): Promise<string>;
