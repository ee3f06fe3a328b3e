import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CrosstrackError, type Problem } from '../../../lib/errors.ts';
import { metricsOf } from '../../../lib/report/metrics.ts';
import type { Question, ReportRow } from '../../../lib/report/question.ts';
import type { OpenDatabase } from '../../../lib/store/database.ts';
import type { TrackerAdapter } from '../../../lib/trackers/adapter.ts';
import { keitaro } from '../../../lib/trackers/keitaro/adapter.ts';
import { campaignAt } from '../../simulators/model/campaigns.ts';
import { type Simulators, startSimulators } from '../../simulators/start.ts';
import { quickDerivation } from '../keys/quick-derivation.ts';
import { testDatabase } from '../test-database.ts';
import {
  type Area,
  fakeReport,
  fakeTracker,
  formOf,
  startWorker,
  type Worker,
} from './transfer-world.ts';

const DAY = 86_400_000;
const PASSPHRASE = 'correct horse battery';
const MGID = { sourceId: '7', sourceName: 'MGID', adSet: null, ad: null, placement: null };

let database: OpenDatabase;
let area: Area;
let now: number;
let granted: boolean;
let problem: Problem | null;
/** What each host was asked. */
let asked: Array<{ host: string; question: Question }>;
/** Rows of each host, by the token that was asked for: name of the campaign, its id at the source. */
let rows: Record<string, Record<string, Array<[name: string, id: string]>>>;
let here: Worker;
let a: string;
let b: string;

const tracker: TrackerAdapter = {
  ...fakeTracker,
  async report(client, question) {
    const host = new URL(client.connection.api).host;
    asked.push({ host, question });
    if (problem) throw new CrosstrackError(problem);
    const token = question.groupBy[1] ?? '';
    return fakeReport(
      client,
      (rows[host]?.[token] ?? []).map(([name, id]) => ({
        values: [
          { id: name, name },
          { id, name: id },
        ],
        metrics: metricsOf({ clicks: 1 }),
      })),
    );
  },
};

const start = (trackers: readonly TrackerAdapter[] = [tracker]) =>
  startWorker(database, area, {
    trackers,
    now: () => now,
    browser: {
      ownTabs: async () => null,
      runFile: async () => {},
      askDetector: async () => true,
      invalidate: () => {},
      probe: async () => null,
      scripting: {
        getRegisteredContentScripts: async () => [],
        registerContentScripts: async () => {},
        updateContentScripts: async () => {},
        unregisterContentScripts: async () => {},
      },
      permissions: { contains: async () => granted, remove: async () => true },
      tabs: { query: async () => [], create: async () => {}, update: async () => {} },
      windows: { update: async () => {} },
      commands: { getAll: async () => [] },
      runtime: { getURL: (path) => `x://us/${path}`, openOptionsPage: async () => {} },
    },
  });

const overlaps = async (fresh = true) =>
  (await here.call('connections.overlaps', { fresh })).map(({ campaigns }) => campaigns);
const template = (id: string, campaign: number | null, more = {}) =>
  here.call('connections.template', { id, template: { ...MGID, ...more, campaign } });
const hosts = () => asked.map(({ host }) => host);

beforeEach(quickDerivation);
beforeEach(async () => {
  ({ database } = testDatabase());
  area = {};
  now = Date.UTC(2026, 7, 9, 12);
  granted = true;
  problem = null;
  asked = [];
  rows = {
    'a.example': { token3: [['One', '77']], token5: [['Five', '55']] },
    'b.example': { token2: [['Two', '77']], token4: [['Four', '44']] },
  };
  here = start();
  a = await here.connect('https://a.example', 'canary-a-00001111', 'A');
  b = await here.connect('https://b.example', 'canary-b-00002222', 'B');
  await template(a, 3);
  await template(b, 2);
});

describe('two connections of a kind with one campaign of a source', () => {
  test('are found by its id at the source, each asked by the token of its own template', async () => {
    expect(await here.call('connections.overlaps', { fresh: true })).toEqual([
      { connections: [a, b], campaigns: ['One ↔ Two'] },
    ]);
    const range = { from: '2026-08-03', to: '2026-08-09', zone: 'Europe/Madrid' };
    const filters = [{ dimension: 'source', value: '7' }];
    expect(asked.sort((one, other) => one.host.localeCompare(other.host))).toEqual([
      { host: 'a.example', question: { range, groupBy: ['campaign', 'token3'], filters } },
      { host: 'b.example', question: { range, groupBy: ['campaign', 'token2'], filters } },
    ]);
  });

  test('are found by names in the stored lists beside that', async () => {
    const source = { id: '7', name: 'MGID' };
    for (const id of [a, b]) {
      const campaigns = [{ id: '1', name: 'Push DE', active: true, source }];
      const value = { fetchedAt: 0, campaigns };
      const record = { key: `campaigns:${id}`, connection: id, value };
      await (await database()).put('connectionData', record);
    }
    expect(await overlaps(false)).toEqual([['Push DE']]);
    expect(asked).toEqual([]);
    expect(await overlaps()).toEqual([['Push DE', 'One ↔ Two']]);
  });

  test('macros and empty values are no ids; of several ids each counts', async () => {
    rows['a.example'] = {
      token3: [
        ['One', ''],
        ['Six', '{id}'],
        ['One', '1'],
        ['One', '2'],
      ],
    };
    rows['b.example'] = {
      token2: [
        ['Two', ''],
        ['Two', '{id}'],
        ['Two', '2'],
        ['Two', '3'],
      ],
    };
    expect(await overlaps()).toEqual([['One ↔ Two']]);
  });

  test('the token of another source is another source’s', async () => {
    const kadam = { sourceId: '9', sourceName: 'Kadam' };
    await template(a, 5, kadam);
    await template(b, 4, kadam);
    rows['a.example'] = { token3: [['One', '77']], token5: [['Five', '44']] };
    rows['b.example'] = { token2: [['Two', '44']], token4: [['Four', '77']] };
    expect(await overlaps()).toEqual([]);
    expect(asked).toHaveLength(4);
  });
});

describe('nobody is asked twice a day', () => {
  test('by opening the page again, by a new worker, or after a write forgot the reports', async () => {
    await overlaps();
    expect(await overlaps()).toEqual([['One ↔ Two']]);
    here = start();
    await (await database()).clear('reports');
    expect(await overlaps()).toEqual([['One ↔ Two']]);
    expect(await overlaps(false)).toEqual([['One ↔ Two']]);
    expect(hosts()).toHaveLength(2);
    now += DAY;
    expect(await overlaps()).toEqual([['One ↔ Two']]);
    expect(hosts()).toHaveLength(4);
  });

  test('when the answer was a problem', async () => {
    for (const answer of [
      { kind: 'network' },
      { kind: 'unsupported' },
      { kind: 'auth', status: 401 },
    ] as const) {
      now += DAY;
      asked = [];
      problem = answer;
      expect(await overlaps()).toEqual([]);
      expect(await overlaps()).toEqual([]);
      expect(hosts().sort()).toEqual(['a.example', 'b.example']);
    }
  });

  test('but for another token', async () => {
    await overlaps();
    await template(a, 5);
    expect(await overlaps()).toEqual([]);
    expect(hosts().sort()).toEqual(['a.example', 'a.example', 'b.example']);
  });

  test('but when what was kept cannot be read', async () => {
    const record = { key: `twins:${a}`, connection: a, value: 'nonsense' };
    await (await database()).put('connectionData', record);
    expect(await overlaps()).toEqual([['One ↔ Two']]);
  });
});

describe('nobody is asked at all', () => {
  const nobody = async () => {
    expect(await overlaps()).toEqual([]);
    expect(asked).toEqual([]);
  };

  test('before the page wants it', async () => {
    expect(await overlaps(false)).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('without a template that names the token, on both', async () => {
    await template(b, null);
    await nobody();
  });

  test('where the other tracks other sources', async () => {
    await template(b, null);
    await template(b, 2, { sourceId: '9', sourceName: 'Kadam' });
    await nobody();
  });

  test('when the other is off, or gone', async () => {
    await here.call('connections.turn', { id: b, off: true });
    await nobody();
    await here.call('connections.remove', { id: b });
    await nobody();
  });

  test('about another kind of tracker', async () => {
    here = start([tracker, { ...tracker, id: 'other' }]);
    await here.call('connections.remove', { id: b });
    const draft = { ...formOf('https://b.example'), tracker: 'other' };
    const { connection } = await here.call('connections.save', {
      draft,
      credentials: { key: 'k' },
      id: null,
    });
    await template(connection.id, 2);
    await nobody();
  });

  test('without the permission; once it is granted, they are', async () => {
    granted = false;
    await nobody();
    granted = true;
    expect(await overlaps()).toEqual([['One ↔ Two']]);
  });
});

describe('over two trackers', () => {
  let simulators: Simulators[];
  beforeAll(async () => {
    simulators = await Promise.all([startSimulators(), startSimulators()]);
  });
  afterAll(() => Promise.all(simulators.map((one) => one.stop())));

  /** The same model of traffic is behind both: with other names only ids may tell. */
  const renamed: TrackerAdapter = {
    ...keitaro,
    async report(client, question) {
      const report = await keitaro.report(client, question);
      if (client.connection.name === 'A') return report;
      const rename = ({ values: [campaign, ...more], metrics }: ReportRow) => ({
        values: [{ id: campaign?.id ?? '', name: `${campaign?.name} again` }, ...more],
        metrics,
      });
      return { ...report, rows: report.rows.map(rename) };
    },
  };

  test('ids are asked with unlocked keys only, and found', async () => {
    ({ database } = testDatabase());
    area = {};
    here = startWorker(database, area, {
      trackers: [renamed],
      // Node resolves no *.localhost.
      fetch: (input, init) => fetch(String(input).replace('keitaro.localhost', '127.0.0.1'), init),
      now: () => now,
      // As the browser has it: a line that the simulator closed meanwhile is opened again.
      sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
    });
    for (const [at, { keitaro: simulator }] of simulators.entries()) {
      const draft = { ...formOf(simulator.url), tracker: 'keitaro', name: at === 0 ? 'A' : 'B' };
      const key = simulator.apiKey;
      const { connection } = await here.call('connections.save', {
        draft,
        credentials: { key },
        id: null,
      });
      const [source] = await here.call('connections.sources', { id: connection.id });
      await template(connection.id, 2, { sourceId: source?.id, sourceName: source?.name });
    }
    await here.call('keys.setPassphrase', { passphrase: PASSPHRASE });
    await here.call('keys.lock', {});
    const requests = () => simulators.map((one) => one.keitaro.requests.length);
    const before = requests();
    expect(await overlaps()).toEqual([]);
    expect(requests()).toEqual(before);

    await here.call('keys.unlock', { passphrase: PASSPHRASE });
    const names = [0, 2, 6].map((index) => campaignAt(index)?.names.keitaro);
    const [found] = await overlaps();
    for (const name of names) expect(found).toContain(`${name} ↔ ${name} again`);
    const after = requests();
    expect(after).not.toEqual(before);
    expect(await overlaps()).toEqual([found]);
    expect(requests()).toEqual(after);
  });
});
