import { OFFERS } from '../model/campaigns.ts';
import type { Ledger } from '../model/ledger.ts';
import { type Answered, type Asked, json } from '../server.ts';
import { DAY, idOf, refuse, STATUSES } from './parts.ts';

const FIELDS = ['offer', 'click_id', 'action_id', 'goal', 'ip', 'ua', 'comment', 'sum', 'status'];
const CUSTOM = Array.from({ length: 7 }, (_, index) => `custom_field_${index + 1}`);

/**
 * POST /3.0/admin/conversions/import and /4.0/affiliate/conversions/import:
 * `list[0][offer]` and the like, form-encoded. An affiliate imports their own,
 * so only an administrator says whose.
 */
export function importConversions(ledger: Ledger, asked: Asked, admin: boolean): Answered {
  if (!(asked.headers['content-type'] ?? '').includes('form-urlencoded')) {
    return refuse(400, 'Wrong content type');
  }
  const known = [...FIELDS, ...CUSTOM, 'created_at', ...(admin ? ['pid'] : [])];
  const list = new Map<string, Record<string, string>>();
  for (const [name, value] of new URLSearchParams(asked.body)) {
    const [, at, field] = /^list\[(\d+)\]\[(\w+)\]$/.exec(name) ?? [];
    if (at === undefined || field === undefined || !known.includes(field)) {
      return refuse(400, `Unknown parameter ${name}`);
    }
    list.set(at, { ...list.get(at), [field]: value });
  }
  if (list.size === 0) return refuse(400, 'list is required');
  for (const {
    offer,
    pid,
    click_id: clickId = '',
    goal,
    sum,
    status,
    created_at,
  } of list.values()) {
    if (!offer) return refuse(400, 'offer is required');
    if (admin && !pid) return refuse(400, 'pid is required');
    if (!OFFERS.some((_, index) => idOf(index) === offer)) return refuse(404, 'Offer not found');
    if (goal !== undefined && !/^\d+$/.test(goal)) return refuse(400, 'Wrong goal');
    if (created_at !== undefined && !DAY.test(created_at)) return refuse(400, 'Wrong created_at');
    const found = Object.entries(STATUSES).find(([, [, word]]) => word === (status ?? 'confirmed'));
    if (!found) return refuse(400, 'Wrong status');
    ledger.upload(clickId, {
      at: created_at ? Date.parse(created_at) : ledger.now(),
      status: found[0] as 'sale',
      payout: Number(sum ?? 0),
    });
  }
  return json(200, {
    status: 1,
    data: { list: [...list.values()] },
    message: 'Conversion import will take a few minutes',
  });
}
