#!/usr/bin/env node
import { main } from '../dist/main.js';
import { endWithNpm } from './end-with-npm.js';

const args = process.argv.slice(2);
if (args[0] === 'serve') endWithNpm();
await main(args);
