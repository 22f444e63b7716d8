import { configHash } from '@whorl/core';
import { placeSchema, recordedSchema, recordingSchema } from '#src/contract/recording.ts';
import { ownerProcedure, router } from '../access/trpc.ts';
import { liveFeeds } from '../live/live-feeds.ts';
import { askedTraining } from '../recording/asked-training.ts';
import { ENGINE_OF_PAGES, runOfRecording } from '../recording/run-of-recording.ts';

/** Trainings of the playground, recorded. */
export const recordingsRouter = router({
  /** The run of this config in the experiment of that name; null where there is none. */
  find: ownerProcedure
    .input(placeSchema)
    .output(recordedSchema.nullable())
    .query(async ({ ctx, input }) => {
      const { config } = await askedTraining(input.config);
      const experiment = await ctx.store.experiments.findNamed(input.experiment);
      if (!experiment) return null;
      const experimentId = experiment.id;
      const runId = ctx.store.whole.find({ experimentId, engine: ENGINE_OF_PAGES }, await configHash(config));
      return runId === null ? null : { runId, experimentId, isNew: false };
    }),

  /** Records a training that has ended, all of it or nothing; one that is recorded is not recorded again. */
  add: ownerProcedure
    .input(recordingSchema)
    .output(recordedSchema)
    .mutation(async ({ ctx, input }) => {
      const { run, files } = await runOfRecording(input, Date.now());
      const { id: experimentId } = await ctx.store.experiments.ensure(input.experiment, run.config.study);
      const { id: runId, isNew } = await ctx.store.whole.add({ ...run, experimentId }, files);
      liveFeeds(ctx.store).hasten();
      return { runId, experimentId, isNew };
    }),
});
