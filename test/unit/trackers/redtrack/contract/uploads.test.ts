import { describe } from 'vitest';
import type { ConversionUpload } from '../../../../../lib/report/log.ts';
import { redtrack } from '../../../../../lib/trackers/redtrack/adapter.ts';
import { NOW, playAll } from '../../contract.ts';
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
  playAll(redtrack, PASTED, [
    {
      title: 'as documented: click and payout, and what more is known; 201 and no body',
      run: (adapter, client) =>
        adapter.uploadConversions?.(client, [
          upload({ payout: 0.12 }),
          upload({ clickId: 'b', type: 'Purchase', at: NOW, campaignId: ID }),
        ]),
      line: [
        {
          ask: 'POST /conversions',
          body: [
            { clickid: '591efe91ba4d120936b7b3ac', payout: 0.12 },
            {
              clickid: 'b',
              type: 'Purchase',
              created_at: '2026-08-02T20:00:00.000Z',
              campaign_id: ID,
            },
          ],
          status: 201,
        },
      ],
      gives: undefined,
    },
    {
      title: 'refused with the documented list of errors',
      run: (adapter, client) => adapter.uploadConversions?.(client, [upload({})]),
      line: [
        {
          ask: 'POST /conversions',
          body: [{ clickid: '591efe91ba4d120936b7b3ac' }],
          status: 400,
          say: { errors: ['clickid is invalid'] },
        },
      ],
      fails: { kind: 'conflict', text: 'redtrack_refused', values: ['clickid is invalid'] },
    },
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
