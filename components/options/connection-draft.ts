import { computed, createModel, effect, signal } from '@preact/signals';
import type { ConnectionDraft } from '../../lib/connections/draft.ts';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView, Tested } from '../../lib/contract/connections.ts';
import { lacksKey, type Problem, problemOf } from '../../lib/errors.ts';
import { isZone } from '../../lib/report/range.ts';
import type { Access } from '../kit/access.tsx';
import type { QueryClient } from '../kit/query.ts';

/** The initial state of a form. */
export interface DraftStart {
  /** null = a new connection. */
  readonly edited: ConnectionView | null;
  readonly address: string;
  /** Id of a tracker; '' = recognise it by the address. */
  readonly tracker: string;
  /** The test that just preceded saving. */
  readonly tested: Tested | null;
}

type Saved = Answers['connections.save'];

/** A connection's address as the user would paste it. */
const addressOf = ({ api, script }: ConnectionView): string => (script ? `${api}/${script}` : api);

/** Changing one of these fields discards the test result. */
const INVALIDATES_TEST: ReadonlySet<string> = new Set(['address', 'key', 'secret']);

/** A connection being entered: its validation, test and saving. */
export const ConnectionDraftModel = createModel(
  (client: QueryClient, requestHosts: Access['requestHosts'], start: DraftStart) => {
    const before = start.edited;
    const fields = {
      address: signal(before ? addressOf(before) : start.address),
      name: signal(before?.name ?? ''),
      key: signal(''),
      secret: signal(''),
      currency: signal(before?.currency ?? 'USD'),
      zone: signal(before?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone),
    };
    const { address, key, secret } = fields;
    const paths = signal(before?.paths ?? {});
    const basis = signal<ConnectionDraft['basis']>(before?.basis ?? 'visit');
    /** Conversion types that count; none = the tracker's default one. */
    const counted = signal<NonNullable<ConnectionDraft['conversionTypes']>>(
      before?.conversionTypes ?? [],
    );
    /** The host for which the user accepted plain http; '' = none. */
    const acceptedHost = signal(before?.api.startsWith('http:') ? new URL(before.api).host : '');
    const chosen = signal(before?.tracker ?? start.tracker);
    /** The tracker found by probing an address. */
    const found = signal({ address: '', tracker: '' });
    const busy = signal<'test' | 'save' | null>(null);
    const problem = signal<Problem | null>(null);
    const tested = signal(start.tested);

    const closed = new AbortController();
    effect(() => () => closed.abort());

    /** The edited connection as stored now. */
    const edited = computed(() => {
      const all = client.query('connections.list', {}).value ?? [];
      return before && (all.find(({ id }) => id === before.id) ?? before);
    });
    const trackers = computed(() =>
      (client.query('trackers.list', {}).value ?? []).filter(({ demo }) => !demo),
    );
    const knownTracker = computed(
      () => chosen.value || (found.value.address === address.value ? found.value.tracker : ''),
    );
    const recognised = computed(
      () =>
        client.query('connections.recognise', {
          pasted: address.value,
          tracker: knownTracker.value || null,
          paths: paths.value,
        }).value,
    );
    // The address decides until the user does.
    const trackerId = computed(() => knownTracker.value || recognised.value?.trackers[0] || '');
    const tracker = computed(() => trackers.value.find(({ id }) => id === trackerId.value) ?? null);
    const plainHost = computed(() => recognised.value?.plainHost ?? '');
    const plainHttp = computed(
      () => plainHost.value !== '' && plainHost.value === acceptedHost.value,
    );
    const refused = computed((): Problem | null =>
      plainHost.value === '' || plainHttp.value
        ? (recognised.value?.problem ?? null)
        : { kind: 'input', text: 'address_plain_http', values: [plainHost.value] },
    );
    const wrongPath = computed(() =>
      refused.value?.kind === 'input' && refused.value.reason === 'path' ? refused.value : null,
    );
    const cleaned = computed(() => (refused.value ? null : (recognised.value?.address ?? null)));

    const code = computed(() => fields.currency.value.trim().toUpperCase());
    const zone = computed(() => fields.zone.value.trim());
    const wrongCurrency = computed(() => !/^[A-Z]{3}$/.test(code.value));
    const wrongZone = computed(() => !isZone(zone.value));
    const lacksStoredKey = computed(() => edited.value !== null && lacksKey(edited.value.problem));
    /** Has the origin changed, so that the stored key no longer applies? */
    const originChanged = computed(
      () =>
        edited.value !== null &&
        cleaned.value !== null &&
        new URL(cleaned.value.api).origin !== new URL(edited.value.api).origin,
    );
    const noKey = computed(
      () =>
        key.value === '' && (edited.value === null || lacksStoredKey.value || originChanged.value),
    );
    /** Without a known tracker no key is needed yet: probing does without one. */
    const incomplete = computed(
      () =>
        cleaned.value === null ||
        (noKey.value && trackerId.value !== '') ||
        wrongCurrency.value ||
        wrongZone.value,
    );

    const typesFound = computed(() =>
      client.query(
        'connections.conversionTypes',
        before && tracker.value?.conversionTypes ? { id: before.id } : null,
      ),
    );
    /** The types that were found, the default one first, and chosen ones that were not. */
    const conversionTypes = computed(() => {
      const found = typesFound.value.value ?? [];
      const others = counted.value.filter(({ id }) => !found.some((one) => one.id === id));
      return [...found.map(({ id, name }) => ({ id, name: name ?? id })), ...others].map(
        (type, index) => ({
          ...type,
          counts:
            counted.value.length === 0
              ? index === 0
              : counted.value.some(({ id }) => id === type.id),
        }),
      );
    });

    const typed = () => ({
      draft: {
        name: fields.name.value,
        address: address.value,
        currency: code.value,
        zone: zone.value,
        basis: basis.value,
        ...(counted.value.length > 0 ? { conversionTypes: counted.value } : {}),
        ...(plainHttp.value ? { plainHttp: true } : {}),
        paths: paths.value,
      },
      credentials: { key: key.value, secret: secret.value },
      id: before?.id ?? null,
    });
    /** Finds the tracker at an address. */
    const probe = async (pasted: string): Promise<string> => {
      const input = { pasted, plainHttp: plainHttp.value };
      const answer = await client.call('connections.probe', input, closed.signal);
      found.value = { address: pasted, tracker: answer.tracker ?? '' };
      return found.value.tracker;
    };
    /** Tests or saves the current input, once access is granted and the tracker known. */
    const run = async (what: 'test' | 'save'): Promise<Saved | null> => {
      if (incomplete.value || busy.value || !cleaned.value) return null;
      const { api, hosts } = cleaned.value;
      const [now, wantsKey, known] = [typed(), noKey.value, trackerId.value];
      const refuse = (kind: Problem['kind'], text: NonNullable<Problem['text']>) => {
        problem.value = { kind, text, values: [new URL(api).host] };
        return null;
      };
      busy.value = what;
      problem.value = null;
      try {
        // Before any await: browsers only show the prompt within the click.
        if (!(await requestHosts(hosts))) return refuse('permission', 'problem_host_declined');
        const tracker = known || (await probe(now.draft.address));
        if (!tracker) return refuse('input', 'problem_nobody_answers');
        if (wantsKey) return null;
        const input = { ...now, draft: { ...now.draft, tracker } };
        if (what === 'test') {
          tested.value = await client.call('connections.test', input);
          return null;
        }
        const saved = await client.call('connections.save', input);
        key.value = '';
        secret.value = '';
        tested.value = saved.tested;
        return saved;
      } catch (error) {
        tested.value = null;
        problem.value = problemOf(error);
        return null;
      } finally {
        busy.value = null;
      }
    };

    return {
      fields,
      paths,
      basis,
      conversionTypes,
      /** Why the types are unknown; null = they are known, or will be. */
      typesProblem: computed(() => typesFound.value.problem),
      edited,
      trackers,
      trackerId,
      tracker,
      /** Was the tracker found by probing, and only its key is missing? */
      wantsKey: computed(() => noKey.value && !chosen.value && knownTracker.value !== ''),
      plainHost,
      plainHttp,
      wrongPath,
      addressProblem: computed(() =>
        address.value.trim() === '' || wrongPath.value ? null : refused.value,
      ),
      cleaned,
      code,
      zone,
      wrongCurrency,
      wrongZone,
      lacksStoredKey,
      originChanged,
      incomplete,
      busy,
      problem,
      tested,
      /** The tracker that it seems to be instead, for a new connection. */
      suggestion: computed(() => {
        if (before || problem.value?.kind !== 'conflict') return null;
        const { looksLike } = problem.value;
        return trackers.value.find(({ id }) => id === looksLike) ?? null;
      }),
      type(field: keyof typeof fields, value: string): void {
        fields[field].value = value;
        if (INVALIDATES_TEST.has(field)) tested.value = null;
      },
      typePath(which: 'login' | 'click', path: string): void {
        // Paths belong to this tracker, so the address no longer decides.
        chosen.value = trackerId.value;
        paths.value = { ...paths.value, [which]: path };
        tested.value = null;
      },
      chooseTracker(id: string): void {
        chosen.value = id;
        tested.value = null;
      },
      chooseBasis(wanted: string): void {
        basis.value = wanted === 'postback' ? 'postback' : 'visit';
      },
      countType(id: string, counts: boolean): void {
        const chosen = conversionTypes.value.filter((type) =>
          type.id === id ? counts : type.counts,
        );
        const [only, ...others] = chosen;
        const isDefault = others.length === 0 && only?.id === typesFound.value.value?.[0]?.id;
        counted.value = isDefault ? [] : chosen.map(({ id, name }) => ({ id, name }));
      },
      acceptPlainHttp(accepted: boolean): void {
        acceptedHost.value = accepted ? plainHost.value : '';
      },
      /** Switches to the suggested tracker. */
      acceptSuggestion(id: string): void {
        chosen.value = id;
        problem.value = null;
      },
      test: () => void run('test'),
      /** Resolves with what was saved; null = nothing was, and the form says why. */
      save: () => run('save'),
    };
  },
);
