import { describe, expect, test } from 'vitest';
import { keitaro } from '../../../../../lib/trackers/keitaro/adapter.ts';
import { contractClient, question, responseOf } from '../../contract.ts';
import { PASTED, reportBody } from './shared.ts';

describe('pages of a report', () => {
  const zones = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ sub_id_1: `z${from + row}`, clicks: 1 }));

  test('until total is reached, and until one is empty where there is no total', async () => {
    for (const [total, offsets] of [
      [2001, [0, 1000, 2000]],
      [undefined, [0, 1000, 2000, 2001]],
    ] as const) {
      const pages = [zones(0, 1000), zones(1000, 1000), zones(2000, 1), []];
      const { client, sent } = contractClient(keitaro, PASTED, (_, call) =>
        responseOf({ say: { rows: pages[call - 1] ?? [], total } }),
      );
      const report = await keitaro.report(client, question({ groupBy: ['token1'] }));
      expect([report.rows.length, report.complete]).toEqual([2001, true]);
      expect(sent.map(({ body }) => body)).toEqual(
        offsets.map((offset) => reportBody(['sub_id_1'], ['sub_id_1'], { offset })),
      );
    }
  });

  test('that the server caps, without a total, are all read', async () => {
    const pages = [zones(0, 100), zones(100, 1), []];
    const { client } = contractClient(keitaro, PASTED, (_, call) =>
      responseOf({ say: { rows: pages[call - 1] ?? [] } }),
    );
    const report = await keitaro.report(client, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete]).toEqual([101, true]);
  });

  test('without a total and without paging, the rows that come again are all there are', async () => {
    const { client, sent } = contractClient(keitaro, PASTED, () =>
      responseOf({ say: { rows: zones(0, 7) } }),
    );
    const report = await keitaro.report(client, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete, sent.length]).toEqual([7, true, 2]);
  });

  test('an answer that passes over the offset is noticed', async () => {
    const { client, sent } = contractClient(keitaro, PASTED, () =>
      responseOf({ say: { rows: zones(0, 1000), total: 3000 } }),
    );
    const report = await keitaro.report(client, question({ groupBy: ['token1'] }));
    expect([report.rows.length, report.complete, sent.length]).toEqual([1000, false, 2]);
  });
});
