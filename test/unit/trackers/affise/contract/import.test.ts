import { describe, expect, test } from 'vitest';
import type { TrackerAdapter, TrackerClient } from '../../../../../lib/trackers/adapter.ts';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import {
  type Case,
  contractClient,
  type Exchange,
  NOW,
  playAll,
  responseOf,
} from '../../contract.ts';
import { PASTED, upload } from './shared.ts';

const ADMIN = 'POST /3.0/admin/conversions/import';
const AFFILIATE = 'POST /4.0/affiliate/conversions/import';
const IMPORTED = {
  status: 1,
  data: { list: [{ offer: 1000, pid: 500, action_id: null, sum: null }] },
  message: 'Conversion import will take a few minutes',
};
const DENIED = { status: 403, say: { status: 2, message: 'Auth Denied' } };
const GONE = { status: 404, say: { status: 2, error: 'Not found' } };

type Uploads = Parameters<NonNullable<TrackerAdapter['uploadConversions']>>[1];
type Pair = readonly [string, string];

/** With a key of which it is known already whose it is. */
const as =
  (kind: 'admin' | 'affiliate', uploads: Uploads) =>
  (adapter: TrackerAdapter, client: TrackerClient) => {
    client.memory.set('affise.key', kind);
    return adapter.uploadConversions?.(client, uploads);
  };
const fields = (index: number, ...pairs: readonly Pair[]): Pair[] =>
  pairs.map(([name, value]) => [`list[${index}][${name}]`, value]);

describe('the import', () => {
  playAll(affise, PASTED, [
    {
      title: 'an administrator’s: a form of numbered fields, as the document writes them',
      run: as('admin', [
        upload(),
        ...(['sale', 'lead', 'hold', 'rejected'] as const).map((status) =>
          upload({ clickId: status, payout: 0.5, status }),
        ),
      ]),
      line: [
        {
          ask: ADMIN,
          form: [
            ...fields(
              0,
              ['offer', '1000'],
              ['pid', '500'],
              ['click_id', 'clk 1&=[я]'],
              ['action_id', 'clk 1&=[я]'],
            ),
            ...(
              [
                ['sale', 'confirmed'],
                ['lead', 'pending'],
                ['hold', 'hold'],
                ['rejected', 'declined'],
              ] as const
            ).flatMap(([clickId, status], index) =>
              fields(
                index + 1,
                ['offer', '1000'],
                ['pid', '500'],
                ['click_id', clickId],
                ['action_id', clickId],
                ['sum', '0.5'],
                ['status', status],
              ),
            ),
          ],
          say: IMPORTED,
        },
      ],
      gives: undefined,
    },
    {
      title: 'an affiliate’s own: without a partner; goal and day where they are known',
      run: as('affiliate', [
        // The second of August in New York, the third in Madrid.
        upload({ clickId: 'a', type: '2', at: Date.parse('2026-08-02T23:30:00Z') }),
        upload({ clickId: 'b', affiliateId: null, at: NOW }),
      ]),
      line: [
        {
          ask: AFFILIATE,
          form: [
            ...fields(
              0,
              ['offer', '1000'],
              ['click_id', 'a'],
              ['action_id', 'a'],
              ['goal', '2'],
              ['created_at', '2026-08-03'],
            ),
            ...fields(
              1,
              ['offer', '1000'],
              ['click_id', 'b'],
              ['action_id', 'b'],
              ['created_at', '2026-08-02'],
            ),
          ],
          say: IMPORTED,
        },
      ],
      gives: undefined,
    },
    ...(
      [
        ['an affiliate', [['/3.1/partner/me', { say: me('affiliate') }]], AFFILIATE],
        [
          'an administrator',
          [
            ['/3.1/partner/me', DENIED],
            ['/3.1/user/me', { say: me('account_manager') }],
          ],
          ADMIN,
        ],
        [
          'an administrator of an older platform',
          [
            ['/3.1/partner/me', GONE],
            ['/3.1/user/me', GONE],
            ['/3.0/admin/currency', { say: { status: 1, currency: [] } }],
          ],
          ADMIN,
        ],
      ] as const
    ).map(
      ([title, places, path]): Case => ({
        title: `whose key it is is asked once: ${title}`,
        async run(adapter, client) {
          await adapter.uploadConversions?.(client, [upload({ clickId: 'a' })]);
          await adapter.uploadConversions?.(client, [upload({ clickId: 'a' })]);
        },
        line: [
          ...places.map(([at, answer]): Exchange => ({ ask: `GET ${at}`, ...answer })),
          ...[1, 2].map(
            (): Exchange => ({
              ask: path,
              form: fields(
                0,
                ['offer', '1000'],
                ...(path === ADMIN ? [['pid', '500'] as const] : []),
                ['click_id', 'a'],
                ['action_id', 'a'],
              ),
              say: IMPORTED,
            }),
          ),
        ],
        gives: undefined,
      }),
    ),
    ...(
      [
        ['admin', { offerId: null }, 'affise_import_needs', 'clk 1&=[я]'],
        ['admin', { affiliateId: null }, 'affise_import_needs', 'clk 1&=[я]'],
        ['affiliate', { offerId: null }, 'affise_import_needs', 'clk 1&=[я]'],
        ['affiliate', { type: 'Purchase' }, 'affise_import_goal', 'Purchase'],
      ] as const
    ).map(
      ([kind, parts, text, value]): Case => ({
        title: `${kind}: ${JSON.stringify(parts)} is refused before anything is sent`,
        run: as(kind, [upload(parts)]),
        line: [],
        fails: { kind: 'input', text, values: [value] },
      }),
    ),
    {
      title: 'too many at once',
      run: as(
        'admin',
        Array.from({ length: 101 }, () => upload()),
      ),
      line: [],
      fails: { kind: 'unsupported', text: 'upload_too_many', values: ['100'] },
    },
    {
      title: 'a duplicate is refused with 409',
      run: as('affiliate', [upload({ clickId: 'a' })]),
      line: [
        {
          ask: AFFILIATE,
          form: fields(0, ['offer', '1000'], ['click_id', 'a'], ['action_id', 'a']),
          status: 409,
          say: { status: 2, error: 'Duplicate' },
        },
      ],
      fails: { kind: 'conflict', text: 'affise_refused', values: ['Duplicate'], status: 409 },
    },
  ]);

  test('the form is encoded as the document shows it', async () => {
    const bodies: string[] = [];
    const { client } = contractClient(affise, PASTED, (request) => {
      void request.text().then((body) => bodies.push(body));
      return responseOf({ say: IMPORTED });
    });
    await as('affiliate', [upload()])(affise, client);
    const id = 'clk+1%26%3D%5B%D1%8F%5D';
    expect(bodies).toEqual([
      `list%5B0%5D%5Boffer%5D=1000&list%5B0%5D%5Bclick_id%5D=${id}&list%5B0%5D%5Baction_id%5D=${id}`,
    ]);
  });
});

function me(type: string) {
  return { status: 1, user: { id: 'u', email: 'me@example.com', type } };
}
