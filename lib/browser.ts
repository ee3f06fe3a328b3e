import browser from 'webextension-polyfill';

/**
 * The browser's API object, promise-based in both browsers. The background and the extension's own
 * pages use only this module; the detector has `lib/page/runtime.ts`.
 */
export { browser };
