import type { LabPlan } from './model/plan.ts';
import { activationsPlan } from './plans/activations.ts';
import { learningRatePlan } from './plans/learning-rate.ts';
import { lenetVsAlexnetPlan } from './plans/lenet-vs-alexnet.ts';
import { mlpVsCnnPlan } from './plans/mlp-vs-cnn.ts';
import { optimizersPlan } from './plans/optimizers.ts';
import { repeatabilityPlan } from './plans/repeatability.ts';
import { spiralPlan } from './plans/spiral.ts';
import { vanishingGradientsPlan } from './plans/vanishing-gradients.ts';
import { widthVsDepthPlan } from './plans/width-vs-depth.ts';
import { DigitLabView } from './views/digit-lab-view.tsx';
import { LabView } from './views/lab-view.tsx';

const labOf = (plan: LabPlan) => () => <LabView plan={plan} />;
const digitLabOf = (plan: LabPlan) => () => <DigitLabView plan={plan} />;

/** The labs, by the names that concept pages place them by. */
export const CONCEPT_LABS = {
  SpiralLab: labOf(spiralPlan()),
  LearningRateLab: labOf(learningRatePlan()),
  ActivationsLab: labOf(activationsPlan()),
  VanishingGradientsLab: labOf(vanishingGradientsPlan()),
  OptimizersLab: labOf(optimizersPlan()),
  RepeatabilityLab: labOf(repeatabilityPlan()),
  WidthVsDepthLab: labOf(widthVsDepthPlan()),
  LenetVsAlexnetLab: digitLabOf(lenetVsAlexnetPlan()),
  MlpVsCnnLab: digitLabOf(mlpVsCnnPlan()),
};
