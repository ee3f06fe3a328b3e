/** What the detector needs of the browser. Both browsers answer these with promises by themselves. */
interface PageBrowser {
  readonly runtime: {
    /** Gone after an update or the removal of the extension. */
    readonly id?: string;
    getURL(path: string): string;
    sendMessage(message: unknown): Promise<unknown>;
    readonly onMessage: {
      addListener(listener: Hear): void;
      removeListener(listener: Hear): void;
    };
  };
  readonly i18n: { getMessage(key: string, values?: string[]): string };
}
/** Answers by `reply` after it returned true. */
type Hear = (
  message: unknown,
  sender: { readonly id?: string; readonly tab?: unknown },
  reply: (answer: unknown) => void,
) => true | undefined;

const { browser, chrome } = globalThis as unknown as {
  readonly browser?: PageBrowser;
  readonly chrome: PageBrowser;
};

/** The browser's API object on a tracker's page, where the polyfill would be dead weight. */
export const pageBrowser: PageBrowser = browser ?? chrome;
