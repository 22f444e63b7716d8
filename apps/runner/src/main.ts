import { Command, CommanderError, Option } from 'commander';
import stringWidth from 'string-width';
import manifest from '../package.json' with { type: 'json' };
import { words } from './messages/index.ts';
import { EXIT, reportError } from './terminal/exit.ts';
import { wrap } from './terminal/layout.ts';
import { note } from './terminal/output.ts';
import { compileWebAssemblyOnce } from './training/webassembly.ts';

/** The command line with all its commands, described in the reader's language. */
function program(): Command {
  const { help: t, commandLine } = words();
  const titles: Readonly<Record<string, string>> = {
    'Usage:': t.titles.usage,
    'Arguments:': t.titles.arguments,
    'Options:': t.titles.options,
    'Commands:': t.titles.commands,
  };
  const whorl = new Command('whorl')
    .description(t.about)
    .version(manifest.version, '-V, --version', t.version)
    .helpOption('-h, --help', t.help)
    .helpCommand(false)
    .showHelpAfterError(t.lists)
    .configureOutput({ outputError: (text, write) => write(commandLine(text)) })
    .configureHelp({
      showGlobalOptions: false,
      minWidthToWrap: 20,
      styleTitle: (title) => titles[title] ?? title,
      optionDescription: ({ description, defaultValue }: Option) =>
        defaultValue === undefined ? description : `${description}${t.default(String(defaultValue))}`,
      displayWidth: stringWidth,
      boxWrap: (text, width) => wrap(text, width, '').join('\n'),
    })
    .exitOverride();

  trainingCommands(whorl);
  readingCommands(whorl);
  writingCommands(whorl);
  keepingCommands(whorl);
  return whorl;
}

// Each command's module is loaded when it is called: `whorl --help` must not wait for TensorFlow or the database.

/** The commands that train. */
function trainingCommands(whorl: Command): void {
  const { help: t } = words();
  const json = ['--json', t.json] as const;
  whorl
    .command('run')
    .argument('<study>', t.run.study)
    .argument('[path=value...]', t.run.assignments)
    .description(t.run.about)
    .option('--seeds <list>', t.run.seeds)
    .option('--label <column>', t.run.label)
    .option('--engine <name>', t.run.engine, 'auto')
    .option('--eager', t.run.eager)
    .option('--jobs <n>', t.run.jobs)
    .option('--name <name>', t.run.name)
    .option('--course', t.run.course)
    .option('--skip-recorded', t.run.skipRecorded)
    .option(...json)
    .action(async (study, assignments, options) =>
      (await import('./commands/run.ts')).run(study, assignments, options),
    );

  whorl
    .command('course')
    .description(t.course.about)
    .option('--quick', t.course.quick)
    .option('--only <studies>', t.course.only)
    .option('--engine <name>', t.run.engine, 'auto')
    .option('--eager', t.run.eager)
    .option('--jobs <n>', t.run.jobs)
    .option(...json)
    .allowExcessArguments() // refused by the command itself, which explains how to give a value
    .action(async (options, { args }) => (await import('./commands/course.ts')).course(options, args));
}

/** The commands that read what is recorded, or plan what to train. */
function readingCommands(whorl: Command): void {
  const { help: t } = words();
  const json = ['--json', t.json] as const;
  whorl
    .command('studies')
    .description(t.studies.about)
    .option(...json)
    .action(async (options) => (await import('./commands/studies.ts')).studies(options));

  whorl
    .command('ls')
    .argument('[experiment]', t.ls.experiment)
    .description(t.ls.about)
    .option('--query <text>', t.ls.query)
    .option(...json)
    .action(async (experiment, options) => (await import('./commands/ls.ts')).ls(experiment, options));

  whorl
    .command('show')
    .argument('<run>', t.show.run)
    .description(t.show.about)
    .option(...json)
    .action(async (id, options) => (await import('./commands/show.ts')).show(id, options));

  whorl
    .command('compare')
    .argument('<run|experiment...>', t.compare.targets)
    .description(t.compare.about)
    .option('--by <factors>', t.compare.by)
    .option('--metric <name>', t.compare.metric)
    .option('--goal <highest|lowest>', t.compare.goal)
    .option('--margin <number>', t.compare.margin)
    .option(...json)
    .action(async (targets, options) => (await import('./commands/compare.ts')).compareRuns(targets, options));

  whorl
    .command('plan')
    .argument('<study|experiment>', t.plan.target)
    .argument('[path=value...]', t.run.assignments)
    .description(t.plan.about)
    .option('--difference <number>', t.plan.difference)
    .option('--spread <number>', t.plan.spread)
    .option('--by <factors>', t.compare.by)
    .option('--metric <name>', t.compare.metric)
    .option('--name <name>', t.plan.name)
    .option('--label <column>', t.run.label)
    .option('--course', t.plan.course)
    .option(...json)
    .action(async (target, assignments, options) =>
      (await import('./commands/plan.ts')).planComparison(target, assignments, options),
    );
}

/** The command that writes a report. */
function writingCommands(whorl: Command): void {
  const { help: t } = words();
  whorl
    .command('report')
    .argument('<course|experiment...>', t.report.targets)
    .description(t.report.about)
    .option('--for <form>', t.report.form, 'markdown')
    .option('--lang <language>', t.report.lang)
    .option('--to <folder>', t.report.to, 'report')
    .option('--replace', t.report.replace)
    .option('--json', t.json)
    .action(async (targets, options) => (await import('./commands/report.ts')).report(targets, options));
}

/** The commands that change the record, open or serve it, or check this machine. */
function keepingCommands(whorl: Command): void {
  const { help: t } = words();
  const json = ['--json', t.json] as const;
  whorl
    .command('stop')
    .argument('<run|experiment...>', t.stop.targets)
    .description(t.stop.about)
    .option(...json)
    .action(async (targets, options) => (await import('./commands/stop.ts')).stop(targets, options));

  whorl
    .command('seed')
    .argument('<experiment>', t.seed.experiment)
    .argument('[param]', t.seed.param)
    .description(t.seed.about)
    .option('--by-name', t.seed.byName)
    .option(...json)
    .action(async (name, param, options) => (await import('./commands/seed.ts')).chooseSeed(name, param, options));

  whorl
    .command('share')
    .argument('[target...]', t.share.targets)
    .description(t.share.about)
    .option('--days <n>', t.share.days)
    .option('--list', t.share.list)
    .option('--revoke <id>', t.share.revoke)
    .option(...json)
    .action(async (targets, options) => (await import('./commands/share.ts')).share(targets, options));

  whorl
    .command('doctor')
    .description(t.doctor.about)
    .option('--deep', t.doctor.deep)
    .option(...json)
    .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

  whorl
    .command('rm')
    .argument('[run|experiment...]', t.rm.targets)
    .description(t.rm.about)
    .option('--archived <days>', t.rm.archived)
    .option('--file <name...>', t.rm.file)
    .option('-y, --yes', t.rm.yes)
    .option(...json)
    .action(async (targets, options) => (await import('./commands/rm.ts')).rm(targets, options));

  whorl
    .command('gc')
    .description(t.gc.about)
    .option('--dry-run', t.gc.dry)
    .addOption(new Option('--dry').hideHelp()) // what --dry-run was called before
    .option(...json)
    .action(async (options) => (await import('./commands/gc.ts')).gc(options));

  whorl
    .command('import')
    .argument('<file|folder...>', t.import.sources)
    .description(t.import.about)
    .option('--name <name>', t.import.name)
    .option(...json)
    .action(async (sources, options) => (await import('./commands/import.ts')).importSources(sources, options));

  whorl
    .command('watch')
    .argument('<folder...>', t.watch.folders)
    .description(t.watch.about)
    .option('--name <name>', t.import.name)
    .option(...json)
    .action(async (folders, options) => (await import('./commands/watch.ts')).watchFolders(folders, options));

  whorl
    .command('serve')
    .description(t.serve.about)
    .option('--port <n>', t.serve.port)
    .option('--host <address>', t.serve.host)
    .option('--share-port <n>', t.serve.sharePort)
    .option('--share-host <address>', t.serve.shareHost)
    .option(...json)
    .action(async (options) => (await import('./commands/serve.ts')).serve(options));

  whorl
    .command('start', { hidden: true }) // `npm start` calls it
    .option('--once')
    .action(async (options) => (await import('./commands/start.ts')).start(options));
}

/**
 * Turns `whorl run course`, the former name, into `whorl course`, and notes the new name. Options may stand before the
 * second word.
 */
function inNewWords({ commands }: Command, [command, ...rest]: readonly string[]): string[] {
  const taking = commands.flatMap(({ options }) => options.flatMap(({ long, required }) => (required ? [long] : [])));
  const study = rest.findIndex((word, i) => !word.startsWith('-') && !taking.includes(rest[i - 1]));
  if (command !== 'run' || rest[study] !== 'course') return command === undefined ? [] : [command, ...rest];
  note(words().course.newWord);
  return ['course', ...rest.toSpliced(study, 1)];
}

/** Runs one command line; sets the process's exit code. */
export async function main(given: readonly string[]): Promise<void> {
  compileWebAssemblyOnce();
  // A reader may go away (`whorl run ... | head`). That ends the printing, not the training.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error; // EPIPE: the pipe was closed; EIO: the terminal is gone
    });
  }
  try {
    const whorl = program();
    await whorl.parseAsync(inNewWords(whorl, given), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    else reportError(error);
  }
}
