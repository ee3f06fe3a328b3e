import { expect, test } from 'vitest';
import { createChosenWidths } from '../../../components/dashboard/chosen-widths.ts';
import type { QueryClient } from '../../../components/kit/query.ts';

function open(kept: Record<string, number> | undefined) {
  const written: unknown[] = [];
  const client = {
    query: () => ({ value: { columnWidths: kept }, problem: null, busy: false }),
    call: async (name: string, input: unknown) => void written.push([name, input]),
  } as unknown as QueryClient;
  return {
    written,
    compared: createChosenWidths(client, ''),
    offers: createChosenWidths(client, 'offers/'),
  };
}

test('a table has the widths that were kept of its own columns', () => {
  const { compared, offers } = open({ 'k:clicks': 90, 'offers/k:clicks': 120 });
  expect(offers.value.chosen).toEqual({ 'k:clicks': 120 });
  expect(compared.value.chosen['k:clicks']).toBe(90);
  expect(open(undefined).offers.value.chosen).toEqual({});
});

test('a chosen width is drawn at once and kept beside those of other tables', () => {
  const { offers, written } = open({ name: 200, 'offers/name': 300 });
  offers.value.onChoose('n:revenue', 88);
  expect(offers.value.chosen).toEqual({ name: 300, 'n:revenue': 88 });
  offers.value.onChoose('name', null);
  expect(offers.value.chosen).toEqual({ 'n:revenue': 88 });
  expect(written).toEqual([
    ['settings.write', { columnWidths: { name: 200, 'offers/name': 300, 'offers/n:revenue': 88 } }],
    ['settings.write', { columnWidths: { name: 200, 'offers/n:revenue': 88 } }],
  ]);
});
