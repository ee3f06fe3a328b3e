import browser from 'webextension-polyfill';

/**
 * The browser's API object, in promises in both browsers. The one module that
 * knows it, for the background and for the extension's own pages; the detector
 * has `lib/page/runtime.ts`.
 */
export { browser };
