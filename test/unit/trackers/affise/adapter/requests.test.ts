import { describe, expect, test } from 'vitest';
import type { Question } from '../../../../../lib/report/question.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { fakeTrackerClient, problemFrom } from '../../fake-tracker-client.ts';
import { question, stats } from './shared.ts';

/** A day: `day` alone is the day of the month. */
const DAY = ['year', 'month', 'day'].map((slice) => `slice[]=${slice}`);

describe('questions become requests', () => {
  const base = [
    'filter[date_from]=2026-08-01',
    'filter[date_to]=2026-08-02',
    'limit=500',
    'page=1',
    'timezone=Europe/Berlin',
  ];
  test.each<[string, Partial<Question>, string[]]>([
    ['the total, as a sum of days', {}, DAY],
    ['offers, which are the campaigns', { groupBy: ['campaign'] }, ['slice[]=offer']],
    ['days and offers', { groupBy: ['day', 'offer'] }, [...DAY, 'slice[]=offer']],
    [
      'countries of one offer',
      { groupBy: ['country'], filters: [{ dimension: 'campaign', value: '7' }] },
      ['slice[]=country', 'filter[offer][]=7'],
    ],
    [
      'one sub value of an offer',
      {
        filters: [
          { dimension: 'campaign', value: '7' },
          { dimension: 'token3', value: 'abc' },
        ],
      },
      [...DAY, 'filter[offer][]=7', 'filter[sub3][]=abc'],
    ],
    [
      'a filter that the statistics do not have, as a slice',
      { groupBy: ['os'], filters: [{ dimension: 'browser', value: 'Chrome' }] },
      ['slice[]=os', 'slice[]=browser'],
    ],
    [
      'every other dimension',
      { groupBy: ['lander', 'city', 'deviceType', 'isp', 'connectionType', 'hour', 'token8'] },
      ['landing', 'city', 'device', 'isp', 'conn_type', 'hour', 'sub8'].map(
        (slice) => `slice[]=${slice}`,
      ),
    ],
  ])('%s', async (_name, parts, extra) => {
    const { client, sent } = fakeTrackerClient(affise, () => ({ json: stats() }));
    await affise.report(client, question(parts));
    expect(sent.map(({ line }) => line)).toEqual(['GET /3.0/stats/custom']);
    expect(sent[0]?.query).toEqual([...base, ...extra].sort());
  });

  test.each(['token9', 'source', 'language', 'region', 'weekday'] as const)(
    '%s is said to be unsupported',
    async (dimension) => {
      const { client, sent } = fakeTrackerClient(affise, () => ({ json: stats() }));
      const asked = affise.report(client, question({ groupBy: [dimension] }));
      expect(await problemFrom(asked)).toMatchObject({
        kind: 'unsupported',
        text: 'affise_dimension',
        values: [dimension],
      });
      expect(sent).toEqual([]);
    },
  );
});
