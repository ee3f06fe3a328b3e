import { computed, createModel, effect, signal, untracked } from '@preact/signals';
import type { Answers } from '../../lib/contract/calls.ts';
import { followHash } from '../kit/hash.ts';
import type { QueryClient } from '../kit/query.ts';
import type { DraftStart } from './connection-draft.ts';

type Place =
  | { readonly at: 'list'; readonly shown: string }
  | { readonly at: 'add'; readonly address: string; readonly tracker: string }
  | { readonly at: 'edit'; readonly id: string };

/** `#add?tracker=…&url=…`, `#edit/<id>`, or the list, with `#access/<id>` in sight. */
function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  if (path === 'add') {
    const asked = new URLSearchParams(query);
    return { at: 'add', address: asked.get('url') ?? '', tracker: asked.get('tracker') ?? '' };
  }
  const [, at, id = ''] = /^(edit|access)\/(.+)$/.exec(path) ?? [];
  return at === 'edit'
    ? { at, id: decodeURIComponent(id) }
    : { at: 'list', shown: decodeURIComponent(id) };
}

type Saved = Answers['connections.save'];

/** As JSON, alike for objects whose fields only stand in another order. */
const textOf = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, one: unknown) =>
    one instanceof Object && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort())
      : one,
  );

/** The options page around its parts: what the address says, and the connections that there are. */
export const OptionsModel = createModel((client: QueryClient) => {
  const hash = followHash();
  const asked = computed(() => placeOf(hash.value));
  const connections = computed(() => client.query('connections.list', {}));
  const trackers = computed(() => client.query('trackers.list', {}).value);
  const managed = computed(() => client.query('managed.read', {}).value);
  /** What was saved last, and the list that did not know of it yet. */
  const saved = signal<(Saved & { listed: Answers['connections.list'] | null }) | null>(null);
  const edited = computed(() => {
    const place = asked.value;
    if (place.at !== 'edit') return null;
    return connections.value.value?.find(({ id }) => id === place.id) ?? null;
  });
  const place = computed((): Place => {
    // Removed meanwhile, here or by somebody else; unless it is just on its way.
    const { value: listed } = connections.value;
    const isGone = asked.value.at === 'edit' && !edited.value && listed;
    return isGone && listed !== saved.value?.listed ? { at: 'list', shown: '' } : asked.value;
  });
  const mayAdd = computed(() => !managed.value?.forbidden.includes('add-connections'));
  // Somewhere else it is no news any more.
  effect(() => {
    const id = asked.value.at === 'edit' ? asked.value.id : null;
    if (untracked(() => saved.value?.connection.id) !== id) saved.value = null;
  });

  return {
    connections,
    trackers,
    managed,
    place,
    edited,
    mayAdd,
    /** What a form is opened with here; null = there is none. */
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
    /** Name of what was just saved, until it is changed. */
    savedName: computed(() => {
      const name = saved.value?.connection.name ?? null;
      return textOf(saved.value?.connection) === textOf(edited.value) ? name : null;
    }),
    /** Goes on with what was saved. */
    showSaved(one: Saved): void {
      saved.value = { ...one, listed: connections.value.value };
      location.hash = `edit/${encodeURIComponent(one.connection.id)}`;
    },
    showList(): void {
      location.hash = '';
    },
  };
});
