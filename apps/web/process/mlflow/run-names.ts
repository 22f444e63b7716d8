const QUALITIES =
  'able amber bold brave bright brisk calm clean clear crisp eager early fair fleet gentle glad grand keen kind light lively lucky mellow merry mild neat noble polite proud quick quiet rapid rare ready rustic shy silent smooth snug steady sunny swift tidy vivid warm wise young'.split(
    ' ',
  );
const THINGS =
  'ash badger bay birch brook cedar clam cloud cove crane crow dale dawn deer dove elm fern finch fjord fox frost gale glade grove gull hare hawk heron hill iris jay lake lark leaf lynx marsh moor moth newt oak otter owl pine pond quail reed ridge robin rook seal shell shore snail snow star stork swan thrush tide toad vale vole wave wren'.split(
    ' ',
  );
const NUMBERS = 1_000;

/** A name for a run that was given none: `calm-otter-417`. @param below draws a whole number below another */
export const randomRunName = (below: (limit: number) => number): string =>
  `${QUALITIES[below(QUALITIES.length)]}-${THINGS[below(THINGS.length)]}-${below(NUMBERS)}`;
