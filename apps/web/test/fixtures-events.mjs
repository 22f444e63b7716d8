// Writes what the runner's training of a config tells on the portable engine, and the engine's versions, as v8 serializes it: NaN and
// bytes are as they were. In a process of its own, as the runner has it. Its argument is the config, as JSON.

import { serialize } from 'node:v8';
import { parseConfig, probesOf } from '@whorl/core';
import { loadEngine, prepare } from '@whorl/core/node';
import { follow, train } from '@whorl/core/train';

const config = parseConfig(JSON.parse(process.argv[2] ?? ''));
const engine = await loadEngine('portable');
const events = [];
await follow(train(await prepare(config), { engine, probes: probesOf(config) }), (event) => events.push(event));
process.stdout.write(serialize({ versions: engine.versions, events }));
