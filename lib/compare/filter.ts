import { type Metric, RATIOS } from '../report/metrics.ts';
import type { GapState } from './gap.ts';

export type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** One condition of a filter. */
export type Term =
  | { readonly kind: 'text'; readonly text: string }
  /** In the metric's unit: a ratio of 20 % is 0.2. */
  | {
      readonly kind: 'metric';
      readonly metric: Metric;
      readonly operator: Operator;
      readonly value: number;
    }
  /** The size of a row's largest gap, a ratio. */
  | { readonly kind: 'gap'; readonly operator: Operator; readonly value: number }
  /** The worst state of a row's gaps. */
  | { readonly kind: 'state'; readonly state: GapState };

/** Why a part of a filter is not understood: what it says, and what was expected there. */
export interface FilterProblem {
  readonly expected: 'metric' | 'number' | 'state' | 'quote';
  readonly at: string;
}

export interface Filter {
  readonly terms: readonly Term[];
  readonly problems: readonly FilterProblem[];
}

/** The words of a filter in the user's language, in lower case. */
export interface FilterWords {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly gap: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, GapState>;
}

interface Token {
  readonly kind: 'word' | 'quoted' | 'operator';
  readonly text: string;
  /** Does it touch the token before it? */
  readonly attached: boolean;
  readonly open?: true;
}

const TOKEN = /"([^"]*)("?)|(<=|>=|!=|≤|≥|≠|<|>|=)|(?:(?!!=)[^\s"<>=≤≥≠])+/g;
const OPERATORS: Readonly<Record<string, Operator>> = { '≤': '<=', '≥': '>=', '≠': '!=' };

function tokensOf(text: string): Token[] {
  let end = 0;
  return [...text.matchAll(TOKEN)].map((match): Token => {
    const attached = match.index === end;
    end = match.index + match[0].length;
    const [whole, quoted, close, operator] = match;
    if (quoted !== undefined) {
      return { kind: 'quoted', text: quoted, attached, ...(close === '' ? { open: true } : {}) };
    }
    return { kind: operator === undefined ? 'word' : 'operator', text: whole, attached };
  });
}

/**
 * Reads a filter. Each of its terms must hold: words and "words in quotes" are parts of a name,
 * `clicks > 100` and `roi <= -20` conditions on a metric (ratios in percent), `gap red` and
 * `gap > 5` on a row's gaps. A part that is not understood is no term, but a problem.
 */
export function parseFilter(text: string, words: FilterWords): Filter {
  const tokens = tokensOf(text);
  const terms: Term[] = [];
  const problems: FilterProblem[] = [];
  let at = 0;
  for (let token = tokens[at]; token; token = tokens[at]) {
    const [next, after] = [tokens[at + 1], tokens[at + 2]];
    if (token.kind === 'quoted') {
      if (token.open) problems.push({ expected: 'quote', at: `"${token.text}` });
      else terms.push({ kind: 'text', text: token.text });
      at += 1;
    } else if (token.kind === 'operator') {
      // Without a metric before it, it is a sign of a name ("<18").
      const joined = next?.kind === 'word' && next.attached;
      terms.push({ kind: 'text', text: token.text + (joined ? next.text : '') });
      at += joined ? 2 : 1;
    } else if (next?.kind === 'operator') {
      const groups = thousandsAfter(tokens, at + 2);
      const value = after && { ...after, text: [after.text, ...groups].join(' ') };
      const read = conditionOf(token.text, next.text, value, words);
      if ('expected' in read) problems.push(read);
      else terms.push(read);
      at += (after?.kind === 'word' ? 3 : 2) + groups.length;
    } else if (words.gap.has(token.text.toLowerCase()) && next?.kind === 'word') {
      const state = words.states.get(next.text.toLowerCase());
      if (state) terms.push({ kind: 'state', state });
      else problems.push({ expected: 'state', at: `${token.text} ${next.text}` });
      at += 2;
    } else {
      terms.push({ kind: 'text', text: token.text });
      at += 1;
    }
  }
  return { terms, problems };
}

/** The groups of three digits that follow a number: "1 000" is one, and none that can be read. */
function thousandsAfter(tokens: readonly Token[], at: number): string[] {
  if (!/^[+\-−]?\d{1,3}$/.test(tokens[at]?.text ?? '')) return [];
  const groups = tokens.slice(at + 1).map(({ kind, text }) => (kind === 'word' ? text : ''));
  const end = groups.findIndex((text) => !/^\d{3}$/.test(text));
  return end < 0 ? groups : groups.slice(0, end);
}

function conditionOf(
  field: string,
  sign: string,
  value: Token | undefined,
  { metrics, gap }: FilterWords,
): Term | FilterProblem {
  const name = field.toLowerCase();
  const metric = metrics.get(name);
  const ofGap = gap.has(name);
  if (!metric && !ofGap) return { expected: 'metric', at: field };
  const number = value?.kind === 'word' ? numberIn(value.text) : null;
  if (number === null) {
    const said = value?.kind === 'word' ? ` ${value.text}` : '';
    return { expected: 'number', at: `${field} ${sign}${said}` };
  }
  const operator = OPERATORS[sign] ?? (sign as Operator);
  if (!metric) return { kind: 'gap', operator, value: number / 100 };
  return { kind: 'metric', metric, operator, value: RATIOS.has(metric) ? number / 100 : number };
}

/** A number with a point or a comma; null for anything else, also for "1,000", which is 1 or 1000. */
function numberIn(text: string): number | null {
  const plain = /^([+\-−]?)(\d+)(?:([.,])(\d+))?%?$/.exec(text);
  if (!plain) return null;
  const [, sign, whole, mark, places = ''] = plain;
  if (mark === ',' && places.length === 3 && whole !== '0') return null;
  const size = Number(`${whole}.${places}`);
  return sign === '-' || sign === '−' ? -size : size;
}

/** What a filter asks of a row. */
export interface Filtered {
  /** Its names on all sides. */
  readonly names: readonly string[];
  /** A metric, in its unit; null = unknown, which fulfils no condition. */
  valueOf(metric: Metric): number | null;
  worst(): GapState;
  /** The size of its largest gap, a ratio; null = it has none. */
  largestGap(): number | null;
}

/** Does a row fulfil every term? */
export const fulfils = (row: Filtered, terms: readonly Term[]): boolean =>
  terms.every((term) => fulfilsOne(row, term));

function fulfilsOne(row: Filtered, term: Term): boolean {
  switch (term.kind) {
    case 'text': {
      const wanted = term.text.toLowerCase();
      return row.names.some((name) => name.toLowerCase().includes(wanted));
    }
    case 'metric':
      return holds(row.valueOf(term.metric), term.operator, term.value);
    case 'gap':
      return holds(row.largestGap(), term.operator, term.value);
    case 'state':
      return row.worst() === term.state;
  }
}

/** Sums of money are binary fractions, a few units of the last place beside what they are shown as. */
const ROUNDING = 1e-9;

function holds(figure: number | null, operator: Operator, limit: number): boolean {
  if (figure === null) return false;
  const isLimit = Math.abs(figure - limit) <= ROUNDING * Math.max(1, Math.abs(limit));
  const value = isLimit ? limit : figure;
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '=':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}
