import { describe, expect, test } from 'vitest';
import { affise } from '../../../../../lib/trackers/affise/adapter.ts';
import { type Case, contractClient, playAll, responseOf } from '../../contract.ts';
import { PASTED, upload } from './shared.ts';

const IMPORT = 'POST /3.0/admin/conversions/import';

describe('the import', () => {
  const IMPORTED = {
    status: 1,
    data: { list: [{ offer: 1000, pid: 500, action_id: null, sum: null }] },
    message: 'Conversion import will take a few minutes',
  };
  playAll(affise, PASTED, [
    {
      title: 'a form of numbered fields, as the document writes them',
      run: (adapter, client) =>
        adapter.uploadConversions?.(client, [
          upload(),
          ...(['sale', 'lead', 'hold', 'rejected'] as const).map((status) =>
            upload({ clickId: status, payout: 0.5, status }),
          ),
        ]),
      line: [
        {
          ask: IMPORT,
          form: [
            ['list[0][offer]', '1000'],
            ['list[0][pid]', '500'],
            ['list[0][action_id]', 'clk 1&=[я]'],
            ...(
              [
                ['sale', 'confirmed'],
                ['lead', 'pending'],
                ['hold', 'hold'],
                ['rejected', 'declined'],
              ] as const
            ).flatMap(
              ([clickId, status], index): Array<readonly [string, string]> => [
                [`list[${index + 1}][offer]`, '1000'],
                [`list[${index + 1}][pid]`, '500'],
                [`list[${index + 1}][action_id]`, clickId],
                [`list[${index + 1}][sum]`, '0.5'],
                [`list[${index + 1}][status]`, status],
              ],
            ),
          ],
          say: IMPORTED,
        },
      ],
      gives: undefined,
    },
    ...([{ offerId: null }, { affiliateId: null }] as const).map(
      (parts): Case => ({
        title: `${JSON.stringify(parts)} is refused before anything is sent`,
        run: (adapter, client) => adapter.uploadConversions?.(client, [upload(parts)]),
        line: [],
        fails: { kind: 'input', text: 'affise_import_needs', values: ['clk 1&=[я]'] },
      }),
    ),
    {
      title: 'too many at once',
      run: (adapter, client) =>
        adapter.uploadConversions?.(
          client,
          Array.from({ length: 101 }, () => upload()),
        ),
      line: [],
      fails: { kind: 'unsupported', text: 'upload_too_many', values: ['100'] },
    },
    {
      title: 'a duplicate is refused with 409',
      run: (adapter, client) => adapter.uploadConversions?.(client, [upload({ clickId: 'a' })]),
      line: [
        {
          ask: IMPORT,
          form: [
            ['list[0][offer]', '1000'],
            ['list[0][pid]', '500'],
            ['list[0][action_id]', 'a'],
          ],
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
    await affise.uploadConversions?.(client, [upload()]);
    expect(bodies).toEqual([
      'list%5B0%5D%5Boffer%5D=1000&list%5B0%5D%5Bpid%5D=500&list%5B0%5D%5Baction_id%5D=clk+1%26%3D%5B%D1%8F%5D',
    ]);
  });
});
