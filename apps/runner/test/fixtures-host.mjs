// Runs command lines one after the other in this process: {args, home, language} -> {code, stdout, stderr}. What a test asks of
// the command line is answered in milliseconds, for modules and engines are loaded once.

import { main } from '../dist/main.js';

/** @param {NodeJS.WriteStream} stream @returns {() => string} what was written, and the stream as it was */
function capture(stream) {
  const write = stream.write;
  let text = '';
  stream.write = (/** @type {string | Uint8Array} */ part) => {
    text += typeof part === 'string' ? part : Buffer.from(part).toString();
    return true;
  };
  return () => {
    stream.write = write;
    return text;
  };
}

process.on(
  'message',
  async (/** @type {{ args: string[], home: string, language: string }} */ { args, home, language }) => {
    process.env.WHORL_HOME = home;
    process.env.WHORL_LANG = language;
    process.exitCode = undefined;
    const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
    await main(args);
    process.send?.({ stdout: stdout(), stderr: stderr(), code: process.exitCode ?? 0 });
  },
);
process.on('disconnect', () => process.exit());
process.setMaxListeners(0); // each command line adds its own for the streams' errors
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);
