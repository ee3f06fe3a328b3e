import { CrosstrackError } from '../../errors.ts';
import type { ConversionStatus, ConversionUpload } from '../../report/log.ts';
import { dayOf } from '../../report/range.ts';
import type { TrackerClient } from '../adapter.ts';
import { amountText } from '../amounts.ts';
import { refuseMore } from '../logs.ts';
import { type KeyKind, keyKind } from './account.ts';
import { importedSchema } from './schema.ts';

/** Most conversions per import; our own limit, as none is documented. */
export const MOST_IMPORTS = 100;

const PATHS: Readonly<Record<KeyKind, string>> = {
  admin: '/3.0/admin/conversions/import',
  affiliate: '/4.0/affiliate/conversions/import',
};

/** Our statuses in the words of the import. */
const STATUSES: Readonly<Record<ConversionStatus, string>> = {
  sale: 'confirmed',
  lead: 'pending',
  hold: 'hold',
  rejected: 'declined',
};

const refuse = (text: 'affise_import_needs' | 'affise_import_goal', value: string) =>
  new CrosstrackError({ kind: 'input', tracker: 'Affise', text, values: [value] });

/** The fields of one conversion, without their place in the list. */
function fieldsOf(
  upload: ConversionUpload,
  kind: KeyKind,
  zone: string,
): ReadonlyArray<readonly [string, string]> {
  const { clickId, offerId, affiliateId, type, payout, status, at } = upload;
  if (offerId === null) throw refuse('affise_import_needs', clickId);
  if (kind === 'admin' && affiliateId === null) throw refuse('affise_import_needs', clickId);
  // Imported without its goal it would be paid as another one.
  if (type !== null && !/^\d+$/.test(type)) throw refuse('affise_import_goal', type);
  return [
    ['offer', offerId],
    ...(kind === 'admin' && affiliateId !== null ? ([['pid', affiliateId]] as const) : []),
    ['click_id', clickId],
    // The platform refuses a second conversion with the same one.
    ['action_id', clickId],
    ...(type === null ? [] : ([['goal', type]] as const)),
    ...(payout === null ? [] : ([['sum', amountText(payout, { places: 6 })]] as const)),
    ...(status === null ? [] : ([['status', STATUSES[status]]] as const)),
    ...(at === null ? [] : ([['created_at', dayOf(at, zone)]] as const)),
  ];
}

/**
 * Imports conversions, form-encoded: an administrator's for any affiliate, an
 * affiliate's own where the platform allows it. The platform applies them within
 * minutes. A conversion's `type` is the number of its goal, its time only a day.
 * `sum` matters for offers that pay a percentage; others ignore it.
 *
 * @throws CrosstrackError `input` for a conversion without an offer, without an
 * affiliate where the key is an administrator's, or with a goal that is no number
 */
export async function uploadConversions(
  client: TrackerClient,
  uploads: readonly ConversionUpload[],
): Promise<void> {
  refuseMore(uploads, MOST_IMPORTS, 'Affise');
  const named = uploads.every(({ affiliateId }) => affiliateId !== null);
  const kind = (await keyKind(client)) ?? (named ? 'admin' : 'affiliate');
  const form = uploads.flatMap((upload, index) =>
    fieldsOf(upload, kind, client.connection.zone).map(
      ([name, value]) => [`list[${index}][${name}]`, value] as const,
    ),
  );
  await client.http.send(
    {
      call: 'conversion upload',
      method: 'POST',
      path: PATHS[kind],
      form,
      write: true,
      answer: importedSchema,
    },
    client.signal,
  );
}
