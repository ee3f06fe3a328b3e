import { describe, expect, test } from 'vitest';
import { binom2 } from '../../../../../lib/trackers/binom2/adapter.ts';
import { contractClient, question, responseOf } from '../../contract.ts';
import { API, byCampaign, DAYS, PASTED, SORT, totals } from './shared.ts';

describe('pages', () => {
  const campaigns = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ id: from + row, name: 'x', clicks: '1' }));

  test('pages of a list: the total counts them and is no element of its own', async () => {
    const { client, sent } = contractClient(binom2, PASTED, (_, call) =>
      responseOf({
        say: [...campaigns((call - 1) * 1000, call === 3 ? 1 : 1000), totals('2001')],
      }),
    );
    const { rows, complete } = await binom2.report(client, question({ groupBy: ['campaign'] }));
    expect([rows.length, complete]).toEqual([2001, true]);
    expect(sent.map(({ ask: line }) => line)).toEqual(
      [0, 1000, 2000].map(
        (offset) => `GET ${API}/stats/campaign?${DAYS}&${SORT}&limit=1000&offset=${offset}`,
      ),
    );
  });

  const tree = (tops: number, from: number) =>
    Array.from({ length: tops }, (_, top) => [
      { level: '1', name: `o${from + top}` },
      { level: '2', name: 'ES', clicks: '1' },
      { level: '2', name: 'FR', clicks: '1' },
    ]).flat();
  const ofTree = question({ groupBy: ['offer', 'country'], filters: [byCampaign] });

  test('pages of a tree that cut through a branch: the parent is on the page before', async () => {
    const all = tree(500, 0);
    const { client } = contractClient(binom2, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: { report: all.slice(offset, offset + 1000) } });
    });
    const { rows, complete } = await binom2.report(client, ofTree);
    expect([rows.length, complete]).toEqual([1000, true]);
    expect(rows[667]?.values.map(({ id }) => id)).toEqual(['o333', 'FR']);
  });

  test('pages of a tree that count its first level', async () => {
    const { client, sent } = contractClient(binom2, PASTED, (request) => {
      const offset = Number(new URL(request.url).searchParams.get('offset'));
      return responseOf({ say: { report: tree(offset === 0 ? 1000 : 5, offset) } });
    });
    const { rows, complete } = await binom2.report(client, ofTree);
    expect([rows.length, complete, sent.length]).toEqual([2010, true, 2]);
    expect(sent[1]?.ask).toContain('offset=1000');
  });

  test('a limit on a later page keeps what was read, as incomplete', async () => {
    const { client } = contractClient(binom2, PASTED, (_, call) =>
      responseOf(call === 1 ? { say: campaigns(0, 1000) } : { status: 418, say: {} }),
    );
    const { rows, complete } = await binom2.report(client, question({ groupBy: ['campaign'] }));
    expect([rows.length, complete]).toEqual([1000, false]);
  });
});
