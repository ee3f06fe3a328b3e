import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../../../../lib/report/question.ts';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { type Case, dimensionsOf, playAll, question, seen } from '../../contract.ts';
import {
  byCampaign,
  DAYS,
  groupings,
  PASTED,
  report,
  SOURCES,
  STAT,
  source,
  sourceList,
  stats,
  totals,
} from './shared.ts';

/** A campaign's groupings; tokens by the names that the source gives them. */
const GROUPINGS = {
  groupings: [
    'offer',
    'landing',
    { value: 'geoCountry', label: 'Country' },
    { value: 'geoRegion', label: 'Region' },
    { value: 'geoCity', label: 'City' },
    { value: 'deviceType', label: 'Device type' },
    { key: 'osName', title: 'OS' },
    { key: 'browserName', title: 'Browser' },
    { value: 'lang', label: 'Language' },
    { value: 'ispCarrier', label: 'ISP / Carrier' },
    { group: 'Network', items: [{ value: 'connectionType', label: 'Connection type' }] },
    { value: 'date', label: 'Days' },
    { value: 'hourOfDay', label: 'Hour of day' },
    { value: 'weekDay', label: 'Day of week' },
    ...Array.from({ length: 30 }, (_, index) => ({
      value: `tk${index}`,
      label: `My name ${index}`,
    })),
  ],
};
const GROUPS: ReadonlyArray<
  readonly [Dimension, grouping: string, row: { name: string; entity_id?: string }, value: unknown]
> = [
  ['offer', 'offer', { name: 'My offer', entity_id: '3' }, ['3', 'My offer']],
  ['country', 'geoCountry', { name: 'Spain' }, 'Spain'],
  ['lander', 'landing', { name: 'Quiz', entity_id: '11' }, ['11', 'Quiz']],
  ['region', 'geoRegion', { name: 'Madrid' }, 'Madrid'],
  ['city', 'geoCity', { name: 'Madrid' }, 'Madrid'],
  ['deviceType', 'deviceType', { name: 'Phone' }, 'Phone'],
  ['os', 'osName', { name: 'iOS' }, 'iOS'],
  ['browser', 'browserName', { name: 'Safari' }, 'Safari'],
  ['language', 'lang', { name: 'es' }, 'es'],
  ['isp', 'ispCarrier', { name: 'Orange &amp; Co' }, 'Orange &amp; Co'],
  ['connectionType', 'connectionType', { name: 'WiFi' }, 'WiFi'],
  ['day', 'date', { name: '2026-08-01' }, '2026-08-01'],
  ['hour', 'hourOfDay', { name: '07:00 - 08:00' }, '7'],
  ['weekday', 'weekDay', { name: 'Monday' }, 'Monday'],
];
const TOKENS = Array.from({ length: 30 }, (_, index) => index + 1);

describe('groupings', () => {
  test('the table below has every dimension there is', () => {
    const said: Dimension[] = [
      'campaign',
      'source',
      ...GROUPS.map(([dimension]) => dimension),
      ...TOKENS.map((slot): Dimension => `token${slot}`),
    ];
    expect(new Set(said)).toEqual(new Set(dimensionsOf(binom2)));
  });

  playAll(
    binom2,
    PASTED,
    GROUPS.map(([dimension, grouping, row, value]): Case => {
      const isKnown = dimension === 'offer' || dimension === 'country';
      return {
        title: `a campaign by ${dimension}, and one value of it: the grouping is read once`,
        async run(adapter, client) {
          const id = Array.isArray(value) ? String(value[0]) : String(value);
          const by = question({ groupBy: [dimension], filters: [byCampaign] });
          const of = question({ filters: [byCampaign, { dimension, value: id }] });
          return [seen(await adapter.report(client, by)), seen(await adapter.report(client, of))];
        },
        line: [
          ...(isKnown ? [] : [groupings(GROUPINGS)]),
          report([grouping], { report: [{ ...row, level: '1', clicks: '1234' }] }),
          report([grouping], {
            report: [
              { ...row, level: '1', clicks: '3' },
              { name: dimension === 'day' ? '2026-08-02' : '23', level: '1', clicks: '40' },
            ],
          }),
        ],
        gives: [[{ values: [value], clicks: 1234 }], [{ values: [], clicks: 3 }]],
      };
    }),
  );
  playAll(
    binom2,
    PASTED,
    TOKENS.map(
      (slot): Case => ({
        title: `a campaign by token ${slot}, by the name that its source gives it`,
        run: async (adapter, client) =>
          seen(
            await adapter.report(
              client,
              question({ groupBy: [`token${slot}`], filters: [byCampaign] }),
            ),
          ),
        line: [
          groupings(GROUPINGS),
          stats(DAYS, [STAT, totals(1)]),
          sourceList(SOURCES),
          source(21, { tokens: TOKENS.map((_, index) => ({ name: `my name ${index}` })) }),
          report([`tk${slot - 1}`], [{ level: '1', name: 991, clicks: '5' }]),
        ],
        gives: [{ values: ['991'], clicks: 5 }],
      }),
    ),
  );

  playAll(binom2, PASTED, [
    ...(
      [
        [{ key: 'zone', title: 'Zone id' }, 'zone'],
        [{ value: 'token_1', title: 'Zone id', alias: 'zone' }, 'token_1'],
        [{ name: 'zone', value: 'token_1' }, 'token_1'],
        ['zone', 'zone'],
      ] as const
    ).map(
      ([entry, grouping]): Case => ({
        title: `a token is found by any of its names: ${JSON.stringify(entry)}`,
        run: async (adapter, client) =>
          seen(
            await adapter.report(client, question({ groupBy: ['token1'], filters: [byCampaign] })),
          ),
        line: [
          groupings([{ value: 'offer', label: 'Offer' }, entry]),
          // Its number is name enough.
          ...(grouping === 'token_1'
            ? []
            : [
                stats(DAYS, [STAT, totals(1)]),
                sourceList(SOURCES),
                source(21, { tokens: [{ name: 'zone' }] }),
              ]),
          report([grouping], [{ level: '1', name: 991, clicks: '5' }]),
        ],
        gives: [{ values: ['991'], clicks: 5 }],
      }),
    ),
    {
      title: 'a grouping that the campaign’s list lacks is refused',
      run: (adapter, client) =>
        adapter.report(client, question({ groupBy: ['city'], filters: [byCampaign] })),
      line: [groupings([{ value: 'offer', label: 'Offer' }])],
      fails: { kind: 'unsupported', text: 'binom_dimension', values: ['city'] },
    },
  ]);
});
