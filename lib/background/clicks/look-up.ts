import type { ClickLookup, clickCalls, LookedUp } from '../../contract/clicks.ts';
import { CrosstrackError, isAbort, problemOf } from '../../errors.ts';
import type { Conversion } from '../../report/log.ts';
import { addDays, dayOf, type Range } from '../../report/range.ts';
import type { HandlersOf } from '../../rpc/server.ts';
import type { Ability, TrackerAdapter, TrackerClient } from '../../trackers/adapter.ts';
import type { Services } from '../services.ts';

const NOTHING = { found: [], complete: true, problem: null } as const;

/** Runs one part of a look-up; what fails or cannot be asked leaves the other parts as they are. */
async function part<Entry>(
  { name }: TrackerAdapter,
  ability: Ability,
  signal: AbortSignal,
  ask: () => Promise<Omit<LookedUp<Entry>, 'problem'>>,
): Promise<LookedUp<Entry>> {
  try {
    if (!ability.can) {
      throw new CrosstrackError({ kind: 'unsupported', text: ability.reason, tracker: name });
    }
    return { ...(await ask()), problem: null };
  } catch (error) {
    if (isAbort(error) && signal.aborted) throw error;
    return { found: [], complete: false, problem: problemOf(error) };
  }
}

/** Looks a click up in one tracker: the click itself, its conversions, and the postbacks of those. */
async function lookUp(
  client: TrackerClient,
  adapter: TrackerAdapter,
  clickId: string,
  range: Range,
): Promise<ClickLookup> {
  const { signal } = client;
  const can = adapter.capabilities;
  const conversionsOf = (id: string) =>
    part(adapter, can.conversions, signal, async () => {
      const log = await adapter.conversions?.(client, { range, campaignId: null, clickId: id });
      return { found: log?.entries ?? [], complete: log?.complete ?? true };
    });
  let conversions = await conversionsOf(clickId);
  const clicks = await part(adapter, can.clickLookup, signal, async () => {
    const near = around(conversions.found, range);
    const click = (await adapter.click?.(client, clickId, near)) ?? null;
    return { found: click ? [click] : [], complete: true };
  });
  const [click] = clicks.found;
  // A network knows the click by an id of its own too.
  if (click && click.id !== clickId && conversions.found.length === 0) {
    conversions = await conversionsOf(click.id);
  }
  const postbacks = await part(adapter, can.postbacks, signal, async () => {
    const [first] = conversions.found;
    if (!first) return NOTHING;
    const ids = new Set(conversions.found.map(({ id }) => id));
    const question = {
      range: since(conversions.found, range),
      campaignId: first.campaign?.id ?? null,
    };
    const log = await adapter.postbacks?.(client, question);
    const found = (log?.entries ?? []).filter((one) => ids.has(one.conversionId ?? ''));
    return { found, complete: log?.complete ?? true };
  });
  return { range, clicks, conversions, postbacks };
}

/** The days about the click that these conversions came from; without any, all that are searched. */
function around(conversions: readonly Conversion[], range: Range): Range {
  const at = conversions.find(({ clickedAt }) => clickedAt !== null)?.clickedAt ?? null;
  if (at === null) return range;
  const day = dayOf(at, range.zone);
  return { ...range, from: addDays(day, -1), to: addDays(day, 1) };
}

/** The days from the first conversion on. */
function since(conversions: readonly Conversion[], range: Range): Range {
  const times = conversions.flatMap(({ convertedAt }) => convertedAt ?? []);
  if (times.length < conversions.length) return range;
  const first = dayOf(Math.min(...times), range.zone);
  return first < range.from ? range : { ...range, from: first };
}

export function createClickLookup({
  connections,
  clients,
  now,
}: Pick<Services, 'connections' | 'clients' | 'now'>): HandlersOf<typeof clickCalls> {
  return {
    'clicks.lookUp': async ({ connection: id, clickId, days }, { signal }) => {
      const connection = await connections.get(id);
      const to = dayOf(now(), connection.zone);
      const range = { from: addDays(to, 1 - days), to, zone: connection.zone };
      return clients.run(connection, signal, (client, adapter) =>
        lookUp(client, adapter, clickId, range),
      );
    },
  };
}
