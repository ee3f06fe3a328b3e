import { describe } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { type Case, playAll, question, seen } from '../../contract.ts';
import { oldBody, PASTED, REPORT, reportBody } from './shared.ts';

describe('the vocabulary of a tracker', () => {
  playAll(keitaro, PASTED, [
    ...[400, 406, 422].map(
      (status): Case => ({
        title: `an older version refuses the current words with ${status}, and is asked in its own from then on`,
        async run(adapter, client) {
          const by = () => adapter.report(client, question({ groupBy: ['os'] }));
          return [seen(await by()), seen(await by())];
        },
        line: [
          {
            ask: REPORT,
            body: reportBody(['os'], ['os']),
            status,
            say: { error: 'Validation', errors: { grouping: ['required'] } },
          },
          { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [{ os: 'iOS' }], total: 1 } },
          { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [], total: 0 } },
        ],
        gives: [[{ values: ['iOS'] }], []],
      }),
    ),
    {
      title: 'a version that passes over the current words answers without what was asked for',
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ groupBy: ['campaign'] }))),
      line: [
        {
          ask: REPORT,
          body: reportBody(['campaign_id', 'campaign'], ['campaign_id']),
          say: { rows: [{ clicks: 9 }], total: 1 },
        },
        {
          ask: REPORT,
          body: oldBody(['campaign_id', 'campaign'], ['campaign_id']),
          say: { rows: [{ campaign_id: 4, campaign: 'A', clicks: 9 }], total: 1 },
        },
      ],
      gives: [{ values: [['4', 'A']], clicks: 9 }],
    },
    {
      title:
        'a version that passes over the current words has no rows, and is asked in its own from then on',
      async run(adapter, client) {
        const by = () => adapter.report(client, question({ groupBy: ['os'] }));
        return [seen(await by()), seen(await by())];
      },
      line: [
        { ask: REPORT, body: reportBody(['os'], ['os']), say: { rows: [], total: 0 } },
        { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [{ os: 'iOS' }], total: 1 } },
        { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [], total: 0 } },
      ],
      gives: [[{ values: ['iOS'] }], []],
    },
    {
      title: 'no rows in both vocabularies tell nothing of either: both are asked again',
      async run(adapter, client) {
        const by = () => adapter.report(client, question({ groupBy: ['os'] }));
        return [seen(await by()), seen(await by()), seen(await by())];
      },
      line: [
        { ask: REPORT, body: reportBody(['os'], ['os']), say: { rows: [], total: 0 } },
        { ask: REPORT, body: oldBody(['os'], ['os']), say: { rows: [], total: 0 } },
        { ask: REPORT, body: reportBody(['os'], ['os']), say: { rows: [{ os: 'iOS' }], total: 1 } },
        { ask: REPORT, body: reportBody(['os'], ['os']), say: { rows: [], total: 0 } },
      ],
      gives: [[], [{ values: ['iOS'] }], []],
    },
    {
      title: 'a version that refuses the old words has nothing, and is asked in the current ones',
      async run(adapter, client) {
        const by = () => adapter.report(client, question({ groupBy: ['os'] }));
        return [seen(await by()), seen(await by())];
      },
      line: [
        { ask: REPORT, body: reportBody(['os'], ['os']), say: { rows: [], total: 0 } },
        { ask: REPORT, body: oldBody(['os'], ['os']), status: 422, say: { error: 'dimensions?' } },
        { ask: REPORT, body: reportBody(['os'], ['os']), say: { rows: [], total: 0 } },
      ],
      gives: [[], []],
    },
    {
      title: 'refused in both vocabularies: the words were not the matter',
      run: (adapter, client) => adapter.report(client, question({ groupBy: ['os'] })),
      line: [
        {
          ask: REPORT,
          body: reportBody(['os'], ['os']),
          status: 406,
          say: { error: 'range is wrong' },
        },
        { ask: REPORT, body: oldBody(['os'], ['os']), status: 406, say: { error: 'grouping?' } },
      ],
      fails: { kind: 'conflict', text: 'keitaro_refused', values: ['range is wrong'], status: 406 },
    },
  ]);
});
