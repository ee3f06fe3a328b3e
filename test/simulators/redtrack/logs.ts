import { OFFERS, objectId, offerIdOf, SOURCES } from '../model/campaigns.ts';
import type { Slice } from '../model/ledger.ts';
import type { Click } from '../model/traffic.ts';
import { type Answered, type Asked, bodyJson, json } from '../server.ts';
import { pageOf } from '../web.ts';
import {
  DAY,
  idOf,
  nameOf,
  type Parts,
  rounded,
  SUB_NAMES,
  sourceOf,
  subValue,
  TYPES,
  type Type,
  typesOf,
} from './parts.ts';

const STATUS: Readonly<Record<string, string>> = {
  sale: 'approved',
  lead: 'pending',
  hold: 'pending',
  rejected: 'declined',
};

const subsOf = (click: Click) =>
  Object.fromEntries(SUB_NAMES.map((name) => [name, subValue(click, name)]));

const wanted = (query: URLSearchParams) => (click: Click) =>
  (!query.get('campaign_id') || idOf(click.campaign) === query.get('campaign_id')) &&
  (!query.get('clickid') || click.id === query.get('clickid')) &&
  (!query.get('country_code') || click.country === query.get('country_code'));

/** Logs have no time zone: both days are required, and are the account's. */
function sliceOf({ ledger }: Parts, query: URLSearchParams) {
  const [from, to] = [query.get('date_from') ?? '', query.get('date_to') ?? ''];
  if (!DAY.test(from) || !DAY.test(to)) return null;
  return { from, to, zone: ledger.zone, campaign: null, only: wanted(query) };
}

/** Only the rows of the page are made: a month has many. */
function paged<Row>(
  parts: Parts,
  query: URLSearchParams,
  rows: readonly Row[],
  written: (row: Row) => object,
): Answered {
  const per = Number(query.get('per') ?? '100');
  const page = Number(query.get('page') ?? '1');
  if (!(per >= 1 && per <= 10_000) || !(page >= 1)) return parts.refuse(400, 'Wrong page');
  const part = pageOf(rows, (page - 1) * per, per, parts.modes.has('shifting'));
  const shown = part.shown.map(written);
  // A bare list in the old document, with the total now.
  return json(200, parts.modes.has('old') ? shown : { items: shown, total: part.total });
}

interface Entry {
  readonly click: Click;
  readonly at: number;
  readonly status: string;
  readonly type: Type;
  readonly payout: number;
}

/** All conversions, whatever their type; a cart comes half a minute after its click. */
function entriesOf({ ledger }: Parts, slice: Slice): Entry[] {
  const converted = ledger.converted(slice).flatMap((click) =>
    typesOf(ledger, click)
      .filter(({ type }) => type !== 'type2')
      .map((one) => ({
        click,
        at: click.conversion.at,
        status: STATUS[click.conversion.status] ?? '',
        ...one,
      })),
  );
  const carts = ledger.clicks(slice).flatMap((click) =>
    typesOf(ledger, click)
      .filter(({ type }) => type === 'type2')
      .map((one) => ({ click, at: click.at + 30_000, status: 'approved', ...one })),
  );
  return [...converted, ...carts];
}

const common = ({ click }: Entry) => ({
  clickid: click.id,
  campaign: nameOf(click.campaign),
  campaign_id: idOf(click.campaign),
  offer: OFFERS[click.offer]?.name,
  offer_id: offerIdOf.redtrack(click.offer),
  source: SOURCES[sourceOf(click)]?.name,
  country: click.country,
});

/** GET /conversions. */
export function conversions(parts: Parts, query: URLSearchParams): Answered {
  const { ledger, modes, refuse } = parts;
  const slice = sliceOf(parts, query);
  if (!slice) return refuse(400, 'Wrong dates');
  const entries = entriesOf(parts, slice);
  if (modes.has('old')) {
    // The old document knows one type, which has all the money.
    const sales = entries.filter(({ type }) => type === 'default_type');
    return paged(parts, query, sales, (entry) => ({
      id: objectId(`conversion${entry.click.id}`),
      ...common(entry),
      created_at: new Date(entry.at).toISOString(),
      payout: rounded(ledger.payoutOf(entry.click)),
    }));
  }
  const only = query.get('type')?.split(',');
  const wantedTypes = entries.filter(({ type }) => !only || only.includes(type));
  return paged(parts, query, wantedTypes, (entry) => ({
    id: objectId(`${entry.type}${entry.click.id}`),
    ...common(entry),
    type: TYPES[entry.type],
    ...Object.fromEntries(Object.keys(TYPES).map((name) => [name, Number(name === entry.type)])),
    status: entry.status,
    currency: ledger.options.currency,
    track_time: new Date(entry.click.at).toISOString(),
    conv_time: new Date(entry.at).toISOString(),
    external_id: '',
    ...subsOf(entry.click),
    payout: rounded(entry.payout),
  }));
}

/** GET /tracks. */
export function tracks(parts: Parts, query: URLSearchParams): Answered {
  const slice = sliceOf(parts, query);
  if (!slice) return parts.refuse(400, 'Wrong dates');
  return paged(parts, query, parts.ledger.clicks(slice), (click) => ({
    id: click.id,
    campaign: nameOf(click.campaign),
    campaign_id: idOf(click.campaign),
    country: click.country,
    cost: rounded(parts.ledger.costOf(click)),
    created_at: new Date(click.at).toISOString(),
    ...subsOf(click),
  }));
}

/** POST /conversions: one conversion by the current description, a list by the old document. */
export function upload({ ledger, modes, refuse }: Parts, asked: Asked): Answered {
  const body = bodyJson(asked);
  const old = modes.has('old');
  if (Array.isArray(body) !== old) {
    const is = old ? 'object' : 'array';
    return refuse(
      400,
      `json: cannot unmarshal ${is} into Go value of type ConversionUploadRequest`,
    );
  }
  for (const entry of (old ? body : [body]) as Array<Record<string, unknown>>) {
    const { clickid, payout, type, created_at: at } = entry;
    if (typeof clickid !== 'string' || clickid === '') return refuse(400, 'clickid is required');
    if (typeof type !== 'string' || type === '') return refuse(400, 'type is required');
    if (payout !== undefined && typeof payout !== 'number') return refuse(400, 'Wrong payout');
    const conversion = {
      at: typeof at === 'string' ? Date.parse(at) : Date.now(),
      status: 'sale' as const,
      payout: payout ?? 0,
    };
    if (!ledger.upload(clickid, conversion)) return refuse(404, `Click ${clickid} not found`);
  }
  return { status: 201, body: '' };
}
