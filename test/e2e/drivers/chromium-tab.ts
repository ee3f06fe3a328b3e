import type { CDPSession, Page } from '@playwright/test';
import { axeSource, runAxe } from './axe.ts';
import { exceptionText } from './chromium-worker.ts';
import type { AxeOptions, AxeViolation, ElementOptions, Locator, Size, Tab } from './driver.ts';
import { parseChord } from './keys.ts';
import { type Hands, PageLocator } from './page-locator.ts';
import { until } from './until.ts';

/** Errors of DevTools calls that mean "the page is just changing": look again. */
const PAGE_CHANGING =
  /Cannot find (context|object)|context was destroyed|navigated|Node with given id|does not belong|detached/i;

/**
 * A tab of Chromium. Playwright's locators cannot enter closed shadow roots, so elements are reached
 * by DevTools calls: `DOM.describeNode` tells a host's root whatever its mode, `DOM.resolveNode`
 * gives the object to call functions on. Mouse and keys are Playwright's, which are trusted events.
 */
export class ChromiumTab implements Tab, Hands {
  readonly page: Page;
  #session: Promise<CDPSession> | undefined;

  constructor(page: Page) {
    this.page = page;
  }

  async url(): Promise<string> {
    return this.page.url();
  }

  title(): Promise<string> {
    return this.page.title();
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  close(): Promise<void> {
    return this.page.close();
  }

  focus(): Promise<void> {
    return this.page.bringToFront();
  }

  element(selector: string, options?: ElementOptions): Locator {
    return new PageLocator(this, selector, options);
  }

  async press(keys: string): Promise<void> {
    const { modifiers, key } = parseChord(keys);
    await this.page.keyboard.press([...modifiers, key].join('+'));
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  insert(text: string): Promise<void> {
    return this.page.keyboard.insertText(text);
  }

  click(x: number, y: number): Promise<void> {
    return this.page.mouse.click(x, y);
  }

  move(x: number, y: number): Promise<void> {
    return this.page.mouse.move(x, y);
  }

  /** By DevTools, not by `page.evaluate`, which the content security policy of extension pages stops. */
  async evaluate<T>(expression: string): Promise<T> {
    const session = await this.#devtools();
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionText(exceptionDetails));
    return result.value;
  }

  async callInRoot<T>(
    within: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined> {
    try {
      return await this.#call<T>(await this.#root(within), source, args);
    } catch (error) {
      if (error instanceof Error && PAGE_CHANGING.test(error.message)) return undefined;
      throw error;
    }
  }

  async screenshot(
    path: string,
    { fullPage = false, element }: { fullPage?: boolean; element?: Locator } = {},
  ): Promise<void> {
    if (element instanceof PageLocator) {
      await this.page.screenshot({ path, clip: await element.boxInView() });
      return;
    }
    await this.page.screenshot({ path, fullPage });
  }

  setViewport(size: Size): Promise<void> {
    return this.page.setViewportSize(size);
  }

  /** In a world of its own, where neither axe nor the opened shadow root can be seen by the page. */
  async axe({ within, without = [] }: AxeOptions = {}): Promise<AxeViolation[]> {
    const session = await this.#devtools();
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'axe',
    });
    await session.send('Runtime.evaluate', {
      expression: await axeSource(),
      contextId: executionContextId,
    });
    const root = await until(`a shadow root in ${within}`, () =>
      this.#root(within, executionContextId),
    );
    return (await this.#call<AxeViolation[]>(root, String(runAxe), [without])) ?? [];
  }

  #devtools(): Promise<CDPSession> {
    this.#session ??= this.page.context().newCDPSession(this.page);
    return this.#session;
  }

  /** Object id of the document or shadow root, in the main world or another; undefined for none. */
  async #root(within: string | undefined, contextId?: number): Promise<string | undefined> {
    const session = await this.#devtools();
    const world = contextId === undefined ? {} : { contextId };
    const { result } = await session.send('Runtime.evaluate', { expression: 'document', ...world });
    let root = result.objectId;
    for (const selector of within?.split(' >> ') ?? []) {
      if (!root) return undefined;
      const host = await session.send('Runtime.callFunctionOn', {
        objectId: root,
        functionDeclaration: 'function (selector) { return this.querySelector(selector); }',
        arguments: [{ value: selector }],
      });
      if (!host.result.objectId) return undefined;
      const { node } = await session.send('DOM.describeNode', {
        objectId: host.result.objectId,
        depth: 0,
        pierce: true,
      });
      const shadow = node.shadowRoots?.find(
        ({ shadowRootType }) => shadowRootType !== 'user-agent',
      );
      if (!shadow) return undefined;
      const { object } = await session.send('DOM.resolveNode', {
        backendNodeId: shadow.backendNodeId,
        ...(contextId === undefined ? {} : { executionContextId: contextId }),
      });
      root = object.objectId;
    }
    return root;
  }

  async #call<T>(
    root: string | undefined,
    source: string,
    args: unknown[],
  ): Promise<T | undefined> {
    if (!root) return undefined;
    const session = await this.#devtools();
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      objectId: root,
      functionDeclaration: `function (...args) { return (${source})(this, ...args); }`,
      arguments: args.map((value) => ({ value })),
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionText(exceptionDetails));
    return result.value;
  }
}
