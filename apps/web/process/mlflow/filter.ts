import { invalidParameter } from './errors.ts';
import { type FilterToken, filterTokens } from './filter-tokens.ts';

// MLflow's filters: comparisons with AND between them; here also OR, NOT and parentheses.

export type Entity = 'metric' | 'parameter' | 'tag' | 'attribute' | 'dataset';
export type FilterOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'LIKE'
  | 'ILIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

export interface FilterComparison {
  readonly kind: 'compare';
  readonly entity: Entity;
  readonly key: string;
  readonly comparator: FilterOperator;
  /** A number of metrics and numeric attributes, several texts of IN, nothing of IS NULL. */
  readonly value: number | string | readonly string[] | null;
}

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | FilterComparison;

/** What can be asked of something: runs, experiments, logged models. */
export interface Searched {
  readonly entities: readonly Entity[];
  /** The attributes, with what else they are called. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly numeric: readonly string[];
  /** Attributes that may be compared with a list; null for all. */
  readonly lists: readonly string[] | null;
  /** What can be asked whether it is there. */
  readonly nullable: readonly Entity[];
}

const ENTITIES: Readonly<Record<string, Entity>> = {
  metric: 'metric',
  metrics: 'metric',
  parameter: 'parameter',
  parameters: 'parameter',
  param: 'parameter',
  params: 'parameter',
  tag: 'tag',
  tags: 'tag',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  dataset: 'dataset',
  datasets: 'dataset',
};
const DATASET_KEYS = ['name', 'digest', 'context'];
const MOST_COMPARISONS = 1_000;
const DEEPEST = 100;
const NUMBERS: Readonly<Record<string, number>> = {
  INF: Number.POSITIVE_INFINITY,
  INFINITY: Number.POSITIVE_INFINITY,
  NAN: Number.NaN,
};

const quoted = (names: readonly string[]): string => `{${names.map((name) => `'${name}'`).join(', ')}}`;

/** What a name stands for. @throws MlflowError for one that stands for nothing */
export function readIdentifier(
  { type, value }: Pick<FilterToken, 'type' | 'value'>,
  searched: Searched,
): Pick<FilterComparison, 'entity' | 'key'> {
  const entity = type === undefined ? 'attribute' : ENTITIES[type];
  if (entity === undefined || !searched.entities.includes(entity)) {
    throw invalidParameter(
      `Invalid entity type '${type}'. Valid values are [${searched.entities.map((name) => `'${name}'`).join(', ')}]`,
    );
  }
  if (entity === 'attribute') {
    const key = Object.hasOwn(searched.attributes, value) ? searched.attributes[value] : undefined;
    if (key !== undefined) return { entity, key };
    throw invalidParameter(
      `Invalid attribute key '${value}' specified. Valid keys are '${quoted(Object.keys(searched.attributes).sort())}'`,
    );
  }
  if (entity === 'dataset' && !DATASET_KEYS.includes(value)) {
    throw invalidParameter(`Invalid dataset key '${value}' specified. Valid keys are '${quoted(DATASET_KEYS)}'`);
  }
  return { entity, key: value };
}

/** The filter that a text states; null for none. @throws MlflowError */
export function parseFilter(filter: string | undefined, searched: Searched): Filter | null {
  if (filter === undefined || filter.trim() === '') return null;
  return new FilterParser(filterTokens(filter), searched).whole();
}

const NUMERIC: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];

class FilterParser {
  readonly #tokens: readonly FilterToken[];
  readonly #searched: Searched;
  #at = 0;
  #comparisons = 0;
  #depth = 0;

  constructor(tokens: readonly FilterToken[], searched: Searched) {
    this.#tokens = tokens;
    this.#searched = searched;
  }

  whole(): Filter {
    const found = this.#any();
    const rest = this.#tokens[this.#at];
    if (rest) throw invalidParameter(`Invalid clause(s) in filter string: '${rest.source}'`);
    return found;
  }

  #any(): Filter {
    return this.#joined('OR', 'or', () => this.#joined('AND', 'and', () => this.#term()));
  }

  #joined(word: string, kind: 'and' | 'or', part: () => Filter): Filter {
    const terms = [part()];
    while (this.#takes('keyword', word)) terms.push(part());
    return terms.length === 1 ? (terms[0] as Filter) : { kind, terms };
  }

  #term(): Filter {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw invalidParameter(`Invalid filter string: expected at most ${DEEPEST} levels`);
    try {
      if (this.#takes('keyword', 'NOT')) return { kind: 'not', term: this.#term() };
      if (!this.#takes('(')) return this.#comparison();
      const inner = this.#any();
      if (!this.#takes(')')) throw this.#unexpected("')'");
      return inner;
    } finally {
      this.#depth -= 1;
    }
  }

  #takes(kind: FilterToken['kind'], value?: string): boolean {
    const token = this.#tokens[this.#at];
    const isIt = token?.kind === kind && (value === undefined || token.value === value);
    if (isIt) this.#at += 1;
    return isIt;
  }

  #unexpected(expected: string) {
    const found = this.#tokens[this.#at]?.source;
    return invalidParameter(
      `Invalid comparison clause. Expected ${expected} found ${found === undefined ? 'the end' : `'${found}'`}`,
    );
  }

  #comparison(): FilterComparison {
    const name = this.#tokens[this.#at];
    // Double quotes are those of a text and of a name.
    if (name?.kind !== 'name' && !(name?.kind === 'text' && name.source.startsWith('"')))
      throw this.#unexpected("'Identifier'");
    this.#at += 1;
    this.#comparisons += 1;
    if (this.#comparisons > MOST_COMPARISONS) {
      throw invalidParameter(`Invalid filter string: expected at most ${MOST_COMPARISONS} comparisons`);
    }
    const identifier = readIdentifier(name, this.#searched);
    const comparator = this.#comparator();
    this.#check(identifier, comparator);
    const value = comparator.startsWith('IS') ? null : this.#value(identifier, comparator);
    return { kind: 'compare', ...identifier, comparator: comparator as FilterOperator, value };
  }

  /** In capitals, whether it is one or not. */
  #comparator(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'operator') {
      this.#at += 1;
      return token.value;
    }
    for (const words of [['IS', 'NOT', 'NULL'], ['IS', 'NULL'], ['NOT', 'IN'], ['IN'], ['LIKE'], ['ILIKE']]) {
      if (
        !words.every(
          (word, i) => this.#tokens[this.#at + i]?.kind === 'keyword' && this.#tokens[this.#at + i]?.value === word,
        )
      )
        continue;
      this.#at += words.length;
      return words.join(' ');
    }
    throw this.#unexpected('comparison');
  }

  #isNumeric({ entity, key }: Pick<FilterComparison, 'entity' | 'key'>): boolean {
    return entity === 'metric' || (entity === 'attribute' && this.#searched.numeric.includes(key));
  }

  #check(identifier: Pick<FilterComparison, 'entity' | 'key'>, comparator: string): void {
    const { entity, key } = identifier;
    const { nullable } = this.#searched;
    if (comparator.startsWith('IS') && !nullable.includes(entity)) {
      throw invalidParameter(
        `IS NULL / IS NOT NULL is only supported for tags and params, not for '${entity}' '${key}'`,
      );
    }
    const texts = ['=', '!=', 'LIKE', 'ILIKE'];
    const lists = entity === 'attribute' || entity === 'dataset' ? ['IN', 'NOT IN'] : ['IS NULL', 'IS NOT NULL'];
    const allowed = this.#isNumeric(identifier) ? NUMERIC : [...texts, ...lists];
    if (!allowed.includes(comparator))
      throw invalidParameter(`Invalid comparator '${comparator}' not one of '${quoted(allowed)}'`);
  }

  #value(identifier: Pick<FilterComparison, 'entity' | 'key'>, comparator: string): number | string | string[] {
    const { entity, key } = identifier;
    if (comparator.endsWith('IN')) return this.#list(identifier);
    const token = this.#tokens[this.#at];
    if (!token) throw this.#unexpected('value');
    this.#at += 1;
    if (this.#isNumeric(identifier)) {
      const sign = token.value.startsWith('-') ? -1 : 1;
      const word = token.kind === 'name' ? NUMBERS[token.value.replace(/^[+-]/, '').toUpperCase()] : undefined;
      if (token.kind === 'number' || word !== undefined) return word === undefined ? Number(token.value) : sign * word;
      const what = entity === 'metric' ? 'metric' : `numeric attribute: ${key}`;
      throw invalidParameter(`Expected numeric value type for ${what}. Found ${token.source}`);
    }
    if (token.kind === 'text') return token.value;
    const what =
      { attribute: 'attributes', dataset: 'dataset attributes' }[entity as string] ?? `${entity} (e.g. 'my-value')`;
    throw invalidParameter(`Expected a quoted string value for ${what}. Got value ${token.source}`);
  }

  #list({ entity, key }: Pick<FilterComparison, 'entity' | 'key'>): string[] {
    const { lists } = this.#searched;
    if (entity === 'attribute' && lists !== null && !lists.includes(key)) {
      throw invalidParameter(
        `Only [${lists.map((name) => `'${name}'`).join(', ')}] attributes support comparison with a list of quoted string values.`,
      );
    }
    const illFormed = () =>
      invalidParameter(
        'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
      );
    if (!this.#takes('(')) throw illFormed();
    const values: string[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'text') throw illFormed();
      values.push(token.value);
      this.#at += 1;
      if (this.#takes(')')) return values;
      if (!this.#takes(',')) throw illFormed();
      if (this.#takes(')')) return values; // as Python writes a list of one
    }
  }
}

/** What something is ordered by: `metrics.loss DESC`. @throws MlflowError */
export function parseOrder(
  clause: string,
  searched: Searched,
): Pick<FilterComparison, 'entity' | 'key'> & { readonly descending: boolean } {
  const tokens = filterTokens(clause);
  const [name, direction] = tokens;
  const word = direction?.value.toUpperCase();
  const isName = name?.kind === 'name' || (name?.kind === 'text' && name.source.startsWith('"'));
  if (!name || !isName || tokens.length > 2)
    throw invalidParameter(`Invalid order_by clause '${clause}'. Could not be parsed.`);
  if (word !== undefined && word !== 'ASC' && word !== 'DESC') {
    throw invalidParameter(`Invalid ordering key in order_by clause '${clause}'.`);
  }
  return { ...readIdentifier(name, searched), descending: word === 'DESC' };
}
