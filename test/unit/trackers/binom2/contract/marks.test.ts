import { describe } from 'vitest';
import type { Mark } from '../../../../../lib/trackers/adapter.ts';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { type Exchange, playAll, RANGE } from '../../contract.ts';
import { API, groupings, PASTED, report } from './shared.ts';

describe('marks', () => {
  const at = { campaignId: '7', slot: 1, range: RANGE, filter: null };
  const asksToken = groupings([{ value: 'tokenOne', label: 'Token 1' }]);
  const marked = (rows: readonly object[]) => report(['tokenOne'], { report: rows });
  const ROWS = [
    { level: '1', name: 'z1', mark: 'red' },
    { level: '1', name: 'z2', mark: { color: 'green' } },
    { level: '1', name: 991, mark: { name: 'Blacklist' } },
    { level: '1', name: 'z4', mark: null },
    { level: '1', name: 'z5', mark: 'blue' },
  ];
  const MARK = `${API}/report/mark/campaign/7`;
  const changes = new Map<string, Mark | null>([
    ['z1', 'blacklist'],
    ['z2', 'whitelist'],
    ['z9', 'blacklist'],
    ['z4', null],
  ]);
  const writes: Exchange[] = [
    { ask: `POST ${MARK}/multiple`, body: { tokenId: 1, tokenValues: ['z1', 'z9'], mark: 'red' } },
    {
      ask: `POST ${MARK}/multiple`,
      body: { tokenId: 1, tokenValues: ['z2'], mark: 'green' },
      status: 204,
    },
    { ask: `DELETE ${MARK}`, body: { tokenId: 1, tokenValue: 'z4' } },
  ];
  playAll(binom2, PASTED, [
    {
      title: 'are read from the rows of the report',
      run: async (adapter, client) => [...((await adapter.marks?.(client, at)) ?? [])],
      line: [asksToken, marked(ROWS)],
      gives: [
        ['z1', 'blacklist'],
        ['z2', 'whitelist'],
        ['991', 'blacklist'],
      ],
    },
    {
      title: 'are written by colour, taken away one by one, and read back',
      run: (adapter, client) => adapter.setMarks?.(client, at, changes),
      line: [...writes, asksToken, marked([...ROWS, { level: '1', name: 'z9', mark: 'red' }])],
      gives: undefined,
    },
    {
      title: 'that are not there afterwards are said',
      run: (adapter, client) => adapter.setMarks?.(client, at, changes),
      line: [...writes, asksToken, marked(ROWS)],
      fails: {
        kind: 'conflict',
        text: 'binom2_marks_missing',
        values: ['1', '4'],
        maybeApplied: true,
      },
    },
  ]);
});
