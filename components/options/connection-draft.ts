import { computed, createModel, effect, signal } from '@preact/signals';
import type { ConnectionDraft } from '../../lib/connections/draft.ts';
import type { Answers } from '../../lib/contract/calls.ts';
import type { ConnectionView, Tested } from '../../lib/contract/connections.ts';
import { lacksKey, type Problem, problemOf } from '../../lib/errors.ts';
import { isZone } from '../../lib/report/range.ts';
import type { Access } from '../kit/access.tsx';
import type { QueryClient } from '../kit/query.ts';

/** What a form is opened with. */
export interface DraftStart {
  /** null = a new connection. */
  readonly edited: ConnectionView | null;
  readonly address: string;
  /** Id of a tracker; '' = the address decides. */
  readonly tracker: string;
  /** What the test found with which the connection was just saved. */
  readonly tested: Tested | null;
}

type Saved = Answers['connections.save'];

/** Address of an edited connection, as the user would paste it. */
const addressOf = ({ api, script }: ConnectionView): string => (script ? `${api}/${script}` : api);

/** A change of these makes it another connection than the one that was tested. */
const INVALIDATES_TEST: ReadonlySet<string> = new Set(['address', 'key', 'secret']);

/** A connection that is being typed: what it lacks, its test, and its way to the background. */
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
    /** The one host that may be reached without encryption. */
    const acceptedHost = signal(before?.api.startsWith('http:') ? new URL(before.api).host : '');
    const chosen = signal(before?.tracker ?? start.tracker);
    /** The tracker that answered at an address. */
    const found = signal({ address: '', tracker: '' });
    const busy = signal<'test' | 'save' | null>(null);
    const problem = signal<Problem | null>(null);
    const tested = signal(start.tested);

    const closed = new AbortController();
    effect(() => () => closed.abort());

    /** As it is stored now. */
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
    // The address decides as long as the user has not.
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
    const lacks = computed(() => edited.value !== null && lacksKey(edited.value.problem));
    /** Does the address lead to another host than the one that the stored key is for? */
    const moved = computed(
      () =>
        edited.value !== null &&
        cleaned.value !== null &&
        new URL(cleaned.value.api).origin !== new URL(edited.value.api).origin,
    );
    const noKey = computed(
      () => key.value === '' && (edited.value === null || lacks.value || moved.value),
    );
    /** Whose address it is can be asked without a key. */
    const missing = computed(
      () =>
        cleaned.value === null ||
        (noKey.value && trackerId.value !== '') ||
        wrongCurrency.value ||
        wrongZone.value,
    );

    const typed = () => ({
      draft: {
        name: fields.name.value,
        address: address.value,
        currency: code.value,
        zone: zone.value,
        basis: basis.value,
        ...(plainHttp.value ? { plainHttp: true } : {}),
        paths: paths.value,
      },
      credentials: { key: key.value, secret: secret.value },
      id: before?.id ?? null,
    });
    /** Asks whose the address is. */
    const find = async (pasted: string): Promise<string> => {
      const input = { pasted, plainHttp: plainHttp.value };
      const answer = await client.call('connections.probe', input, closed.signal);
      found.value = { address: pasted, tracker: answer.tracker ?? '' };
      return found.value.tracker;
    };
    /** Tests or saves what is typed now, once access is given and the tracker is known. */
    const run = async (what: 'test' | 'save'): Promise<Saved | null> => {
      if (missing.value || busy.value || !cleaned.value) return null;
      const { api, hosts } = cleaned.value;
      const [now, wantsKey, known] = [typed(), noKey.value, trackerId.value];
      const refuse = (kind: Problem['kind'], text: NonNullable<Problem['text']>) => {
        problem.value = { kind, text, values: [new URL(api).host] };
        return null;
      };
      busy.value = what;
      problem.value = null;
      try {
        // First of all, and not after a wait: browsers take the question only within the click.
        if (!(await requestHosts(hosts))) return refuse('permission', 'problem_host_declined');
        const tracker = known || (await find(now.draft.address));
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
      edited,
      trackers,
      trackerId,
      tracker,
      /** Was the tracker found by asking, and its key is what is missing now? */
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
      lacks,
      moved,
      missing,
      busy,
      problem,
      tested,
      /** The tracker that it looks like instead, where another may still be chosen. */
      other: computed(() => {
        if (before || problem.value?.kind !== 'conflict') return null;
        const { looksLike } = problem.value;
        return trackers.value.find(({ id }) => id === looksLike) ?? null;
      }),
      type(field: keyof typeof fields, value: string): void {
        fields[field].value = value;
        if (INVALIDATES_TEST.has(field)) tested.value = null;
      },
      typePath(which: 'login' | 'click', path: string): void {
        // They are this tracker's: the address does not decide any more.
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
      acceptPlainHttp(accepted: boolean): void {
        acceptedHost.value = accepted ? plainHost.value : '';
      },
      /** Takes the tracker that it looks like. */
      takeOther(id: string): void {
        chosen.value = id;
        problem.value = null;
      },
      test: () => void run('test'),
      /** What was saved; null = nothing was, and the form says why. */
      save: () => run('save'),
    };
  },
);
