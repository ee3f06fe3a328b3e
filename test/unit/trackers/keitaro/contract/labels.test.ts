import { describe } from 'vitest';
import type { Mark } from '../../../../../lib/trackers/adapter.ts';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { type Exchange, playAll, RANGE } from '../../contract.ts';
import { BASE, PASTED } from './shared.ts';

describe('labels', () => {
  const ref = 'campaign_id=7&ref_name=sub_id_3&label_name=';
  const reads = (black: unknown, white: unknown): Exchange[] => [
    { ask: `GET ${BASE}/report/labels?${ref}blacklist`, say: black },
    { ask: `GET ${BASE}/report/labels?${ref}whitelist`, say: white },
  ];
  const at = { campaignId: '7', slot: 3, range: RANGE, filter: null };
  const marks = (title: string, black: unknown, white: unknown, gives: Array<[string, Mark]>) => ({
    title: `read from ${title}`,
    run: async (adapter: typeof keitaro, client: Parameters<typeof keitaro.check>[0]) => [
      ...((await adapter.marks?.(client, at)) ?? []),
    ],
    line: reads(black, white),
    gives,
  });
  const wrote = (items: object, say: unknown = { success: true }): Exchange => ({
    ask: `POST ${BASE}/report/labels`,
    body: { campaign_id: 7, ref_name: 'sub_id_3', items },
    say,
  });
  playAll(keitaro, PASTED, [
    marks('a map as it is written', { z1: 'blacklist', z9: null }, { z2: 'whitelist' }, [
      ['z1', 'blacklist'],
      ['z2', 'whitelist'],
    ]),
    marks(
      'maps with names that objects and answers have of their own',
      JSON.parse('{"__proto__":"blacklist","items":"blacklist","rows":null}'),
      { items: JSON.parse('{"__proto__":"whitelist","z2":"whitelist"}') },
      [
        ['__proto__', 'whitelist'],
        ['items', 'blacklist'],
        ['z2', 'whitelist'],
      ],
    ),
    marks('empty maps, which PHP writes as lists', [], [], []),
    marks('lists of values, text or numbers', ['z1', 12], { items: ['z2'] }, [
      ['z1', 'blacklist'],
      ['12', 'blacklist'],
      ['z2', 'whitelist'],
    ]),
    marks(
      'lists of objects, whose values may be numbers',
      {
        rows: [
          { value: 'z1', label: 'blacklist' },
          { value: 12, label: 'blacklist' },
        ],
      },
      [{ ref: 'z2', label: 'whitelist' }, { ref_value: 'z3' }],
      [
        ['z1', 'blacklist'],
        ['12', 'blacklist'],
        ['z2', 'whitelist'],
        ['z3', 'whitelist'],
      ],
    ),
    {
      title: 'written with those that are there already; null clears one',
      run: (adapter, client) =>
        adapter.setMarks?.(
          client,
          at,
          new Map<string, Mark | null>([
            ['new', 'blacklist'],
            ['z2', null],
          ]),
        ),
      line: [
        ...reads([{ value: 12 }, 'z1'], { z2: 'whitelist' }),
        wrote({ 12: 'blacklist', z1: 'blacklist', z2: '', new: 'blacklist' }),
      ],
      gives: undefined,
    },
    {
      title: 'written with that of a placement named __proto__',
      run: (adapter, client) => adapter.setMarks?.(client, at, new Map([['z1', 'blacklist']])),
      line: [
        ...reads([], JSON.parse('{"__proto__":"whitelist"}')),
        wrote(JSON.parse('{"__proto__":"whitelist","z1":"blacklist"}')),
      ],
      gives: undefined,
    },
    {
      title: 'not taken',
      run: (adapter, client) => adapter.setMarks?.(client, at, new Map([['z1', 'blacklist']])),
      line: [...reads([], []), wrote({ z1: 'blacklist' }, { success: false })],
      fails: { kind: 'conflict', text: 'keitaro_labels_refused' },
    },
    {
      title: 'of a token that has none are refused before anything is sent',
      run: (adapter, client) => adapter.marks?.(client, { ...at, slot: 11 }),
      line: [],
      fails: { kind: 'unsupported', text: 'keitaro_label_token' },
    },
  ]);
});
