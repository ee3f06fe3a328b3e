import { describe, expect, test } from 'vitest';
import type { CallName } from '../../../lib/contract/calls.ts';
import { CrosstrackError } from '../../../lib/errors.ts';
import { createClient, type Request } from '../../../lib/rpc/client.ts';
import { createServer, type Handlers } from '../../../lib/rpc/server.ts';

const facts = {
  extensionId: 'us',
  extensionOrigin: 'chrome-extension://us',
  connectionAt: async (page: URL) => (page.hostname === 'tracker.example' ? 'mine' : null),
  panelOf: async () => null,
};
const popup = {
  id: 'us',
  url: 'chrome-extension://us/popup.html',
  origin: 'chrome-extension://us',
};
const page = {
  id: 'us',
  url: 'https://tracker.example/',
  origin: 'https://tracker.example',
  frameId: 0,
  documentId: 'top',
  tab: { id: 1 },
};

/** Handlers that fail the test when reached, but for those given. */
function handlersWith(some: Partial<Handlers>): Handlers {
  return new Proxy(some as Handlers, {
    get: (target, name: CallName) =>
      target[name] ??
      (() => {
        throw new Error(`reached ${name}`);
      }),
  });
}

const message = (change: Partial<Request>): Request => ({
  crosstrack: 'call',
  id: '1',
  name: 'connections.remove',
  input: { id: 'c' },
  ...change,
});

test('a good call reaches its handler, and its answer the asker', async () => {
  const handle = createServer(
    handlersWith({ 'connections.remove': async ({ id }) => (id === 'c' ? null : null) }),
    facts,
  );
  expect(await handle(message({}), popup)).toEqual({ ok: true, result: null });
});

test('a fault in a handler is told with its words, and not as a dead line', async () => {
  const broken: Handlers['connections.remove'] = async () => Object(undefined).no.such;
  const handle = createServer(handlersWith({ 'connections.remove': broken }), facts);
  expect(await handle(message({}), popup)).toMatchObject({
    ok: false,
    problem: {
      kind: 'conflict',
      text: 'problem_unexpected',
      said: expect.stringContaining('undefined'),
    },
  });
});

test.each<[string, unknown, object]>([
  ['text', 'hello', popup],
  ['another protocol', { type: 'call' }, popup],
  ['a call that is not there', message({ name: 'keys.read' }), popup],
  ['a name from the prototype', message({ name: 'constructor' }), popup],
  ['input of the wrong shape', message({ input: { id: 7 } }), popup],
  ['no input', message({ input: undefined }), popup],
  ['no sender', message({}), {}],
  ['a page', message({}), page],
  ['a page that says it is a panel', { ...message({}), role: 'panel' }, page],
])('%s reaches no handler', async (_, sent, sender) => {
  const handle = createServer(handlersWith({}), facts);
  const reply = await handle(sent, sender);
  expect(reply).toMatchObject({ ok: false });
  expect(JSON.stringify(reply)).not.toContain('reached');
});

test('who may not make a call is not told what its input should be', async () => {
  const handle = createServer(handlersWith({}), facts);
  const refused = { kind: 'permission', text: 'problem_sender' };
  expect(await handle(message({ input: { id: 7 } }), page)).toMatchObject({ problem: refused });
});

test('a handler’s problem travels as it is', async () => {
  const problem = { kind: 'auth', tracker: 'T', status: 401 } as const;
  const handle = createServer(
    handlersWith({
      'connections.remove': async () => {
        throw new CrosstrackError(problem);
      },
    }),
    facts,
  );
  expect(await handle(message({}), popup)).toEqual({ ok: false, problem });
});

test('a client that gives up cancels the work in the background', async () => {
  const reached = Promise.withResolvers<AbortSignal>();
  const handle = createServer(
    handlersWith({
      'links.list': (_, { signal }) => {
        reached.resolve(signal);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      },
    }),
    facts,
  );
  const client = createClient((request) => handle(request, popup));
  const controller = new AbortController();
  const answer = client.call('links.list', {}, controller.signal);
  const signal = await reached.promise;
  controller.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  expect(signal.aborted).toBe(true);
});

test('nobody can cancel the work of another tab', async () => {
  const reached = Promise.withResolvers<AbortSignal>();
  const handle = createServer(
    handlersWith({
      'links.list': (_, { signal }) => {
        reached.resolve(signal);
        return new Promise(() => {});
      },
    }),
    facts,
  );
  void handle(message({ name: 'links.list', input: {} }), popup);
  const signal = await reached.promise;
  await handle(message({ crosstrack: 'cancel' }), page);
  expect(signal.aborted).toBe(false);
});

test('an answer that never came from a background is a problem with a next step', async () => {
  const client = createClient(async () => undefined);
  await expect(client.call('links.list', {})).rejects.toMatchObject({
    problem: { kind: 'network', text: 'problem_background' },
  });
});

describe('what changes a tracker', () => {
  const at = { x: 10, y: 20, width: 100, height: 30 };
  const panel = {
    ...popup,
    url: 'chrome-extension://us/panel.html',
    frameId: 4,
    documentId: 'panel',
    tab: { id: 1, url: 'https://tracker.example/' },
  };
  const send = (of: object, input: object, inSight: (() => Promise<boolean>) | null) => {
    const reached: unknown[] = [];
    const handlers = handlersWith({
      'costs.send': async (got) => {
        reached.push(got);
        throw new CrosstrackError({ kind: 'conflict' });
      },
    });
    const bound = { ...facts, panelOf: async () => 'mine' };
    const handle = createServer(handlers, bound, undefined, undefined, inSight ?? undefined);
    return handle(message({ name: 'costs.send', input }), of).then((reply) => ({ reply, reached }));
  };
  const REFUSED = { ok: false, problem: { kind: 'permission', text: 'confirmRefused' } };

  test('is done for a panel whose button its page’s detector sees', async () => {
    const { reached } = await send(panel, { preview: 'p', at }, async () => true);
    expect(reached).toEqual([{ preview: 'p', at }]);
  });

  test.each<[string, object, (() => Promise<boolean>) | null]>([
    ['does not see it', { preview: 'p', at }, async () => false],
    ['is not there to ask', { preview: 'p', at }, null],
    ['would see it, but it is nowhere', { preview: 'p', at: null }, async () => true],
  ])('is refused when the detector %s', async (_, input, inSight) => {
    const { reply, reached } = await send(panel, input, inSight);
    expect(reply).toMatchObject(REFUSED);
    expect(reached).toEqual([]);
  });

  test('needs no detector on a page of our own', async () => {
    const { reached } = await send(popup, { preview: 'p', at: null }, async () => false);
    expect(reached).toHaveLength(1);
  });
});
