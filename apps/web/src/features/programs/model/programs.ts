// What to add to a program so that it logs here: the page, docs/log-from-your-script.md and the test that runs each of
// these all have it from here.

/** Where runs are to be logged. */
export interface LogPlace {
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  /** Whether the server has a token. */
  readonly guarded: boolean;
  /** The name of the experiment. */
  readonly experiment: string;
}

/** The kinds of programs, in the order in which they are offered. */
export const PROGRAM_IDS = [
  'pytorch',
  'python',
  'transformers',
  'lightning',
  'keras',
  'sklearn',
  'tfjs',
  'node',
  'browser',
  'files',
] as const;
export type ProgramId = (typeof PROGRAM_IDS)[number];

/** A line of a program: one to add, or one that its author has already. */
export interface ProgramLine {
  readonly text: string;
  readonly added: boolean;
}

export interface ScriptKind {
  readonly id: ProgramId;
  /** What it is called in every language; null where that is a text of the interface. */
  readonly name: string | null;
  /** Commands for a shell; null where there are none to give. */
  readonly shell: (place: LogPlace) => string | null;
  /** The program in short; null where it stays as it is. */
  readonly code: (place: LogPlace) => string | null;
  readonly language: 'python' | 'js' | 'html' | null;
}

const MLFLOW_TOKEN = 'export MLFLOW_TRACKING_TOKEN="$WHORL_TOKEN"';
const NAME = 'my experiment';
/** As MLflow has it. */
const LONGEST_NAME = 500;

/** The name of an experiment in an address; any other text is none. */
export const toExperimentName = (text: string | null): string =>
  text !== null && text.trim() !== '' && text.length <= LONGEST_NAME && !/[\p{Cc}\p{Cs}]/u.test(text) ? text : NAME;

const inShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** A text in Python, and in JavaScript within a page. */
const inPython = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c');
const inScript = (text: string): string => (/['\\<]/.test(text) ? inPython(text) : `'${text}'`);

const joined = (...lines: readonly (string | false)[]): string => lines.filter((line) => line !== false).join('\n');

const python =
  (needed: string, more: (place: LogPlace) => readonly string[] = () => []) =>
  (place: LogPlace): string =>
    joined(
      `pip install ${needed}`,
      `export MLFLOW_TRACKING_URI=${place.url}`,
      place.guarded && MLFLOW_TOKEN,
      ...more(place),
      'python train.py',
    );

/** What the server gives away for `pip install`; pip reads the version from the name. */
const WHEEL = 'whorl-0.1.0-py3-none-any.whl';

const ownPython = ({ url, guarded }: LogPlace): string =>
  joined(`pip install ${url}/${WHEEL}`, `export WHORL_URL=${url}`, guarded && 'export WHORL_TOKEN', 'python train.py');

const node = ({ url, guarded }: LogPlace): string =>
  joined(`npm install ${url}/client.tgz`, `export WHORL_URL=${url}`, guarded && 'export WHORL_TOKEN', 'node train.mjs');

/** In the code of a program `+ ` begins a line to add, and two spaces one that is there. */
const PROGRAMS: Readonly<Record<ProgramId, Omit<ScriptKind, 'id'>>> = {
  pytorch: {
    name: 'PyTorch',
    shell: python('mlflow-skinny'),
    language: 'python',
    code: ({ experiment }) => `\
+ import mlflow
+
+ mlflow.set_experiment(${inPython(experiment)})
+ with mlflow.start_run():
+     mlflow.log_params({"seed": seed, "lr": lr})
      for step in range(steps):
          loss = train(step)
+         mlflow.log_metric("loss", loss, step=step)`,
  },
  python: {
    name: 'Python',
    shell: ownPython,
    language: 'python',
    code: ({ experiment }) => `\
+ import whorl
+
+ with whorl.init(experiment=${inPython(experiment)}, config={"seed": seed, "lr": lr}) as run:
      for step in range(steps):
          loss = train(step)
+         run.log({"loss": loss}, step=step)`,
  },
  transformers: {
    name: 'Hugging Face Trainer',
    shell: python('mlflow-skinny', ({ experiment }) => [`export MLFLOW_EXPERIMENT_NAME=${inShell(experiment)}`]),
    language: 'python',
    code: () => `\
  args = TrainingArguments(
      output_dir="out",
      seed=seed,
+     report_to="mlflow",
  )
  Trainer(model, args, train_dataset=data).train()`,
  },
  lightning: {
    name: 'PyTorch Lightning',
    shell: python('mlflow-skinny'),
    language: 'python',
    code: ({ experiment }) => `\
+ from lightning.pytorch.loggers import MLFlowLogger
+
+ logger = MLFlowLogger(experiment_name=${inPython(experiment)})
+ logger.log_hyperparams({"seed": seed})
  trainer = Trainer(
      max_epochs=epochs,
+     logger=logger,
  )
  trainer.fit(model, data)`,
  },
  keras: {
    name: 'Keras',
    shell: python('mlflow-skinny pandas'),
    language: 'python',
    code: ({ experiment }) => `\
+ import mlflow
+
+ mlflow.set_experiment(${inPython(experiment)})
+ mlflow.keras.autolog(log_models=False)
+ with mlflow.start_run():
+     mlflow.log_param("seed", seed)
      model.fit(x, y, epochs=epochs)`,
  },
  sklearn: {
    name: 'scikit-learn',
    shell: python('mlflow-skinny pandas'),
    language: 'python',
    code: ({ experiment }) => `\
+ import mlflow
+
+ mlflow.set_experiment(${inPython(experiment)})
+ mlflow.sklearn.autolog()
  model = LogisticRegression(C=c, random_state=seed)
  model.fit(x, y)`,
  },
  tfjs: {
    name: 'TensorFlow.js',
    shell: node,
    language: 'js',
    code: ({ experiment }) => `\
+ import * as whorl from '@whorl/client';
+
+ const run = await whorl.init({ experiment: ${inScript(experiment)}, config: { seed, lr } });
  await model.fit(x, y, {
    epochs,
+   callbacks: whorl.whorlCallback(run),
  });
+ await run.finish();`,
  },
  node: {
    name: null,
    shell: node,
    language: 'js',
    code: ({ experiment }) => `\
+ import * as whorl from '@whorl/client';
+
+ const run = await whorl.init({ experiment: ${inScript(experiment)}, config: { seed, lr } });
  for (let step = 0; step < steps; step++) {
    const loss = train(step);
+   run.log({ loss }, { step });
  }
+ await run.finish();`,
  },
  browser: {
    name: null,
    shell: () => null,
    language: 'html',
    code: ({ url, guarded, experiment }) =>
      joined(
        '  <script type="module">',
        `+ import * as whorl from '${url}/client.js';`,
        '+',
        '+ const run = await whorl.init({',
        `+   url: '${url}',`,
        guarded && "+   token: prompt('WHORL_TOKEN'),",
        `+   experiment: ${inScript(experiment)},`,
        '+   config: { seed, lr },',
        '+ });',
        '  for (let step = 0; step < steps; step++) {',
        '    const loss = train(step);',
        '+   run.log({ loss }, { step });',
        '  }',
        '+ await run.finish();',
        '  </script>',
      ),
  },
  files: {
    name: null,
    shell: () => joined('npx whorl watch runs', 'npx whorl import runs'),
    language: null,
    code: () => null,
  },
};

/** A kind of program by its id. */
export const programOf = (id: ProgramId): ScriptKind => ({ id, ...PROGRAMS[id] });

/** The id in an address; the first one for anything else. */
export const toProgramId = (text: string | null): ProgramId => PROGRAM_IDS.find((id) => id === text) ?? PROGRAM_IDS[0];

/** The address of the page that shows a kind of program, without its language. */
export function logPath(program: ProgramId, experiment: string): string {
  const query = new URLSearchParams({ program, ...(experiment === NAME ? {} : { experiment }) });
  return `/log?${query}`;
}

/** The lines of a program's code, for who shows which ones are new. */
export const programLines = (code: string): ProgramLine[] =>
  code.split('\n').map((line) => ({ text: line.slice(2), added: line.startsWith('+') }));

/** The code of a program as it stands in a file. */
export const plainCode = (code: string): string =>
  programLines(code)
    .map(({ text }) => text)
    .join('\n');
