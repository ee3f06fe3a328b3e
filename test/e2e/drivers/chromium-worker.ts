import type { BrowserContext, CDPSession } from '@playwright/test';
import type { ConsoleLine } from './driver.ts';
import { PATIENCE_MS, until } from './until.ts';

type Running = 'stopped' | 'starting' | 'running' | 'stopping';

/** A session that tells of the extension's workers. */
interface Watch {
  readonly session: CDPSession;
  /** By the worker's version. */
  readonly states: Map<string, Running>;
  /** Called when a state may have changed. */
  readonly listeners: Set<() => void>;
}

/**
 * The extension's service worker, watched and driven by a DevTools session of its own: Playwright's
 * `Worker` shows no uncaught errors, and its `evaluate` hangs on a worker that has stopped.
 *
 * The session is a nested, non-flat one (`Target.sendMessageToTarget`), the only kind Playwright's
 * public `CDPSession` can carry. The browser keeps it over stops and starts of the worker.
 */
export class ChromiumWorker {
  readonly #context: BrowserContext;
  readonly #browser: CDPSession;
  readonly #origin: string;
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #sessionId: string | undefined;
  #watching: Promise<Watch> | undefined;
  #lastId = 0;

  private constructor(context: BrowserContext, browser: CDPSession, origin: string) {
    this.#context = context;
    this.#browser = browser;
    this.#origin = origin;
  }

  static async open(
    context: BrowserContext,
    browser: CDPSession,
    origin: string,
    report: (line: ConsoleLine) => void,
  ): Promise<ChromiumWorker> {
    const worker = new ChromiumWorker(context, browser, origin);
    browser.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      if (sessionId === worker.#sessionId) worker.#receive(JSON.parse(message), report);
    });
    browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'service_worker' && targetInfo.url.startsWith(`${origin}/`)) {
        void worker.#attach(targetInfo.targetId);
      }
    });
    // Also reports the targets that are there already.
    await browser.send('Target.setDiscoverTargets', { discover: true });
    await until('the DevTools session of the worker', () => worker.#sessionId !== undefined);
    return worker;
  }

  /** Starts the worker where it has stopped, then evaluates in it. */
  async evaluate<T>(expression: string): Promise<T> {
    await this.#bringTo('running', (session) =>
      session.send('ServiceWorker.startWorker', { scopeURL: `${this.#origin}/` }),
    );
    const options = { expression, awaitPromise: true, returnByValue: true };
    const answer = await this.#send('Runtime.evaluate', options);
    if (answer.error) throw new Error(answer.error.message);
    if (answer.result?.exceptionDetails)
      throw new Error(exceptionText(answer.result.exceptionDetails));
    return answer.result?.result?.value as T;
  }

  async stop(): Promise<void> {
    await this.#bringTo('stopped', (session) => session.send('ServiceWorker.stopAllWorkers'));
  }

  /** Resolves when the extension has a new worker. */
  async reloadExtension(): Promise<void> {
    const old = this.#sessionId;
    // Not at once, so that the worker is still there to answer.
    await this.evaluate('void setTimeout(() => chrome.runtime.reload())');
    await until('the new worker', () => this.#sessionId !== old);
    await until('the new worker to be active', async () => {
      return (await this.evaluate('self.serviceWorker.state')) === 'activated';
    });
  }

  async #bringTo(wanted: Running, order: (session: CDPSession) => Promise<unknown>): Promise<void> {
    const { session, states, listeners } = await this.#watch();
    await until('the state of the worker', () => states.size > 0);
    if (states.values().every((state) => state === wanted)) return;
    // An event may wake the worker again before anybody looks: that it was there once is enough.
    const reached = new Set<string>();
    const note = () => {
      for (const [version, state] of states) if (state === wanted) reached.add(version);
    };
    listeners.add(note);
    try {
      note();
      await order(session);
      await until(`the worker to be ${wanted}`, () => states.keys().every((of) => reached.has(of)));
    } finally {
      listeners.delete(note);
    }
  }

  /** One for all calls, as long as its page lives. */
  #watch(): Promise<Watch> {
    this.#watching ??= this.#startWatch().catch((error: unknown) => {
      this.#watching = undefined;
      throw error;
    });
    return this.#watching;
  }

  async #startWatch(): Promise<Watch> {
    // The ServiceWorker domain exists in sessions of pages only; any page of the profile will do.
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    const session = await this.#context.newCDPSession(page);
    const watch: Watch = { session, states: new Map(), listeners: new Set() };
    session.on('close', () => {
      this.#watching = undefined;
    });
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { scriptURL, versionId, runningStatus, status } of versions) {
        // What a reload of the extension leaves behind.
        if (status === 'redundant') watch.states.delete(versionId);
        else if (scriptURL.startsWith(`${this.#origin}/`)) {
          watch.states.set(versionId, runningStatus);
        }
      }
      for (const listener of watch.listeners) listener();
    });
    await session.send('ServiceWorker.enable');
    return watch;
  }

  async #attach(targetId: string): Promise<void> {
    const { sessionId } = await this.#browser.send('Target.attachToTarget', {
      targetId,
      flatten: false,
    });
    this.#sessionId = sessionId;
    await this.#send('Runtime.enable', {});
  }

  async #send(method: string, params: object): Promise<Answer> {
    const sessionId = this.#sessionId;
    if (!sessionId) throw new Error('The extension has no service worker.');
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => {
      answer.reject(new Error(`The worker did not answer ${method} in ${PATIENCE_MS} ms.`));
    }, PATIENCE_MS);
    this.#answers.set(id, answer.resolve);
    try {
      const message = JSON.stringify({ id, method, params });
      await this.#browser.send('Target.sendMessageToTarget', { sessionId, message });
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      this.#answers.delete(id);
    }
  }

  #receive(message: Answer, report: (line: ConsoleLine) => void): void {
    if (message.id !== undefined) this.#answers.get(message.id)?.(message);
    const { method, params } = message;
    if (method === 'Runtime.exceptionThrown' && params?.exceptionDetails) {
      const details = params.exceptionDetails;
      report({ level: 'exception', text: exceptionText(details), url: details.url ?? '' });
    }
    if (method === 'Runtime.consoleAPICalled') {
      report({
        level: params?.type === 'warning' ? 'warn' : (params?.type ?? 'log'),
        text: (params?.args ?? []).map(argumentText).join(' '),
        url: params?.stackTrace?.callFrames[0]?.url ?? '',
      });
    }
  }
}

/** Text of a DevTools `ExceptionDetails`. */
export function exceptionText(details: ExceptionDetails): string {
  return details.exception?.description ?? details.text;
}

/** As Playwright writes the arguments of other consoles: plain objects one level deep. */
function argumentText({ type, subtype, value, description, preview }: RemoteObject): string {
  if (type !== 'object' || subtype === 'error') return String(value ?? description ?? type);
  if (!preview) return description ?? String(value);
  const parts = preview.properties.map((each) =>
    subtype === 'array' ? each.value : `${each.name}: ${each.value}`,
  );
  return subtype === 'array' ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

interface RemoteObject {
  type: string;
  subtype?: string;
  value?: unknown;
  description?: string;
  preview?: { properties: { name: string; value?: string }[] };
}

interface ExceptionDetails {
  text: string;
  url?: string;
  exception?: { description?: string };
}

/** What comes over the worker's session: answers, with an id, and events. */
interface Answer {
  id?: number;
  method?: string;
  params?: {
    exceptionDetails?: ExceptionDetails;
    type?: string;
    args?: RemoteObject[];
    stackTrace?: { callFrames: { url: string }[] };
  };
  result?: { result?: { value?: unknown }; exceptionDetails?: ExceptionDetails };
  error?: { message: string };
}
