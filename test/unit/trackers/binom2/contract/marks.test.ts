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
    ...['', 0, [], {}, false, { color: '' }].map((mark, nth) => ({
      level: '1',
      name: `none ${nth}`,
      mark,
    })),
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
  const MANY = Array.from({ length: 450 }, (_, nth) => `z${nth}`);
  const wrote = (values: readonly string[]): Exchange => ({
    ask: `POST ${MARK}/multiple`,
    body: { tokenId: 1, tokenValues: values, mark: 'red' },
  });
  playAll(binom2, PASTED, [
    {
      title: 'are read from the rows of the report',
      run: async (adapter, client) => [...((await adapter.marks?.(client, at)) ?? [])],
      line: [asksToken, marked(ROWS)],
      gives: [
        ['z1', 'blacklist'],
        ['z2', 'whitelist'],
        ['991', 'blacklist'],
        // A colour of the user's own, which is not to be painted over.
        ['z5', 'other'],
      ],
    },
    {
      title: 'are written by colour, and taken away one by one',
      run: (adapter, client) => adapter.setMarks?.(client, at, changes),
      line: writes,
      gives: undefined,
    },
    {
      title: 'are written two hundred at a time; when one of these is refused, others were not',
      run: (adapter, client) =>
        adapter.setMarks?.(client, at, new Map(MANY.map((value) => [value, 'blacklist']))),
      line: [
        wrote(MANY.slice(0, 200)),
        wrote(MANY.slice(200, 400)),
        { ...wrote(MANY.slice(400)), say: { error: 'no' }, status: 400 },
      ],
      fails: { kind: 'conflict', status: 400, maybeApplied: true },
    },
    {
      title: 'are refused as a whole when the first is',
      run: (adapter, client) => adapter.setMarks?.(client, at, changes),
      line: [{ ...writes[0], ask: `POST ${MARK}/multiple`, say: { error: 'no' }, status: 400 }],
      fails: { kind: 'conflict', status: 400 },
    },
  ]);
});
