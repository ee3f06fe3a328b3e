import { describe } from 'vitest';
import type { Question } from '../../../../../lib/report/question.ts';
import { binom } from '../../../../../lib/trackers/binom/adapter.ts';
import { type Case, type Exchange, playAll, question, seen } from '../../contract.ts';
import { campaignsOf, PASTED, statsOf } from './shared.ts';

const byCampaign = { dimension: 'campaign', value: '7' } as const;
/** The days on which Madrid's clocks go back, and the spans that Binom is asked for. */
const AUTUMN = { from: '2026-10-24', to: '2026-10-26', zone: 'Europe/Madrid' };
const SPANS = [
  'date=12&date_s=2026-10-24&date_e=2026-10-24&timezone=+2:00',
  'date=10&date_s=2026-10-25 | 00:00&date_e=2026-10-25 | 02:59&timezone=+2:00',
  'date=10&date_s=2026-10-25 | 02:00&date_e=2026-10-25 | 23:59&timezone=+1:00',
  'date=12&date_s=2026-10-26&date_e=2026-10-26&timezone=+1:00',
];
/** The day in Dubai, at four hours from UTC. */
const DUBAI = { from: '2026-08-02', to: '2026-08-02', zone: 'Asia/Dubai' };
const DUBAI_DAY = 'date=12&date_s=2026-08-02&date_e=2026-08-02&timezone=+4:00';

/** A day that is over everywhere, in two zones. */
const PAST = 'date=12&date_s=2026-07-30&date_e=2026-07-30&timezone=+0:00';
const SHIFTED = 'date=12&date_s=2026-07-30&date_e=2026-07-30&timezone=+12:00';
const V2: Exchange = {
  ask: 'GET /sub/public/api/v1/user/role',
  keyless: true,
  status: 404,
  text: '<html>',
};

describe('zones', () => {
  const zones = (
    title: string,
    asked: Partial<Question>,
    line: Case['line'],
    gives: unknown,
  ): Case => ({
    title,
    run: async (adapter, client) => (await adapter.report(client, question(asked))).zone,
    line,
    connection: { zone: 'Europe/Kyiv' },
    gives,
  });
  playAll(binom, PASTED, [
    zones(
      'the asked zone is sent, and the report is cut in it',
      { range: DUBAI, groupBy: ['campaign'] },
      [campaignsOf(DUBAI_DAY, [])],
      'Asia/Dubai',
    ),
    zones(
      'days that were not asked for tell that the tracker cuts them in its own zone',
      { range: DUBAI, groupBy: ['day'], filters: [byCampaign] },
      [
        statsOf(
          [31],
          [
            { level: 1, name: '2026-08-01', clicks: 3 },
            { level: 1, name: '2026-08-02', clicks: 3 },
          ],
          '',
          DUBAI_DAY,
        ),
      ],
      'Europe/Kyiv',
    ),
    zones(
      'so do hours that are yet to come; it is a day of midnight to midnight there',
      { range: { ...DUBAI, zone: 'UTC' }, groupBy: ['country', 'hour'], filters: [byCampaign] },
      [
        statsOf(
          [19, 26],
          [
            { level: 1, name: 'ES', clicks: 4 },
            { level: 2, name: '21:00 - 22:00', clicks: 1 },
            { level: 2, name: '22', clicks: 3 },
          ],
          '',
          DUBAI_DAY.replace('+4', '+0'),
        ),
      ],
      'Europe/Kyiv',
    ),
    zones(
      'hours without clicks, and the next hour of a clock that is ahead, tell nothing',
      { range: { ...DUBAI, zone: 'UTC' }, groupBy: ['hour'], filters: [byCampaign] },
      [
        statsOf(
          [26],
          [
            { level: 1, name: '21', clicks: 1 },
            { level: 1, name: '22', clicks: 0 },
            { level: 1, name: '23', clicks: '-' },
          ],
          '',
          DUBAI_DAY.replace('+4', '+0'),
        ),
      ],
      'UTC',
    ),
    ...(
      [
        ['is the same twelve hours later: the tracker passes over the zone', 40, 'Europe/Kyiv'],
        ['differs twelve hours later: the zone is heeded', 41, 'Asia/Dubai'],
      ] as const
    ).map(
      ([title, later, gives]): Case => ({
        title: `a check: the past day ${title}`,
        async run(adapter, client) {
          await adapter.check(client);
          return (await adapter.report(client, question({ range: DUBAI, groupBy: ['campaign'] })))
            .zone;
        },
        line: [
          campaignsOf(PAST, [{ id: 7, clicks: '40' }, { id: 8 }]),
          campaignsOf(SHIFTED, [{ id: 8 }, { id: 7, clicks: later }]),
          V2,
          campaignsOf(DUBAI_DAY, []),
        ],
        connection: { zone: 'Europe/Kyiv' },
        gives,
      }),
    ),
    {
      title: 'a check: few clicks tell nothing, and a later one that heeds the zone unlearns',
      async run(adapter, client) {
        const zone = async () =>
          (await adapter.report(client, question({ range: DUBAI, groupBy: ['campaign'] }))).zone;
        const told = [];
        for (let nth = 0; nth < 3; nth++) {
          await adapter.check(client);
          told.push(await zone());
        }
        return told;
      },
      line: [
        [campaignsOf(PAST, [{ id: 7, clicks: 20 }]), campaignsOf(SHIFTED, [{ id: 7, clicks: 20 }])],
        [campaignsOf(PAST, [{ id: 7, clicks: 19 }])],
        [campaignsOf(PAST, [{ id: 7, clicks: 20 }]), campaignsOf(SHIFTED, [])],
      ].flatMap((asked) => [...asked, V2, campaignsOf(DUBAI_DAY, [])]),
      connection: { zone: 'Europe/Kyiv' },
      gives: ['Europe/Kyiv', 'Europe/Kyiv', 'Asia/Dubai'],
    },
    {
      title: 'a change of the clocks splits the days of all campaigns, and the parts are summed',
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ range: AUTUMN, groupBy: ['campaign'] }))),
      line: SPANS.map((span, index) =>
        campaignsOf(span, [{ id: 7, name: 'A', clicks: 10 ** index, unique_clicks: 1 }]),
      ),
      gives: [{ values: [['7', 'A']], clicks: 1111 }],
    },
    {
      title: 'and those of one campaign, by day',
      run: async (adapter, client) =>
        seen(
          await adapter.report(
            client,
            question({ range: AUTUMN, groupBy: ['day'], filters: [byCampaign] }),
          ),
        ),
      line: SPANS.map((span, index) =>
        statsOf(
          [31],
          [{ level: 1, name: `2026-10-${[24, 25, 25, 26][index]}`, clicks: 10 ** index }],
          '',
          span,
        ),
      ),
      gives: [
        { values: ['2026-10-24'], clicks: 1 },
        { values: ['2026-10-25'], clicks: 110 },
        { values: ['2026-10-26'], clicks: 1000 },
      ],
    },
    {
      title: 'newer versions tell approved, held and rejected conversions',
      run: async (adapter, client) =>
        seen(await adapter.report(client, question({ range: DUBAI, groupBy: ['campaign'] }))),
      line: [
        campaignsOf(DUBAI_DAY, [
          { id: 7, name: 'A', clicks: 9, leads: 6, a_leads: '3', h_leads: 2, r_leads: 1 },
        ]),
      ],
      gives: [{ values: [['7', 'A']], clicks: 9, conversions: 6, sales: 3, hold: 2, rejected: 1 }],
    },
  ]);
});
