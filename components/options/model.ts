import { computed, createModel, effect, signal, untracked } from '@preact/signals';
import type { Answers } from '../../lib/contract/calls.ts';
import { followHash } from '../kit/hash.ts';
import type { QueryClient } from '../kit/query.ts';
import type { DraftStart } from './connection-draft.ts';

type Place =
  | { readonly at: 'list'; readonly shown: string }
  | { readonly at: 'add'; readonly address: string; readonly tracker: string }
  | { readonly at: 'edit'; readonly id: string };

/** Parses `#add?tracker=…&url=…`, `#edit/<id>` and `#access/<id>`; the latter scrolls the list. */
function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === 'add') {
    const params = new URLSearchParams(query);
    return { at: 'add', address: params.get('url') ?? '', tracker: params.get('tracker') ?? '' };
  }
  const [, at, id = ''] = /^(edit|access)\/(.+)$/.exec(path) ?? [];
  return at === 'edit'
    ? { at, id: decodeURIComponent(id) }
    : { at: 'list', shown: decodeURIComponent(id) };
}

type Saved = Answers['connections.save'];

/** JSON with sorted fields, so that equal objects give equal text. */
const stableJson = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, one: unknown) =>
    one instanceof Object && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort())
      : one,
  );

/** The options page's shell: the place in the URL hash and the connections. */
export const OptionsModel = createModel((client: QueryClient) => {
  const hash = followHash();
  const requested = computed(() => placeOf(hash.value));
  const connections = computed(() => client.query('connections.list', {}));
  const trackers = computed(() => client.query('trackers.list', {}).value);
  const managed = computed(() => client.query('managed.read', {}).value);
  /** What was saved last, and the list as it was before. */
  const saved = signal<(Saved & { listed: Answers['connections.list'] | null }) | null>(null);
  const edited = computed(() => {
    const place = requested.value;
    if (place.at !== 'edit') return null;
    return connections.value.value?.find(({ id }) => id === place.id) ?? null;
  });
  const place = computed((): Place => {
    // The connection was removed, unless it was just saved and the list has yet to include it.
    const { value: listed } = connections.value;
    const isGone = requested.value.at === 'edit' && !edited.value && listed;
    return isGone && listed !== saved.value?.listed ? { at: 'list', shown: '' } : requested.value;
  });
  const mayAdd = computed(() => !managed.value?.forbidden.includes('add-connections'));
  // Leaving the saved connection forgets the news of it.
  effect(() => {
    const id = requested.value.at === 'edit' ? requested.value.id : null;
    if (untracked(() => saved.value?.connection.id) !== id) saved.value = null;
  });

  return {
    connections,
    trackers,
    managed,
    place,
    edited,
    mayAdd,
    /** The initial state of the form; null = no form is open. */
    form: computed((): DraftStart | null => {
      const { value: at } = place;
      const blank = { edited: null, address: '', tracker: '', tested: null };
      if (!trackers.value) return null;
      if (at.at === 'add') {
        return mayAdd.value ? { ...blank, address: at.address, tracker: at.tracker } : null;
      }
      return edited.value && !edited.value.demo
        ? { ...blank, edited: edited.value, tested: saved.value?.tested ?? null }
        : null;
    }),
    /** Name of the connection just saved, until it changes. */
    savedName: computed(() => {
      const name = saved.value?.connection.name ?? null;
      return stableJson(saved.value?.connection) === stableJson(edited.value) ? name : null;
    }),
    /** Opens the saved connection for editing. */
    showSaved(one: Saved): void {
      saved.value = { ...one, listed: connections.value.value };
      location.hash = `edit/${encodeURIComponent(one.connection.id)}`;
    },
    showList(): void {
      location.hash = '';
    },
  };
});
