import { type Signal, signal } from '@preact/signals';
import type { Access } from '../../components/kit/access.tsx';
import kit from '../../components/kit/kit.css?inline';
import tokens from '../../components/kit/tokens.css?inline';
import type { PanelLink } from '../../components/panel/panel-link.ts';
import type { CallRule } from '../../lib/contract/call.ts';
import { type Answers, type CallName, calls, type Input } from '../../lib/contract/calls.ts';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { HourlyProfit, Stats } from '../../lib/contract/figures.ts';
import type { SettingsView } from '../../lib/contract/settings.ts';
import type { Problem } from '../../lib/errors.ts';
import { CrosstrackError } from '../../lib/errors.ts';
import { provideMessages } from '../../lib/i18n.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import type { PanelState } from '../../lib/page/panel-state.ts';
import type { FromPanel, PanelPlace } from '../../lib/page/protocol.ts';
import { metricsOf } from '../../lib/report/metrics.ts';
import type { Report } from '../../lib/report/question.ts';
import type { OpenClient } from '../../lib/rpc/client.ts';
import type { PageView } from '../../lib/trackers/page-recogniser.ts';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import ru from '../../public/_locales/ru/messages.json' with { type: 'json' };

const TEXTS: Record<'en' | 'ru', Record<string, { message: string }>> = { en, ru };

/** The texts of a language, as the browser's `i18n.getMessage` gives them. */
export function useLanguage(language: 'en' | 'ru'): void {
  const texts = TEXTS[language];
  provideMessages(
    (key, values = []) =>
      (texts[key]?.message ?? '').replace(/\$(\d)/g, (_, index) => values[Number(index) - 1] ?? ''),
    language,
  );
}
export const useEnglish = (): void => useLanguage('en');

type Answering = {
  [N in CallName]?: (input: Input<N>) => Answers[N] | Promise<Answers[N]>;
};

/** What changes keys or connections as a whole, upon which the background tells of every call. */
const OF_ALL =
  /^(connections\.(save|turn|remove)|transfer\.apply|keys\.(set|change|remove|lock|unlock|forget))/;

/**
 * A background that answers from a table; a call without an answer is a problem, and is remembered.
 * What a call changes it tells as the real one does.
 */
export function fakeClient(answers: Answering): OpenClient & {
  calls: Array<{ name: string; input: unknown }>;
  /** Tells that these calls, or all, answer otherwise now. */
  change(...names: CallName[]): void;
  /** Answers a call otherwise from now on. */
  answer<N extends CallName>(name: N, answer: NonNullable<Answering[N]>): void;
  /** How many listen. */
  listening(): number;
} {
  const table: Answering = { ...answers };
  const asked: Array<{ name: string; input: unknown }> = [];
  const listeners = new Set<{ call: CallName; listener: () => void }>();
  const tell = (names: readonly string[] | null) => {
    for (const { call, listener } of [...listeners]) {
      if (names === null || names.includes(call)) listener();
    }
  };
  return {
    calls: asked,
    change: (...names) => tell(names.length > 0 ? names : null),
    answer: (name, answer) => Object.assign(table, { [name]: answer }),
    listening: () => listeners.size,
    onChange(call, listener) {
      const one = { call, listener };
      listeners.add(one);
      return () => listeners.delete(one);
    },
    async call(name, input, signal) {
      asked.push({ name, input });
      const answer = table[name];
      if (!answer) throw new CrosstrackError({ kind: 'unsupported', said: name });
      const left = Promise.withResolvers<never>();
      signal?.addEventListener('abort', () => left.reject(signal.reason));
      const result = await Promise.race([answer(input), left.promise]);
      const { invalidates }: CallRule = calls[name];
      if (OF_ALL.test(name)) tell(null);
      else if (invalidates) tell(invalidates);
      return result;
    },
  };
}

/** The browser's permissions: what was asked for, and an answer to give. */
export function fakeAccess(answer: () => Promise<boolean> = async () => true): Access & {
  asked: string[][];
} {
  const asked: string[][] = [];
  return {
    asked,
    requestHosts(hosts) {
      asked.push([...hosts]);
      return answer();
    },
  };
}

type Writable<T> = { [K in keyof T]: T[K] extends { peek(): infer V } ? Signal<V> : T[K] };

/** The page under the panel: what it tells is set here, what it is told is remembered. */
export interface FakeLink
  extends Writable<
    Pick<
      PanelLink,
      | 'view'
      | 'shown'
      | 'task'
      | 'theme'
      | 'trouble'
      | 'seen'
      | 'placed'
      | 'before'
      | 'context'
      | 'figures'
    >
  > {
  place: PanelLink['place'];
  send: PanelLink['send'];
  close: PanelLink['close'];
  readonly places: readonly PanelPlace[];
  readonly sent: readonly FromPanel[];
  /** How often the panel asked to be closed. */
  closed(): number;
}

/** A panel that is open on a page with that view. */
export function fakeLink({
  view = null,
  shown = true,
  before = null,
  context = null,
  figures = null,
}: {
  view?: PageView | null;
  shown?: boolean;
  before?: PanelState | null;
  context?: PanelLink['context'];
  figures?: PanelLink['figures'];
} = {}): FakeLink {
  const places: PanelPlace[] = [];
  const sent: FromPanel[] = [];
  const seen = signal<ReadonlySet<number>>(new Set());
  let closed = 0;
  return {
    view: signal(view),
    shown: signal(shown),
    task: signal(null),
    theme: signal('light'),
    trouble: signal(null),
    seen,
    placed: signal(null),
    ...{ before, context, figures, places, sent },
    place: (place) => void places.push(place),
    send(message) {
      sent.push(message);
      // A page that hides nothing.
      if (message.kind === 'watch' && message.at) seen.value = new Set([...seen.value, message.id]);
    },
    close: () => {
      closed += 1;
    },
    closed: () => closed,
  };
}

/** As they are before anybody changed one. */
export const settings: SettingsView = {
  rules: { targetRoi: 0, confidence: 0.95, approval: 1, priorWeight: 2 },
  panelDock: 'right',
  panelTheme: 'page',
  panelTab: 'compare',
  format: 'propellerads',
  chart: { open: false, metric: 'conversions' },
  rates: [],
  ownSources: [],
  protectedIds: [],
  fixedRules: [],
};

export const failing = (problem: Problem) => () => {
  throw new CrosstrackError(problem);
};

/** A root on the page with the kit's style; gone after the test when removed. */
export function openRoot(style: string, theme: 'light' | 'dark' = 'light'): HTMLElement {
  document.body.replaceChildren();
  document.documentElement.dataset.theme = theme;
  document.documentElement.lang = 'en';
  document.title = 'Test';
  const css = document.createElement('style');
  css.textContent = tokens + kit + style;
  const root = document.createElement('div');
  document.body.append(css, root);
  return root;
}

export const tracker = (id: string, change: Partial<TrackerView> = {}): TrackerView => ({
  id,
  name: id.toUpperCase(),
  initial: id[0]?.toUpperCase() ?? '?',
  side: 'tracker',
  capabilities: {
    dimensions: ['campaign', 'hour'],
    tokens: 10,
    reportZone: 'any',
    hourlyTotals: true,
    dailyTotals: true,
    cost: {
      can: true,
      modes: ['total'],
      byToken: 15,
      uniqueOnly: false,
      currency: 'own',
      applied: 'at once',
      settlesWithin: 600_000,
      rounding: { shown: 0.01, perClick: 0.0001 },
      bulk: 1,
      cautions: [],
    },
    levels: 3,
    offers: { can: true },
    landers: { can: true },
    sources: { can: true },
    conversions: { can: true },
    clicks: { can: true },
    clickLookup: { can: true },
    postbacks: { can: true },
    pause: { can: true },
    marks: { can: false, reason: 'affise_no_marks' },
    upload: { can: false, reason: 'keitaro_no_upload' },
    campaignPage: { can: true },
  },
  keyHelp: 'formKey',
  addressExample: 'https://tracker.example',
  ...change,
});

export const connection = (id: string, change: Partial<ConnectionView> = {}): ConnectionView => ({
  id,
  tracker: id,
  name: `${id} main`,
  api: `https://${id}.example`,
  pages: [`https://${id}.example`],
  script: null,
  off: false,
  currency: 'USD',
  zone: 'Europe/Madrid',
  basis: 'visit',
  templates: [],
  keyEnd: '1234',
  problem: null,
  managed: false,
  ...change,
});

export const report = (rows: Report['rows'], change: Partial<Report> = {}): Report => ({
  rows,
  counted: ['clicks', 'conversions', 'cost', 'revenue'],
  zone: 'Europe/Madrid',
  currency: 'USD',
  basis: 'visit',
  fetchedAt: 0,
  complete: true,
  ...change,
});

export const total = (
  clicks: number,
  conversions: number,
  cost: number | null,
  revenue: number,
): Report => report([{ values: [], metrics: metricsOf({ clicks, conversions, cost, revenue }) }]);

export const stats = (profit: number, change: Partial<Stats> = {}): Stats => ({
  now: metricsOf({ clicks: 100, conversions: 3, cost: 10, revenue: 10 + profit }),
  before: null,
  nowUntilHour: null,
  hours: null,
  best: null,
  worst: null,
  zone: 'UTC',
  span: { start: 0, end: 86_400_000 },
  currency: 'USD',
  fetchedAt: 0,
  complete: true,
  problem: null,
  ...change,
});

/** A day's profit by hour, from an instant on. */
export const hourly = (profits: ReadonlyArray<number | null>, from = 0): HourlyProfit[] =>
  profits.map((profit, hour) => ({
    start: from + hour * 3_600_000,
    end: from + (hour + 1) * 3_600_000,
    profit,
  }));

/** The journal's record of a cost that was set, as it is now. */
export const record = (id: string, state: JournalRecord['state']): JournalRecord => ({
  id,
  kind: 'cost',
  connectionName: 'k main',
  tracker: 'k',
  order: {
    connection: 'k',
    campaignId: '12',
    campaignName: 'Summer',
    range: { from: '2026-08-01', to: '2026-08-02', zone: 'Europe/Madrid' },
    mode: 'total',
    amount: 20,
    currency: 'USD',
    rate: null,
    token: null,
    uniqueOnly: false,
  },
  before: { cost: 10, clicks: 1000 },
  expected: 20,
  trackerCurrency: 'USD',
  untouched: 0,
  rounding: { shown: 0.01, perClick: 0.0001 },
  settlesWithin: 600_000,
  seen: null,
  seenClicks: null,
  former: { cost: 10, clicks: 1000 },
  growth: null,
  state,
  history: [{ at: 0, state }],
  sentAt: null,
  nextAt: null,
  undoes: null,
  turn: 0,
  createdAt: 0,
});
