import { effect } from '@preact/signals';
import { afterEach, describe, expect, test } from 'vitest';
import { createQueryClient } from '../../../components/kit/query.ts';
import { ConnectionDraftModel } from '../../../components/options/connection-draft.ts';
import type { Answers, CallName, Input } from '../../../lib/contract/calls.ts';
import type { ConnectionView, TrackerView } from '../../../lib/contract/connections.ts';
import { CrosstrackError, NO_KEY, type Problem } from '../../../lib/errors.ts';

const KEY = 'a-key-1234567890';

const TESTED: Answers['connections.test'] = {
  facts: {
    account: 'me',
    version: null,
    campaigns: 9,
    zone: null,
    currency: null,
    role: null,
    mayWrite: null,
  },
  warnings: [],
};

const stored: ConnectionView = {
  id: 'one',
  tracker: 'k',
  name: 'Mine',
  api: 'https://k.example',
  pages: [],
  script: null,
  off: false,
  currency: 'EUR',
  zone: 'Europe/Madrid',
  basis: 'postback',
  templates: [],
  keyEnd: '1234',
  problem: null,
  managed: false,
};

type Answering = { [N in CallName]?: (input: Input<N>) => Answers[N] | Promise<Answers[N]> };
const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});
/** Lets everything run that is ready to. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A form over a background that claims addresses with a tracker's id as their first label. */
async function open({
  edited = null,
  granted = async () => true,
  ...answers
}: {
  edited?: ConnectionView | null;
  granted?: () => Promise<boolean>;
  probe?: () => Promise<string | null>;
  test?: (of: string) => Answers['connections.test'] | Promise<Answers['connections.test']>;
  types?: Answers['connections.conversionTypes'];
} = {}) {
  const calls: Array<{ name: string; input: unknown; signal: AbortSignal | undefined }> = [];
  const asked: string[][] = [];
  const table: Answering = {
    'connections.list': () => (edited ? [edited] : []),
    'trackers.list': () =>
      ['k', 'b', 'demo'].map(
        (id) => ({ id, name: id, demo: id === 'demo', conversionTypes: true }) as TrackerView,
      ),
    'connections.conversionTypes': () => answers.types ?? [],
    'connections.recognise': ({ pasted }) => {
      if (!URL.canParse(pasted)) {
        return { trackers: [], address: null, problem: { kind: 'input', text: 'address_scheme' } };
      }
      const { origin, host, hostname, protocol } = new URL(pasted);
      const [label = ''] = hostname.split('.');
      return {
        trackers: ['k', 'b'].includes(label) ? [label] : [],
        address: { api: origin, pages: [], script: null, removed: [], hosts: [`*://${host}/*`] },
        ...(protocol === 'http:' ? { plainHost: host } : {}),
        problem: null,
      };
    },
    'connections.probe': async () => ({ tracker: (await answers.probe?.()) ?? null }),
    'connections.test': ({ draft }) => answers.test?.(draft.tracker) ?? TESTED,
    'connections.save': async ({ draft }) => ({
      connection: { ...stored, tracker: draft.tracker },
      tested: (await answers.test?.(draft.tracker)) ?? TESTED,
    }),
  };
  const client = createQueryClient({
    async call(name, input, signal) {
      calls.push({ name, input, signal });
      const answer = table[name];
      if (!answer) throw new CrosstrackError({ kind: 'unsupported' });
      return answer(input);
    },
    onChange: () => () => {},
  });
  const form = new ConnectionDraftModel(
    client,
    (hosts) => {
      asked.push([...hosts]);
      return granted();
    },
    { edited, address: '', tracker: '', tested: null },
  );
  // Somebody looks at it, as its view would.
  stops.push(
    effect(() => void [form.incomplete.value, form.tracker.value, form.suggestion.value]),
    effect(() => void form.conversionTypes.value),
  );
  await turn();
  return {
    form,
    asked,
    called: (name: CallName) =>
      calls.filter((call) => call.name === name).map(({ input }) => input),
    lastSignal: () => calls.at(-1)?.signal,
    async type(values: Partial<Record<keyof typeof form.fields, string>>) {
      for (const [field, value] of Object.entries(values)) {
        form.type(field as keyof typeof form.fields, value);
      }
      await turn();
    },
  };
}
const NEW = { address: 'https://k.example', key: KEY };

describe('what is missing', () => {
  test('a new connection needs an address and a key', async () => {
    const { form, type } = await open();
    expect(form.incomplete.value).toBe(true);
    await type({ address: 'https://k.example' });
    expect(form.tracker.value?.id).toBe('k');
    expect(form.incomplete.value).toBe(true);
    await type({ key: KEY });
    expect(form.incomplete.value).toBe(false);
  });

  test('no key is needed to ask whose an address is', async () => {
    const { form, type } = await open();
    await type({ address: 'https://nobody.example' });
    expect([form.tracker.value, form.incomplete.value]).toEqual([null, false]);
  });

  test.each([
    [{ currency: 'US' }, 'wrongCurrency'],
    [{ currency: '' }, 'wrongCurrency'],
    [{ zone: 'Mars/Olympus' }, 'wrongZone'],
  ] as const)('%o is no connection', async (wrong, which) => {
    const { form, type } = await open();
    await type({ ...NEW, ...wrong });
    expect([form[which].value, form.incomplete.value]).toEqual([true, true]);
  });

  test('an address that nobody can read is a problem, but not before one is typed', async () => {
    const { form, type } = await open();
    expect(form.addressProblem.value).toBeNull();
    await type({ address: 'nonsense' });
    expect(form.addressProblem.value?.text).toBe('address_scheme');
  });

  test('a stored key is enough, unless it is lost or the address leads to another host', async () => {
    const kept = await open({ edited: stored });
    expect([kept.form.originChanged.value, kept.form.incomplete.value]).toEqual([false, false]);
    await kept.type({ address: 'https://k.other.example' });
    expect([kept.form.originChanged.value, kept.form.incomplete.value]).toEqual([true, true]);
    const lost = await open({ edited: { ...stored, problem: NO_KEY } });
    expect([lost.form.lacksStoredKey.value, lost.form.incomplete.value]).toEqual([true, true]);
  });
});

describe('plain http', () => {
  test('is accepted for one host and no other', async () => {
    const { form, type, called } = await open();
    await type({ ...NEW, address: 'http://k.example' });
    expect(form.addressProblem.value).toMatchObject({
      text: 'address_plain_http',
      values: ['k.example'],
    });
    form.acceptPlainHttp(true);
    expect(form.incomplete.value).toBe(false);
    await type({ address: 'http://b.example' });
    expect([form.plainHttp.value, form.incomplete.value]).toEqual([false, true]);
    await type({ address: 'http://k.example' });
    await form.save();
    expect(called('connections.save')[0]).toHaveProperty('draft.plainHttp', true);
  });

  test('is accepted already for a connection that uses it, and not told of one that does not', async () => {
    const plain = await open({ edited: { ...stored, api: 'http://k.example' } });
    expect(plain.form.plainHttp.value).toBe(true);
    const { form, called } = await open({ edited: stored });
    await form.save();
    expect(called('connections.save')[0]).not.toHaveProperty('draft.plainHttp');
  });
});

describe('saving', () => {
  test('sends what was typed, cleaned, and forgets the key', async () => {
    const { form, type, called, asked } = await open();
    await type({ ...NEW, currency: ' eur ', zone: ' Europe/Rome', name: 'Mine', secret: 'a=b' });
    form.chooseBasis('postback');
    form.typePath('login', 'in');
    await turn();
    const saved = await form.save();
    expect(saved?.connection.tracker).toBe('k');
    expect(asked).toEqual([['*://k.example/*']]);
    expect(called('connections.save')).toEqual([
      {
        id: null,
        credentials: { key: KEY, secret: 'a=b' },
        draft: {
          tracker: 'k',
          name: 'Mine',
          address: 'https://k.example',
          currency: 'EUR',
          zone: 'Europe/Rome',
          basis: 'postback',
          paths: { login: 'in' },
        },
      },
    ]);
    expect([form.fields.key.value, form.fields.secret.value]).toEqual(['', '']);
    expect([form.tested.value, form.busy.value, form.problem.value]).toEqual([TESTED, null, null]);
  });

  test('of an edited connection keeps the stored key', async () => {
    const { form, called } = await open({ edited: { ...stored, script: 'index.php' } });
    expect(form.fields.address.value).toBe('https://k.example/index.php');
    await form.save();
    expect(called('connections.save')[0]).toMatchObject({
      id: 'one',
      credentials: { key: '', secret: '' },
      draft: { name: 'Mine', currency: 'EUR', zone: 'Europe/Madrid', basis: 'postback' },
    });
  });

  test('asks for access before any wait', async () => {
    const { form, type, asked } = await open({ granted: () => new Promise(() => {}) });
    await type(NEW);
    void form.save();
    expect(asked).toHaveLength(1);
    expect(form.busy.value).toBe('save');
  });

  test('sends what it was pressed for, whatever is typed meanwhile', async () => {
    const given = Promise.withResolvers<boolean>();
    const { form, type, called } = await open({ granted: () => given.promise });
    await type(NEW);
    const saving = form.save();
    await type({ address: 'https://b.example', name: 'Other' });
    given.resolve(true);
    await saving;
    expect(called('connections.save')[0]).toMatchObject({
      draft: { tracker: 'k', address: 'https://k.example', name: '' },
    });
  });

  test('does nothing while something is missing, or twice at once', async () => {
    const { form, type, asked } = await open({ granted: () => new Promise(() => {}) });
    expect(await form.save()).toBeNull();
    expect(asked).toEqual([]);
    await type(NEW);
    void form.save();
    expect(await form.save()).toBeNull();
    expect(asked).toHaveLength(1);
  });

  test('without access asks nobody, and says so', async () => {
    const { form, type, called } = await open({ granted: async () => false });
    await type(NEW);
    expect(await form.save()).toBeNull();
    expect(form.problem.value).toEqual({
      kind: 'permission',
      text: 'problem_host_declined',
      values: ['k.example'],
    });
    expect(called('connections.save')).toEqual([]);
    expect(form.busy.value).toBeNull();
  });
});

describe('whose an address is', () => {
  const unclaimed = { address: 'https://nobody.example' };

  test('is found by asking; then its key is what is wanted', async () => {
    const { form, type, called } = await open({ probe: async () => 'b' });
    await type(unclaimed);
    await form.save();
    await turn();
    expect(called('connections.probe')).toEqual([{ pasted: unclaimed.address, plainHttp: false }]);
    expect(called('connections.save')).toEqual([]);
    expect([form.tracker.value?.id, form.wantsKey.value, form.incomplete.value]).toEqual([
      'b',
      true,
      true,
    ]);
    // What was found is of that address alone.
    await type({ address: 'https://else.example' });
    expect([form.tracker.value, form.wantsKey.value]).toEqual([null, false]);
  });

  test('is not asked where it is known, and where nobody answers that is said', async () => {
    const known = await open();
    await known.type(NEW);
    await known.form.save();
    expect(known.called('connections.probe')).toEqual([]);
    const { form, type } = await open({ probe: async () => null });
    await type({ ...unclaimed, key: KEY });
    await form.save();
    expect(form.problem.value).toMatchObject({ text: 'problem_nobody_answers' });
  });

  test('is decided by the user, even against the address', async () => {
    const { form, type } = await open();
    await type(NEW);
    form.chooseTracker('b');
    await turn();
    expect(form.trackerId.value).toBe('b');
    expect(form.trackers.value.map(({ id }) => id)).toEqual(['k', 'b']);
  });

  test('is given up when the form is closed', async () => {
    const { form, type, lastSignal } = await open({ probe: () => new Promise(() => {}) });
    await type(unclaimed);
    form.test();
    await turn();
    const signal = lastSignal();
    expect(signal?.aborted).toBe(false);
    form[Symbol.dispose]();
    expect(signal?.aborted).toBe(true);
  });
});

describe('a test', () => {
  test('stands until another connection is typed', async () => {
    const { form, type } = await open();
    await type(NEW);
    form.test();
    await turn();
    expect(form.tested.value).toBe(TESTED);
    await type({ name: 'Other', currency: 'EUR', zone: 'Europe/Rome' });
    expect(form.tested.value).toBe(TESTED);
    await type({ key: 'another' });
    expect(form.tested.value).toBeNull();
  });

  test('that fails takes back the one before, and offers the tracker that it looks like', async () => {
    const problem: Problem = { kind: 'conflict', text: 'problem_looks_like', looksLike: 'b' };
    let fails = false;
    const { form, type } = await open({
      test: () => {
        if (fails) throw new CrosstrackError(problem);
        return TESTED;
      },
    });
    await type(NEW);
    form.test();
    await turn();
    fails = true;
    form.test();
    await turn();
    expect([form.tested.value, form.problem.value]).toEqual([null, problem]);
    expect(form.suggestion.value?.id).toBe('b');
    form.acceptSuggestion('b');
    await turn();
    expect([form.trackerId.value, form.problem.value, form.suggestion.value]).toEqual([
      'b',
      null,
      null,
    ]);
    expect(form.fields.key.value).toBe(KEY);
  });
});

describe('conversion types that count', () => {
  const types = [
    { id: 'default_type', name: 'Conversion' },
    { id: 'type1', name: 'Upsell' },
    { id: 'type4', name: null },
  ];
  const upsell = { id: 'type1', name: 'Upsell' };
  const counting = ({ form }: Awaited<ReturnType<typeof open>>) =>
    form.conversionTypes.value.map(({ id, name, counts }) => [id, name, counts]);

  test('are found for a stored connection, the default one alone until more are chosen', async () => {
    const opened = await open({ edited: stored, types });
    const { form, called } = opened;
    expect(counting(opened)).toEqual([
      ['default_type', 'Conversion', true],
      ['type1', 'Upsell', false],
      ['type4', 'type4', false],
    ]);
    await form.save();
    for (const counts of [true, false]) {
      form.countType('type1', counts);
      await form.save();
    }
    const drafts = called('connections.save').map((input) => Object(input).draft);
    expect(drafts.map(({ conversionTypes }) => conversionTypes)).toEqual([
      undefined,
      [{ id: 'default_type', name: 'Conversion' }, upsell],
      undefined,
    ]);
  });

  test('that are stored stay chosen, although they are found no more', async () => {
    const gone = { id: 'type9', name: 'Lead' };
    const edited = { ...stored, conversionTypes: [upsell, gone] };
    const opened = await open({ edited, types });
    expect(counting(opened)).toEqual([
      ['default_type', 'Conversion', false],
      ['type1', 'Upsell', true],
      ['type4', 'type4', false],
      ['type9', 'Lead', true],
    ]);
    opened.form.countType('type1', false);
    await opened.form.save();
    expect(opened.called('connections.save')).toMatchObject([
      { draft: { conversionTypes: [gone] } },
    ]);
  });

  test('are not looked for before there is a connection', async () => {
    const opened = await open({ types });
    await opened.type(NEW);
    expect([counting(opened), opened.called('connections.conversionTypes')]).toEqual([[], []]);
  });
});
