import type { CDPSession, Frame, Page } from '@playwright/test';
import { exceptionText } from './chromium-worker.ts';

/** A document or shadow root, in the main world of its frame. */
export interface ChromiumRoot {
  /** The DevTools session of the process that the root lives in. */
  session: CDPSession;
  /** Of that session. */
  objectId: string;
  frameId: string;
}

export interface FrameSession {
  frame: Frame;
  session: CDPSession;
  /** The browser's id of the frame. */
  id: string;
}

/** Errors of DevTools calls that mean "the page is just changing": look again. */
const PAGE_CHANGING =
  /Cannot find (context|object)|context was destroyed|navigated|Node with given id|does not belong|detached|(Target|Session) closed|closed target|Session with given id not found/i;

/** Undefined where the document went before the call began; it can be made again in the next. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && /Cannot find context/.test(error.message)) return undefined;
    throw error;
  }
}

async function unlessChanging<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && PAGE_CHANGING.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * Finds documents and shadow roots of a page, which Playwright's locators cannot where a closed root
 * is on the way: `DOM.describeNode` tells a host's root whatever its mode, and the frame of an
 * iframe; `DOM.resolveNode` gives the object to call functions on. An iframe of another process has
 * a session of its own.
 */
export class ChromiumRoots {
  readonly #page: Page;
  readonly #frames = new Map<Frame, FrameSession>();
  #top: Promise<{ session: CDPSession; id: string }> | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The session of the page itself. */
  async session(): Promise<CDPSession> {
    return (await this.#topFrame()).session;
  }

  /** The root that `within` leads to, as in `ElementOptions`; undefined while there is none or the page is changing. */
  find(within: string | undefined): Promise<ChromiumRoot | undefined> {
    return unlessChanging(() => this.#find(within));
  }

  async #find(within: string | undefined): Promise<ChromiumRoot | undefined> {
    const { session, id } = await this.#topFrame();
    let root: ChromiumRoot | undefined = await documentOf(session, id);
    for (const selector of within?.split(' >> ') ?? []) {
      root = root && (await this.#enter(root, selector));
    }
    return root;
  }

  /** Undefined while there is no such root or the page is changing. */
  async call<T>(
    within: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined> {
    return unlessChanging(async () => {
      const root = await this.#find(within);
      return root && callOn<T>(root, source, args);
    });
  }

  async #enter(from: ChromiumRoot, selector: string): Promise<ChromiumRoot | undefined> {
    const { session } = from;
    const { result } = await session.send('Runtime.callFunctionOn', {
      objectId: from.objectId,
      functionDeclaration: 'function (selector) { return this.querySelector(selector); }',
      arguments: [{ value: selector }],
    });
    if (!result.objectId) return undefined;
    const { node } = await session.send('DOM.describeNode', {
      objectId: result.objectId,
      depth: 0,
      pierce: true,
    });
    if (node.frameId && !node.contentDocument) {
      const frame = await this.#frameOfOtherProcess(node.frameId);
      return frame && documentOf(frame.session, frame.id);
    }
    const inside =
      node.contentDocument ??
      node.shadowRoots?.find(({ shadowRootType }) => shadowRootType !== 'user-agent');
    if (!inside) return undefined;
    const { backendNodeId } = inside;
    const { object } = await session.send('DOM.resolveNode', { backendNodeId });
    const frameId = node.frameId ?? from.frameId;
    return object.objectId ? { session, objectId: object.objectId, frameId } : undefined;
  }

  /** By the browser's id of the frame: a page may show as many copies of an address as it likes. */
  async #frameOfOtherProcess(id: string): Promise<FrameSession | undefined> {
    return (await this.framesOfOtherProcesses()).find((each) => each.id === id);
  }

  async framesOfOtherProcesses(): Promise<FrameSession[]> {
    const all: FrameSession[] = [];
    for (const frame of this.#page.frames()) {
      const known = this.#frames.get(frame) ?? (await this.#attach(frame));
      if (known) all.push(known);
    }
    return all;
  }

  async #attach(frame: Frame): Promise<FrameSession | undefined> {
    if (frame === this.#page.mainFrame()) return undefined;
    try {
      // Fails for a frame in the process of its parent, which it may leave at its next navigation.
      const session = await this.#page.context().newCDPSession(frame);
      const known = { frame, session, id: await frameIdOf(session) };
      this.#frames.set(frame, known);
      session.on('close', () => this.#frames.delete(frame));
      return known;
    } catch {
      return undefined;
    }
  }

  #topFrame(): Promise<{ session: CDPSession; id: string }> {
    this.#top ??= this.#page
      .context()
      .newCDPSession(this.#page)
      .then(async (session) => ({ session, id: await frameIdOf(session) }));
    return this.#top;
  }
}

/** The same root as an isolated world of its frame sees it, which can evaluate unseen by the page. */
export async function inIsolatedWorld(
  { session, objectId, frameId }: ChromiumRoot,
  worldName: string,
  preparation: string,
): Promise<ChromiumRoot> {
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId,
    worldName,
  });
  await session.send('Runtime.evaluate', {
    expression: preparation,
    contextId: executionContextId,
  });
  const { node } = await session.send('DOM.describeNode', { objectId, depth: 0 });
  const { object } = await session.send('DOM.resolveNode', {
    backendNodeId: node.backendNodeId,
    executionContextId,
  });
  if (!object.objectId) throw new Error(`The world ${worldName} does not see the root.`);
  return { session, objectId: object.objectId, frameId };
}

/** Calls the function with this source text with the root and the arguments. */
export async function callOn<T>(
  { session, objectId }: ChromiumRoot,
  source: string,
  args: unknown[],
): Promise<T> {
  const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: `function (...args) { return (${source})(this, ...args); }`,
    arguments: args.map((value) => ({ value })),
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  if (exceptionDetails) throw new Error(exceptionText(exceptionDetails));
  return result.value;
}

async function documentOf(session: CDPSession, frameId: string): Promise<ChromiumRoot | undefined> {
  const { result } = await session.send('Runtime.evaluate', { expression: 'document' });
  return result.objectId ? { session, objectId: result.objectId, frameId } : undefined;
}

async function frameIdOf(session: CDPSession): Promise<string> {
  return (await session.send('Page.getFrameTree')).frameTree.frame.id;
}
