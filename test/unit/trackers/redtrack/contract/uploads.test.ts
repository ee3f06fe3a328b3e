import { describe } from 'vitest';
import type { ConversionUpload } from '../../../../../lib/report/log.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { type Case, type Exchange, NOW, playAll } from '../../contract.ts';
import { ID, PASTED } from './shared.ts';

describe('uploads', () => {
  const upload = (parts: Partial<ConversionUpload>): ConversionUpload => ({
    clickId: '591efe91ba4d120936b7b3ac',
    payout: null,
    at: null,
    type: null,
    status: null,
    campaignId: null,
    offerId: null,
    affiliateId: null,
    ...parts,
  });
  const FIRST = { clickid: '591efe91ba4d120936b7b3ac', payout: 0.12, type: 'Conversion' };
  const SECOND = {
    clickid: 'b',
    type: 'Purchase',
    created_at: '2026-08-02T20:00:00.000Z',
    campaign_id: ID,
  };
  const both = [
    upload({ payout: 0.12 }),
    upload({ clickId: 'b', type: 'Purchase', at: NOW, campaignId: ID }),
  ];
  const NO_LIST = { status: 400, say: { error: 'json: cannot unmarshal array' } };
  const post = (body: unknown, answer: object): Exchange => ({
    ask: 'POST /conversions',
    body,
    ...answer,
  });
  playAll(redtrack, PASTED, [
    {
      title: 'a list as in the old document, always with a type; 201 and no body',
      run: (adapter, client) => adapter.uploadConversions?.(client, both),
      line: [post([FIRST, SECOND], { status: 201 })],
      gives: undefined,
    },
    {
      title: 'one by one where the list is refused, and from then on',
      async run(adapter, client) {
        await adapter.uploadConversions?.(client, both);
        await adapter.uploadConversions?.(client, both.slice(1));
      },
      line: [
        post([FIRST, SECOND], NO_LIST),
        post(FIRST, { status: 201 }),
        post(SECOND, { status: 201 }),
        post(SECOND, { status: 201 }),
      ],
      gives: undefined,
    },
    {
      title: 'one that is refused itself, with the documented list of errors',
      run: (adapter, client) => adapter.uploadConversions?.(client, both.slice(0, 1)),
      line: [
        post([FIRST], NO_LIST),
        post(FIRST, { status: 400, say: { errors: ['clickid is invalid'] } }),
      ],
      fails: { kind: 'conflict', text: 'redtrack_refused', values: ['clickid is invalid'] },
    },
    {
      title: 'a later one that is refused: those before it were applied',
      run: (adapter, client) => adapter.uploadConversions?.(client, both),
      line: [
        post([FIRST, SECOND], NO_LIST),
        post(FIRST, { status: 201 }),
        post(SECOND, { status: 400, say: { error: 'clickid is invalid' } }),
      ],
      fails: { kind: 'conflict', values: ['clickid is invalid'], maybeApplied: true },
    },
    ...(
      [
        ['lost', { status: 502, text: '' }, 'timeout'],
        ['refused for its key', { status: 401, say: { error: 'Unauthorized' } }, 'auth'],
      ] as const
    ).map(
      ([title, answer, kind]): Case => ({
        title: `a list that is ${title} is not sent again in parts`,
        run: (adapter, client) => adapter.uploadConversions?.(client, both),
        line: [post([FIRST, SECOND], answer)],
        fails: { kind },
      }),
    ),
    {
      title: 'too many at once',
      run: (adapter, client) =>
        adapter.uploadConversions?.(
          client,
          Array.from({ length: 501 }, () => upload({})),
        ),
      line: [],
      fails: { kind: 'unsupported', text: 'upload_too_many', values: ['500'] },
    },
  ]);
});
