import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ConnectionView, TrackerView } from '../../lib/contract/connections.ts';
import type { PreviewedParts, Sent } from '../../lib/contract/costs.ts';
import type { CostUpdate } from '../../lib/costs/update.ts';
import type { Problem } from '../../lib/errors.ts';
import type { JournalRecord } from '../../lib/journal/record.ts';
import type { Box } from '../../lib/page/protocol.ts';
import type { Range } from '../../lib/report/range.ts';
import { blocksQueries } from '../kit/connections.ts';
import type { Drafts } from '../kit/drafts.ts';
import type { QueryClient } from '../kit/query.ts';
import { type PreviewResult, watchPreviews } from './previews.ts';
import { type CostForm, readAmount, readRate, termsOf } from './read-form.ts';

/** The campaign whose cost is set. */
export interface CostSubject {
  readonly id: string;
  readonly name: string;
  /** Is the name final? Without it there is nothing to match counterparts by. */
  readonly named: boolean;
}

/** What there is to set costs in. */
export interface CostContext {
  readonly connections: readonly ConnectionView[];
  readonly trackers: readonly TrackerView[];
}

/** Another connection that tracks the campaign. */
export interface Side {
  readonly connection: ConnectionView;
  readonly tracker: TrackerView | undefined;
  /** The campaign there; null while it is not known. */
  readonly member: { readonly campaignId: string; readonly name: string } | null;
  readonly chosen: boolean;
  /** Why it cannot be asked; null = it can. */
  readonly problem: Problem | null;
  /** What is to be set there; null = nothing, or something is missing. */
  readonly update: CostUpdate | null;
  /** null = none was asked for, or it is on its way. */
  readonly preview: PreviewResult | null;
}

/** What became of the update of one connection. */
export interface SentOn extends Sent {
  readonly connection: string;
}

/** An update in parts: by the values of a token, or by days. */
export interface SetInParts extends PreviewedParts {
  /** Token slot; null = by days. */
  readonly slot: number | null;
}

/** A field for the rate from the typed currency to a tracker's. */
export interface RateField {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly typed: string;
  readonly error: string | null;
}

/** Where the matches of these kinds lead is as sure as the campaign itself. */
const SURE: ReadonlySet<string> = new Set(['hand', 'id']);

/** The cost form of a campaign, its previews, and what was sent. */
export const CostModel = createModel(
  (
    client: QueryClient,
    drafts: Drafts,
    own: string,
    subject: ReadonlySignal<CostSubject>,
    context: ReadonlySignal<CostContext>,
    range: Range,
  ) => {
    const { id: campaignId } = subject.peek();
    const scope = `cost ${own} ${campaignId}`;
    const connections = computed(() => context.value.connections);
    const trackerOf = ({ tracker }: ConnectionView) =>
      context.value.trackers.find(({ id }) => id === tracker);
    const here = computed(() => connections.value.find(({ id }) => id === own) ?? null);
    const currency = computed(() => here.value?.currency ?? 'USD');
    const canSet = (connection: ConnectionView) =>
      trackerOf(connection)?.capabilities.cost.can === true;

    const records = computed(() => client.query('journal.list', { connection: own, campaignId }));
    /** The last update, which the form begins with. It stays, whatever is set meanwhile. */
    const template = signal<CostUpdate | 'none' | null>(null);
    effect(() => {
      const { value } = records.value;
      if (value && template.peek() === null) template.value = templateFrom(value) ?? 'none';
    });
    const last = computed(() => (template.value === 'none' ? null : template.value));

    /** A field that keeps what was typed, and begins with the template's. */
    const field = (name: string, first: (of: CostUpdate) => string = () => '') => {
      const typed = signal(drafts.read(scope, name));
      return {
        text: computed(() => typed.value ?? (last.value ? first(last.value) : '')),
        /** Is it as the form began? */
        untouched: computed(() => typed.value === undefined),
        write(next: string) {
          typed.value = next;
          drafts.write(scope, name, next);
        },
      };
    };
    const fields = {
      amount: field('amount', writtenAmount),
      mode: field('mode', ({ mode }) => mode),
      slot: field('slot', ({ token }) => (token ? String(token.slot) : '')),
      value: field('value', ({ token }) => token?.value ?? ''),
      unique: field('unique', ({ uniqueOnly }) => (uniqueOnly ? 'yes' : '')),
      pegged: field('pegged'),
      rates: field('rates', ({ currency: from, rate }) =>
        rate === null ? '' : JSON.stringify({ [`${from} ${currency.peek()}`]: String(rate) }),
      ),
      sides: field('sides'),
    };
    const form = computed(
      (): CostForm => ({
        amount: fields.amount.text.value,
        mode: fields.mode.text.value === 'cpc' ? 'cpc' : 'total',
        slot: Number(fields.slot.text.value) || 0,
        value: fields.value.text.value,
        uniqueOnly: fields.unique.text.value === 'yes',
        pegged: fields.pegged.text.value === 'yes',
      }),
    );
    const amount = computed(() => readAmount(form.value, currency.value));
    const terms = computed(() => termsOf(form.value, amount.value.value));

    /** The typed currency. An amount that is being changed may be unreadable for a moment; its rates stay. */
    const from = signal<string | null>(null);
    effect(() => {
      const { value, error } = amount.value;
      if (error === null) from.value = value?.currency ?? null;
    });
    const rates = computed(() => textsIn(fields.rates.text.value));
    const rateTo = (to: string) =>
      from.value === null || from.value === to
        ? null
        : readRate(rates.value[`${from.value} ${to}`] ?? '');

    const updateOn = (
      connection: Pick<ConnectionView, 'id' | 'currency'>,
      campaign: { readonly campaignId: string; readonly name: string },
      days: Range,
    ): CostUpdate | null => {
      const rate = rateTo(connection.currency);
      if (terms.value === null || (rate !== null && rate.value === null)) return null;
      return {
        connection: connection.id,
        campaignId: campaign.campaignId,
        campaignName: campaign.name,
        range: days,
        ...terms.value,
        rate: rate?.value ?? null,
      };
    };
    const ownUpdate = computed(() =>
      here.value && canSet(here.value)
        ? updateOn(here.value, { campaignId, name: subject.value.name }, range)
        : null,
    );

    const chosen = computed(() => textsIn(fields.sides.text.value));
    /** The connections that track the campaign, and those that cannot say whether they do. */
    const counterparts = computed(() => {
      const { named, name } = subject.value;
      const others = connections.value.filter(
        (one) => one.id !== own && !one.off && one.demo === here.value?.demo && canSet(one),
      );
      return others.flatMap((connection) => {
        const mayAsk = named && !blocksQueries(connection.problem);
        const { value, problem: failed } = client.query(
          'side.match',
          mayAsk
            ? { from: { connection: own, campaignId, name }, target: connection.id, range }
            : null,
        );
        const member = value?.member ?? null;
        const problem = connection.problem ?? failed ?? value?.problem ?? null;
        if (!member && !problem) return [];
        // What a part of the traffic cost is not what another part did.
        const sure = member !== null && SURE.has(member.how) && !value?.split;
        const wanted = chosen.value[connection.id] ?? (sure ? 'yes' : '');
        return [{ connection, member, problem, chosen: member !== null && wanted === 'yes' }];
      });
    });
    /** One token value of this tracker means nothing on another. */
    const elsewhere = computed(() => form.value.slot === 0);
    const sideUpdates = computed(() =>
      counterparts.value.flatMap(({ connection, member, chosen: wanted }) => {
        if (!wanted || !member || !elsewhere.value) return [];
        const days = { ...range, zone: connection.zone };
        const update = updateOn(connection, member, days);
        return update ? [[connection.id, update] as const] : [];
      }),
    );
    /** As JSON, so that only a real change cancels a preview or ends what was sent. */
    const wanted = computed(() =>
      JSON.stringify([...(ownUpdate.value ? [[own, ownUpdate.value]] : []), ...sideUpdates.value]),
    );
    const updates = computed(
      (): ReadonlyMap<string, CostUpdate> => new Map(JSON.parse(wanted.value)),
    );
    const previews = watchPreviews(updates, (order, stopped) =>
      order.connection === own
        ? client.call('costs.preview', { order }, stopped)
        : client.call(
            'costs.previewBeside',
            { from: { connection: own, campaignId }, order },
            stopped,
          ),
    );

    /** What is set in parts in place of the whole; null = the whole is. */
    const parts = signal<SetInParts | null>(null);
    const sent = signal<readonly SentOn[] | null>(null);
    effect(() => {
      // Both belong to the form as it was then.
      if (!wanted.value) return;
      sent.value = null;
      parts.value = null;
    });

    const sides = computed(() =>
      counterparts.value.map(
        ({ connection, ...rest }): Side => ({
          ...rest,
          connection,
          tracker: trackerOf(connection),
          update: updates.value.get(connection.id) ?? null,
          preview: previews.results.value.get(connection.id) ?? null,
        }),
      ),
    );
    /** The previews that a confirmation sends, this page's first. */
    const sendable = computed(() => {
      const previewed =
        parts.value?.previews ??
        [...updates.value.keys()].flatMap((id) => previews.results.value.get(id)?.previewed ?? []);
      return previewed.filter(({ preview }) => preview.refused === null);
    });

    const offer = async (
      preview: (update: CostUpdate) => Promise<PreviewedParts>,
      slot: number | null,
    ): Promise<void> => {
      const update = ownUpdate.peek();
      const asked = wanted.peek();
      if (!update) return;
      const offered = await preview(update);
      if (wanted.peek() === asked) parts.value = { slot, ...offered };
    };

    return {
      fields,
      form,
      here,
      tracker: computed(() => here.value && trackerOf(here.value)),
      currency,
      records,
      amountError: computed(() => amount.value.error),
      stablecoin: computed(() => amount.value.value?.stablecoin ?? null),
      rates: computed((): RateField[] => {
        const chosenSides = counterparts.value.filter((one) => one.chosen && elsewhere.value);
        const targets = [
          currency.value,
          ...chosenSides.map(({ connection }) => connection.currency),
        ];
        return [...new Set(targets)].flatMap((to, index) => {
          const rate = rateTo(to);
          if (rate === null || from.value === null) return [];
          const key = `${from.value} ${to}`;
          return [
            {
              name: index === 0 ? 'rate' : `rate-${to}`,
              from: from.value,
              to,
              typed: rates.value[key] ?? '',
              error: rate.error,
            },
          ];
        });
      }),
      writeRate: ({ from: of, to }: RateField, typed: string) =>
        fields.rates.write(JSON.stringify({ ...rates.peek(), [`${of} ${to}`]: typed })),
      sides,
      elsewhere,
      choose: (connection: string, isChosen: boolean) =>
        fields.sides.write(
          JSON.stringify({ ...chosen.peek(), [connection]: isChosen ? 'yes' : 'no' }),
        ),
      update: ownUpdate,
      preview: computed(() => previews.results.value.get(own) ?? null),
      /** Is a preview still to come? */
      busy: computed(() => [...updates.value.keys()].some((id) => !previews.results.value.has(id))),
      sendable,
      hurry: previews.hurry,
      retry: previews.retry,
      sent,
      parts,
      /** Offers to scale the costs of a token's values instead of setting the whole cost. */
      scaleParts: (slot: number) =>
        offer((order) => client.call('costs.previewParts', { order, slot }), slot),
      /** Offers to set the days before and after a clock change apart. */
      splitDays: () => offer((order) => client.call('costs.previewDays', { order }), null),
      setWhole(): void {
        parts.value = null;
      },
      /** Sends what is previewed. */
      async send(at: Box): Promise<void> {
        const confirmed = sendable.peek();
        const previews = confirmed.map(({ id }) => id);
        const all = await client.call('costs.sendAll', {
          previews,
          // Some parts of a cost without the others are another cost.
          together: parts.peek() !== null,
          at,
        });
        sent.value = confirmed.flatMap(({ id, preview: { order } }) => {
          const became = all.find(({ preview }) => preview === id);
          return became ? [{ ...became, connection: order.connection }] : [];
        });
      },
      openJournal: (record?: string) =>
        void client.call('dashboard.open', { view: 'journal', ...(record ? { record } : {}) }),
    };
  },
);

/** The last update that somebody wanted and has not taken back. */
const templateFrom = (records: readonly JournalRecord[]): CostUpdate | null =>
  records.find(({ undoes, state }) => undoes === null && state !== 'undone')?.order ?? null;

function writtenAmount({ amount, currency }: CostUpdate): string {
  const written = amount.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 10 });
  // Three decimals would be read as thousands.
  return `${/\.\d{3}$/.test(written) ? `${written}0` : written} ${currency}`;
}

/** Texts by name, kept as one draft. */
function textsIn(draft: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(draft || '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
  } catch {
    return {};
  }
}
