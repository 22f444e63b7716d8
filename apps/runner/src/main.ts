import { Command, CommanderError } from 'commander';
import { EXIT, reportError } from './exit.ts';
import { compileWebAssemblyOnce } from './webassembly.ts';

// Each command's module is loaded when it is called: `whorl --help` must not wait for TensorFlow or the database.

const json = ['--json', 'print one JSON document on stdout'] as const;

const program = new Command('whorl')
  .description('Trains small neural networks, records every run, and shows why one choice beat another.')
  .helpCommand(false)
  .showHelpAfterError('(whorl --help lists the commands)')
  .configureHelp({ showGlobalOptions: false })
  .exitOverride();

program
  .command('run')
  .argument('<study>', 'what to train; whorl studies lists them; course: all of them, with verdicts')
  .argument('[path=value...]', 'config values; path=a,b,c and path=1..5 sweep, several sweeps make a grid')
  .description('train and record')
  .option('--seeds <list>', "seeds, for example 1..5 or 1,7 (default: the study's)")
  .option('--label <column>', 'with data.name=csv: the column of the classes, as data.label (default: the last one)')
  .option('--engine <name>', 'native, wasm, cpu or auto', 'auto')
  .option('--eager', 'run op by op although the engine could compile the training step')
  .option('--jobs <n>', 'processes that train side by side (default: one per core)')
  .option('--name <name>', "experiment to record into (default: the study's name)")
  .option('--course', 'train the configurations that the course compares, and print its figures beside')
  .option('--skip-recorded', 'leave out runs whose config is recorded already')
  .option('--quick', 'with course: fewer levels, sizes and seeds')
  .option('--only <studies>', 'with course: these studies, for example spiral,softmax')
  .option(...json)
  .action(async (study, assignments, options) =>
    study === 'course'
      ? (await import('./commands/course.ts')).course(assignments, options)
      : (await import('./commands/run.ts')).run(study, assignments, options),
  );

program
  .command('studies')
  .description('what can be run, and the question that each study answers')
  .option(...json)
  .action(async (options) => (await import('./commands/studies.ts')).studies(options));

program
  .command('ls')
  .argument('[experiment]', 'its name or id')
  .description('experiments, or the runs of one')
  .option('--query <text>', `the runs that it finds, for example 'metrics.accuracy > 0.9 and not tags.broken'`)
  .option(...json)
  .action(async (experiment, options) => (await import('./commands/ls.ts')).ls(experiment, options));

program
  .command('show')
  .argument('<run>', 'its id')
  .description('all that is recorded of a run')
  .option(...json)
  .action(async (id, options) => (await import('./commands/show.ts')).show(id, options));

program
  .command('compare')
  .argument('<run|experiment...>', 'ids or names; of an experiment all finished runs are compared')
  .description('compare levels of a factor: intervals, paired tests, a verdict')
  .option(
    '--by <factors>',
    'what to compare, for example optimizer or model.activation,optimizer (default: the first factor that varies)',
  )
  .option('--metric <name>', 'its last value is compared', 'accuracy')
  .option(...json)
  .action(async (targets, options) => (await import('./commands/compare.ts')).compareRuns(targets, options));

program
  .command('stop')
  .argument('<run|experiment...>', 'ids or names; of an experiment all that trains is stopped, and what has not begun')
  .description('end training runs as interrupted, with what they have recorded')
  .option(...json)
  .action(async (targets, options) => (await import('./commands/stop.ts')).stop(targets, options));

program
  .command('share')
  .argument('[target...]', 'an experiment by its name or id, a run by its id, or several to compare')
  .description('make a read-only link to an experiment, a run or a comparison')
  .option('--days <n>', 'days until it expires (default: 30)')
  .option('--list', 'list the links that are open')
  .option('--revoke <id>', 'close a link')
  .option(...json)
  .action(async (targets, options) => (await import('./commands/share.ts')).share(targets, options));

program
  .command('doctor')
  .description('check what this machine has')
  .option(...json)
  .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

program
  .command('serve')
  .description('start the web app')
  .option('--port <n>', 'port of the app, or the next free one (default: 4000)')
  .option('--host <address>', 'address to listen on; wider than loopback needs WHORL_TOKEN (default: 127.0.0.1)')
  .option('--share-port <n>', 'port where share links answer, and nothing else (default: 4001)')
  .option('--share-host <address>', 'address where share links answer (default: 127.0.0.1)')
  .option(...json)
  .action(async (options) => (await import('./commands/serve.ts')).serve(options));

program
  .command('start', { hidden: true }) // what npm start calls
  .option('--once')
  .action(async (options) => (await import('./commands/start.ts')).start(options));

for (const command of program.commands) command.exitOverride();

/** Runs one command line; sets the process's exit code. */
export async function main(words: readonly string[]): Promise<void> {
  compileWebAssemblyOnce();
  // Who reads us may leave (`whorl run ... | head`): that ends the printing, not the training.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error; // a pipe, a terminal
    });
  }
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    else reportError(error);
  }
}
