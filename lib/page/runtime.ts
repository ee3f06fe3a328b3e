/** The APIs that the detector needs; both browsers return promises from these natively. */
interface PageBrowser {
  readonly runtime: {
    /** undefined after the extension was updated or removed. */
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
/** A listener that returns true to answer later through `reply`. */
type Hear = (
  message: unknown,
  sender: { readonly id?: string; readonly tab?: unknown },
  reply: (answer: unknown) => void,
) => true | undefined;

const { browser, chrome } = globalThis as unknown as {
  readonly browser?: PageBrowser;
  readonly chrome: PageBrowser;
};

/** The browser's own API object, which spares tracker pages the polyfill. */
export const pageBrowser: PageBrowser = browser ?? chrome;
