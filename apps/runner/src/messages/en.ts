// What the command line says to people in English. Its shape is the type of all messages: a language that lacks one does not
// compile. Sentences about comparisons, and error messages of core, are in core.

import type { RunStatus } from '@whorl/core';
import { count, DELETION_EN } from './deletion-en.ts';
import { IMPORTING_EN } from './importing-en.ts';
import { SEED_EN } from './seed-en.ts';
import { WRITEUP_EN } from './writeup-en.ts';

export const en = {
  error: 'error',
  /** Rewords what commander says about a command line that it cannot read. */
  commandLine: (text: string): string => text,
  help: {
    about: 'Trains small neural networks, records every run, and shows why one choice beat another.',
    titles: { usage: 'Usage:', arguments: 'Arguments:', options: 'Options:', commands: 'Commands:' },
    lists: '(whorl --help lists the commands)',
    help: 'display help for command',
    version: 'output the version number',
    default: (value: string) => ` (default: ${value})`,
    json: 'print one JSON document on stdout',
    run: {
      about: 'train and record',
      study: 'what to train; whorl studies lists them',
      assignments:
        'config values, by path or its short name (lr=0.1); path=a,b,c and path=1..5 sweep, several sweeps make a grid',
      seeds: "seeds, for example 1..5 or 1,7 (default: the study's)",
      label: 'with data.name=csv: the column of the classes, as data.label (default: the last one)',
      engine: 'portable, native, wasm, cpu or auto',
      eager: 'run op by op although the engine could compile the training step',
      jobs: 'processes that train side by side (default: one per core)',
      name: "experiment to record into (default: the study's name)",
      course: 'train the configurations that the course compares, and print its figures beside',
      skipRecorded: 'leave out runs whose config is recorded already',
    },
    course: {
      about: 'run all studies, and judge what the course claims; what is recorded is not trained again',
      quick: 'fewer levels, sizes and seeds',
      only: 'only these studies, for example spiral,softmax',
    },
    studies: { about: 'what can be run, and the question that each study answers' },
    ls: {
      about: 'experiments, or the runs of one',
      experiment: 'its name or id',
      query: "the runs that it finds, for example 'metrics.accuracy > 0.9 and not tags.broken'",
    },
    show: { about: 'all that is recorded of a run', run: 'its id' },
    compare: {
      about: 'compare levels of a factor: intervals, paired tests, a verdict',
      targets: 'ids or names; of an experiment all finished runs are compared',
      by: 'what to compare, for example optimizer or model.activation,optimizer (default: the first factor that varies)',
      margin: 'differences smaller than this do not matter: levels can be shown to be the same within it',
      metric: 'its last value is compared (default: the test accuracy, else what says most of how well the runs do)',
      goal: 'what is better of it: highest or lowest (default: what is known of the metric)',
    },
    plan: {
      about: 'say how many seeds a comparison needs, before it is run',
      target: 'a study, as for whorl run, or an experiment by its name or id, to plan more of it',
      difference: 'the smallest difference that matters, for example 0.02 (default: some sizes)',
      spread: 'standard deviation of a difference over seeds (default: what recorded runs tell)',
      course: 'plan the configurations that the course compares',
      name: "experiment into which the runs will go (default: the study's name)",
    },
    stop: {
      about: 'end training runs as interrupted, with what they have recorded',
      targets: 'ids or names; of an experiment all that trains is stopped, and what has not begun',
    },
    seed: {
      about: 'say which param is the seed of the runs that other programs logged into an experiment',
      experiment: 'its name or id',
      param: 'what its programs call it, for example trial',
      byName: 'the param that is called like a seed, as it is where nothing is said',
    },
    share: {
      about: 'make a read-only link to an experiment, a run or a comparison',
      targets: 'an experiment by its name or id, a run by its id, or several to compare',
      days: 'days until it expires (default: 30)',
      list: 'list the links that are open',
      revoke: 'close a link',
    },
    report: {
      about: 'write what is recorded as a report to hand in, with room for your own words',
      targets: 'experiments by their names or ids, or course: the homework of the course',
      form: 'csdn, markdown or html',
      lang: "en or zh (default: the terminal's language)",
      to: 'folder to write it in',
      replace: 'set aside what is in that folder',
    },
    doctor: {
      about: 'check what this machine has',
      deep: 'read all that is recorded, too: every row, every point, every file',
    },
    rm: {
      about: 'delete runs and experiments for good, after saying what goes; archiving on their pages keeps them',
      targets: 'ids or names; of an experiment all that is in it',
      archived: 'what has been archived for so many days, instead of names',
      file: 'only files of this name of one run; its page lists them',
      yes: 'do not ask',
    },
    gc: {
      about: 'remove what nobody needs: files and rows of nothing; give the disk back the room of what was deleted',
      dry: 'only say what there is to remove',
    },
    import: {
      about:
        'take in what other programs wrote: TensorBoard, W&B, SwanLab, MLflow, Neptune, CSV, JSON Lines; again, only what is new',
      sources:
        'files, folders with all that is in them, or mlflow and the address of a server that speaks its protocol',
      name: "experiment to record into (default: the folder's name, or the server's)",
    },
    watch: {
      about: 'follow what other programs write, until it is stopped',
      folders: 'folders with all that is in them, or will be',
    },
    serve: {
      about: 'start the web app',
      port: 'port of the app, or the next free one (default: 4000)',
      host: 'address to listen on; wider than loopback needs WHORL_TOKEN (default: 127.0.0.1)',
      sharePort: 'port where share links answer, and nothing else (default: 4001)',
      shareHost: 'address where share links answer; 0.0.0.0: the network (default: 127.0.0.1)',
    },
  },
  statuses: {
    running: 'running',
    finished: 'finished',
    failed: 'failed',
    interrupted: 'interrupted',
    crashed: 'crashed',
  } as Readonly<Record<RunStatus, string>>,
  /** Heads of tables. */
  heads: {
    experiment: 'experiment',
    study: 'study',
    runs: 'runs',
    running: 'running',
    activity: 'last activity',
    id: 'id',
    run: 'run',
    name: 'name',
    status: 'status',
    time: 'time',
    engine: 'engine',
    started: 'started',
    metric: 'metric',
    points: 'points',
    last: 'last',
    lowest: 'lowest',
    highest: 'highest',
    atStep: 'at step',
    config: 'config',
    value: 'value',
    configuration: 'configuration',
    sd: '± sd',
    courseSays: 'course says',
    question: 'question',
    verdict: 'verdict',
    claim: "the course's claim",
    diverged: 'diverged',
    mean: 'mean',
    interval: '95% interval',
    together: 'simultaneous 95% interval',
    seeds: 'seeds',
    pAdjusted: 'adjusted p',
    pSame: 'p (TOST)',
    reached: 'reached',
    ahead: 'ahead a : b',
    effect: 'effect g',
    source: 'variance due to',
    share: 'share',
    p: 'p',
    link: 'share',
    of: 'of',
    made: 'made',
    chance: 'chance',
    atMost: 'with a spread of',
    toTrain: 'to train',
    difference: 'difference',
    expires: 'expires',
  },
  table: {
    notShown: (heads: readonly string[]) => `a wider terminal also shows ${heads.join(', ')}`,
  },
  units: { second: 's', minute: 'min', hour: 'h' },
  progress: {
    runs: (ended: number, total: number) => `${ended}/${total} runs`,
    left: (time: string) => `${time} left`,
    seed: 'seed',
    epoch: 'epoch',
    step: 'step',
    on: (engine: string, mode: string) => `on ${[engine, mode].filter(Boolean).join(', ')}`,
    engineMissing: (other: string, reason: string, engine: string) =>
      `${other} engine not available (${reason}): training on ${engine}`,
  },
  record: {
    onlyRead: (why: string) => `the record is only read: ${why}`,
    empty: (home: string) => `Nothing is recorded in ${home} yet. Train something: whorl run spiral`,
    missing: (home: string, advice: string) =>
      `There is no record in ${home}: nothing was trained from this folder. ${advice}`,
    elsewhere: (home: string) => `There is one in ${home}: cd there, or set WHORL_HOME to it.`,
    goThere: 'Go to the folder in which you trained, set WHORL_HOME, or train something: whorl run spiral',
    noExperiment: (name: string, near: string) => `no experiment "${name}".${near} whorl ls lists them`,
    noRun: (id: string) => `no run "${id}"; whorl ls <experiment> lists them`,
    noTarget: (word: string, near: string) => `no run or experiment "${word}".${near} whorl ls lists the experiments`,
  },
  ls: {
    queryNeedsExperiment: 'expected an experiment whose runs it finds: whorl ls <experiment> --query TEXT',
    noRuns: (experiment: string) => `${experiment} has no runs yet`,
    noneFound: (experiment: string) => `no run of ${experiment} is found by the query`,
    noField: (field: string, near: string) => `no run has ${field}.${near}`,
  },
  show: { again: 'again:', page: 'page: ', noMetrics: 'no metric was recorded' },
  compare: {
    noneFinished: (runs: number) => `none of these ${count(runs, 'run', 'runs')} is finished`,
    noMetric: (metric: string, near: string, recorded: string) =>
      `no finished run has "${metric}".${near} Recorded: ${recorded || 'nothing'}`,
    title: (metric: string, by: string, at?: string) =>
      `${metric} by ${by}${at === undefined ? '' : `, at each ${at}`}`,
    goal: (came: string) => `expected highest or lowest, got "${came}"`,
    notMain: (main: string) =>
      `the main metric of these runs is ${main}; each other one that is looked at may name a false winner in another 5% of the cases`,
    leftOut: (runs: number, metric: string) => `${runs} of these runs are not finished or have no ${metric}: left out`,
    badMargin: (came: string) =>
      `expected a number above 0, the largest difference that does not matter, got "${came}"`,
    alsoVary: (paths: readonly string[], command: string) =>
      `${paths.join(', ')} ${paths.length === 1 ? 'varies' : 'vary'} as well: ${command} compares all`,
    and: ' and ',
  },
  run: {
    nameLength: (most: number, came: number) => `expected 1 to ${most} characters, got ${came}`,
    trainsNothing: (came: string) => `trains nothing and takes no values, got "${came}"`,
    unarchived: (name: string) => `${name} was archived: with its new runs it is in the list again`,
    allRecorded: (runs: number) => `all ${runs} runs are recorded already: nothing is trained again`,
    someRecorded: (recorded: number, all: number) =>
      `${recorded} of ${all} runs are recorded already and not trained again`,
    answers: '(whorl serve answers there)',
    failed: (id: string, status: RunStatus, error: string | null) =>
      `run ${id} ${status}: ${error ?? 'no reason was recorded'}`,
    more: (runs: number) => `, and ${runs} more`,
    data: 'data',
    noReason: 'no reason was recorded',
    jobs: (most: number, came: string) => `expected a whole number from 1 to ${most}, got "${came}"`,
    seedsFromZero: (came: number) => `expected whole numbers from 0 on, got ${came}`,
    noCourse: (study: string) => `the course compares no configurations in the study ${study}; name values instead`,
    courseSweep: '--course takes one value a path, not a sweep',
    courseClash: 'is what --course compares; leave out one of the two',
    stopped: (runs: number) => count(runs, 'run was stopped', 'runs were stopped'),
    notBegun: (runs: number) => count(runs, 'was not begun', 'were not begun'),
  },
  plan: {
    number: (came: string) => `expected a number above 0, got "${came}"`,
    noTarget: (word: string, near: string, studies: string) =>
      `no study or experiment "${word}".${near} Studies: ${studies}; whorl ls lists the experiments`,
    isExperiment: (study: string, command: string) =>
      `is an experiment of the study ${study}; to plan other levels of it: ${command}`,
    noStudy: 'is an experiment of programs other than Whorl: it has no study whose runs could be planned',
    otherStudy: (name: string, study: string, asked: string) =>
      `the experiment "${name}" is of the study "${study}", not "${asked}"; give another name`,
    oneConfiguration: (configurations: number) =>
      `${configurations === 0 ? 'no finished run is' : 'one configuration is not'} enough to compare; name several values, for example ` +
      'whorl plan spiral model.activation=relu,tanh',
    confounded: (paths: readonly string[], by: string) =>
      `the levels differ in ${paths.join(' and ')} as well, and no number of seeds could tell which of them it is; --by ${by} plans for all together`,
    never: (metric: string) =>
      `some of the recorded runs never reached what ${metric} waits for: levels are compared by the order of each seed, for which no spread says how many are needed`,
  },
  course: {
    newWord: 'whorl run course is whorl course now',
    noValues: (came: string) => `takes no values, got "${came}"; whorl run <study> ${came} trains one study with it`,
    oneStudy: (study: string) => `takes no values, got "${study}"; --only ${study} runs that study alone`,
    twice: (study: string) => `${study} is given twice`,
    outcomes: { shown: 'shown', refuted: 'refuted', undecided: 'undecided' },
    colon: ': ',
  },
  studies: { runOne: 'run one:', orAll: ', or all of them:' },
  stop: {
    none: 'No run trains there.',
    late: 'a step takes long: they end after it; whorl show <run> tells when they have',
    stopping: 'stopping',
    byItself: 'ended by itself before it was stopped',
    before: 'had ended before',
  },
  share: {
    days: (came: string) => `expected a number of days, got "${came}"`,
    nothing: 'expected an experiment or runs to share (whorl ls lists them), --list or --revoke <id>',
    closed: (id: string) => `closed ${id}: its link answers 404 from now on`,
    experiment: (name: string) => `the experiment "${name}"`,
    run: (name: string) => `the run "${name}"`,
    comparison: (runs: number) => `a comparison of ${runs} runs`,
    shows: (what: string, until: string) =>
      `shows ${what} and nothing else, read-only, until ${until}; kept nowhere: copy it now`,
    close: (command: string) => `close it: ${command}`,
    whileServing: 'the link answers while whorl serve runs',
    onlyHere: (command: string) =>
      `only this computer can open it; ${command} lets your network open share links and nothing else of the app: ` +
      'run that, then share again',
    none: 'No link is open.',
  },
  serve: {
    port: (came: string) => `expected a port from 0 to 65535, got "${came}"`,
    shareLinks: (url: string) => `share links answer at ${url}; Ctrl-C stops both`,
  },
  start: {
    isAt: (name: string, url: string) => `${name} is at ${url}`,
    trains: "trains the course's comparison on the spiral: linear · sgd against relu · adam, seeds 1 to 5",
    serves: 'serves until Ctrl-C',
  },
  doctor: {
    names: { database: 'database', record: 'record', 'web app': 'web app', server: 'server' } as Readonly<
      Record<string, string>
    >,
    engine: (name: string) => `engine ${name}`,
    noRecord: (file: string) => `none yet: whorl run makes ${file}`,
    built: 'built',
    notBuilt: 'not built; npm run setup builds it',
    notRunning: 'not running; whorl serve starts it',
    onlyRead: (file: string, why: string) => `${file}, only read: ${why}`,
    whole: (experiments: number, runs: number, points: string, artifacts: number) =>
      `${count(experiments, 'experiment', 'experiments')}, ${count(runs, 'run', 'runs')}, ${points} points and ${count(artifacts, 'file', 'files')} were read, and are as they were written`,
    damaged: (problems: number) =>
      `${count(problems, 'thing is', 'things are')} damaged; the rest was read and is as it was written:`,
    more: (problems: number) => `and ${problems} more; --json has all`,
  },
  ...DELETION_EN,
  ...SEED_EN,
  ...WRITEUP_EN,
  importing: IMPORTING_EN,
  web: {
    notBuilt: 'the web app is not built; npm run setup builds it',
    notStarted: (said: string) => `the web app did not start: ${said}`,
    ended: (how: string, said: string) =>
      `the web app ended by itself (${how})${said && `, and said last: ${said}`}; what is recorded is kept: start it again`,
    noNote: (said: string) =>
      `The record's folder cannot be written, so that links of other commands may name another port: ${said}`,
  },
};

export type Messages = typeof en;
