import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UncompilableError } from '../../train/step/compiled-step.ts';
import type { Binding } from './binding.ts';
import { type Graph, TAG } from './graph.ts';

/** A graph, and the number by which TensorFlow knows it. */
export interface LoadedGraph {
  readonly graph: Graph;
  readonly model: number;
}

/**
 * Loads a SavedModel from its bytes. TensorFlow reads only folders, so a temporary one is written.
 * @throws UncompilableError
 */
function load(binding: Binding, savedModel: Uint8Array): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-graph-'));
  try {
    writeFileSync(path.join(folder, 'saved_model.pb'), savedModel);
    return binding.loadSavedModel(folder, TAG);
  } catch (error) {
    throw new UncompilableError(`TensorFlow does not load its graph: ${firstLine(error)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Loaded graphs by their bytes, least recently used first: runs that differ only in seed or learning rate share a
 * graph.
 */
const loadedGraphs = new Map<string, number>();
const MOST_LOADED = 32;

/** Loads a graph, unless it is loaded already. */
export function loadGraph(binding: Binding, graph: Graph): LoadedGraph {
  const key = Buffer.from(graph.savedModel).toString('latin1');
  const model = loadedGraphs.get(key) ?? load(binding, graph.savedModel);
  loadedGraphs.delete(key);
  loadedGraphs.set(key, model);
  for (const [oldest, loaded] of loadedGraphs) {
    if (loadedGraphs.size <= MOST_LOADED) break;
    loadedGraphs.delete(oldest);
    binding.deleteSavedModel(loaded);
  }
  return { graph, model };
}

/** The first line of an error's message: TensorFlow's go on for pages. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;
