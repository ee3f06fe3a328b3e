/**
 * Scripts that run with the browser's own rights (Marionette's "chrome" context, allowed by
 * `--remote-allow-system-access`). Each is the body of an async function; `args` are its arguments.
 * They use Firefox's internals, which have no types and no promise to stay: all of them are here.
 */

/** Starts a line on stdout that is meant for the driver: what follows is JSON. */
export const REPORT_MARK = '@crosstrack ';

/**
 * Runs in every process: reports what is written to a console, also what was before. Uncaught errors
 * do not come this way.
 */
const REPORT_CONSOLE = `
  const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
  const show = (value) => {
    if (typeof value !== 'object' || value === null) return String(value);
    try {
      const plain = Cu.waiveXrays(value);
      if (plain.stack && plain.message) return plain.name + ': ' + plain.message;
      return JSON.stringify(plain);
    } catch { return '[object]'; }
  };
  const report = (wrapped) => {
    const event = wrapped.wrappedJSObject ?? wrapped;
    // The browser's own; what is evaluated in a background or a content script names no address.
    if (/^(chrome|resource|about):/.test(event.filename)) return;
    const line = { level: event.level, text: [...event.arguments].map(show).join(' '), url: event.filename };
    dump(${JSON.stringify(REPORT_MARK)} + JSON.stringify({ console: line }) + '\\n');
  };
  for (const event of storage.getEvents()) report(event);
  storage.addLogEventListener(report, Cc['@mozilla.org/systemprincipal;1'].createInstance(Ci.nsIPrincipal));
`;

/**
 * args: [add-on id]. Reports console lines, uncaught errors and http(s) requests on stdout, since
 * Marionette itself has no events.
 */
export const START_REPORTS = `
  const [addonId] = args;
  const report = (what) => dump(${JSON.stringify(REPORT_MARK)} + JSON.stringify(what) + '\\n');

  // Otherwise the parent process refuses a script from a data: address.
  Services.prefs.setBoolPref('security.allow_parent_unrestricted_js_loads', true);
  Services.ppmm.loadProcessScript('data:,' + encodeURIComponent(${JSON.stringify(`{${REPORT_CONSOLE}}`)}), true);

  Services.console.registerListener({
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return;
      if (!/^(https?|moz-extension):/.test(message.sourceName)) return;
      const warning = message.flags & Ci.nsIScriptError.warningFlag;
      const uncaught = message.category === 'content javascript';
      const level = warning ? 'warn' : uncaught ? 'exception' : 'error';
      report({ console: { level, text: message.errorMessage, url: message.sourceName } });
    },
  });

  const bodyOf = (channel) => {
    try {
      // A clone: reading to the end closes the stream, and the request would go out empty.
      const { uploadStream } = channel.QueryInterface(Ci.nsIUploadChannel);
      const stream = uploadStream.QueryInterface(Ci.nsICloneableInputStream).clone();
      const { NetUtil } = ChromeUtils.importESModule('resource://gre/modules/NetUtil.sys.mjs');
      return NetUtil.readInputStreamToString(stream, stream.available(), { charset: 'UTF-8' });
    } catch { return null; }
  };
  // All that there were: one that is ending is among the views no more while its last requests leave.
  const backgrounds = new Set();
  const isBackground = (info) => {
    const views = WebExtensionPolicy.getByID(addonId)?.extension?.views ?? [];
    for (const view of views) {
      if (view.viewType === 'background') backgrounds.add(view.xulBrowser?.browsingContext?.id);
    }
    return backgrounds.has(info.browsingContextID);
  };
  Services.obs.addObserver({
    observe(subject) {
      const channel = subject.QueryInterface(Ci.nsIHttpChannel);
      const info = channel.loadInfo;
      const isPage = info.externalContentPolicyType === Ci.nsIContentPolicy.TYPE_DOCUMENT;
      if (!isPage && (!info.loadingPrincipal || info.loadingPrincipal.isSystemPrincipal)) return;
      if (info.internalContentPolicyType === Ci.nsIContentPolicy.TYPE_INTERNAL_IMAGE_FAVICON) return;
      const headers = {};
      channel.visitRequestHeaders((name, value) => { headers[name.toLowerCase()] = value; });
      report({ request: {
        url: channel.URI.spec,
        method: channel.requestMethod,
        headers,
        body: bodyOf(channel),
        from: isBackground(info) ? 'background' : 'page',
      } });
    },
  }, 'http-on-modify-request');
`;

/** args: [locale]. There is no language pack, so Firefox is told that it has that language. */
export const SET_LOCALE = `
  const [locale] = args;
  Services.locale.availableLocales = [...new Set([locale, 'en-US'])];
  Services.locale.requestedLocales = [locale];
`;

/** args: [add-on id]. Ends the event page. */
export const STOP_BACKGROUND = `
  const { extension } = WebExtensionPolicy.getByID(args[0]);
  await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
  return extension.backgroundState;
`;

/** args: [add-on id]. Installs the add-on anew in place and waits for its event page. */
export const RELOAD_ADDON = `
  const [addonId] = args;
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  const addon = await AddonManager.getAddonByID(addonId);
  await addon.reload();
  const { extension } = WebExtensionPolicy.getByID(addonId);
  await extension.wakeupBackground();
`;

/** args: [add-on id, expression]. Wakes the event page and lets Marionette's own actor evaluate in it. */
export const RUN_IN_BACKGROUND = `
  const [addonId, expression] = args;
  const { extension } = WebExtensionPolicy.getByID(addonId);
  await extension.wakeupBackground();
  const view = [...extension.views].find((each) => each.viewType === 'background');
  const actor = view.xulBrowser.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
  const options = { sandboxName: null, newSandbox: true, timeout: 10000 };
  return actor.executeScript('return (' + expression + '\\n)', [], options);
`;

/** args: [add-on id, command]. The shortcut of a command, null for none. */
export const FIND_SHORTCUT = `
  const { extension } = WebExtensionPolicy.getByID(args[0]);
  const commands = await extension.shortcuts.allCommands();
  return commands.find((each) => each.name === args[1])?.shortcut || null;
`;

/**
 * args: [{key, code, keyCode}, names of modifiers]. Presses a key in the window, which passes it on
 * to the frame that has the focus. WebDriver's key actions know the keys of the US layout only.
 */
export const PRESS_CODE = `
  const [stroke, modifiers] = args;
  const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
  if (!processor.beginInputTransactionForTests(window)) throw new Error('Another input method is at work.');
  const modifierKeys = modifiers.map((key) => new window.KeyboardEvent('', { key, code: key + 'Left' }));
  const key = new window.KeyboardEvent('', stroke);
  for (const each of [...modifierKeys, key]) processor.keydown(each);
  for (const each of [key, ...modifierKeys.reverse()]) processor.keyup(each);
`;

export const READ_CLIPBOARD = `
  const transferable = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
  transferable.init(null);
  transferable.addDataFlavor('text/plain');
  Services.clipboard.getData(transferable, Services.clipboard.kGlobalClipboard);
  try {
    const data = {};
    transferable.getTransferData('text/plain', data);
    return data.value.QueryInterface(Ci.nsISupportsString).data;
  } catch { return ''; }
`;

/** Paths of finished downloads. The folder does not tell: Firefox holds each name with an empty file at first. */
export const FINISHED_DOWNLOADS = `
  const { Downloads } = ChromeUtils.importESModule('resource://gre/modules/Downloads.sys.mjs');
  const list = await Downloads.getList(Downloads.ALL);
  const all = await list.getAll();
  return all.filter((each) => each.succeeded).map((each) => each.target.path);
`;

/** args: ['light' or 'dark'] */
export const SET_THEME = `
  const scheme = args[0] === 'dark' ? 0 : 1;
  Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', scheme);
`;

/** args: [width, height]. Sizes the selected tab's content, whatever the size of the window. */
export const SIZE_SELECTED_TAB = `
  const [width, height] = args;
  const { style } = window.gBrowser.selectedBrowser;
  for (const [name, value] of [['width', width], ['height', height]]) {
    for (const limit of ['', 'min-', 'max-']) style.setProperty(limit + name, value + 'px');
  }
`;

/** Throws away, in all processes, what nobody holds any more, and keeps no page for going back. */
export const COLLECT_GARBAGE = `
  Services.prefs.setIntPref('browser.sessionhistory.max_total_viewers', 0);
  const done = Promise.withResolvers();
  let left = Services.ppmm.childCount;
  const count = () => { if (--left === 0) done.resolve(); };
  // A process that ends meanwhile does not answer.
  const timer = window.setTimeout(done.resolve, 5000);
  Services.ppmm.addMessageListener('crosstrack:collected', count);
  const collect = "for (let time = 0; time < 2; time++) { Cu.forceGC(); Cu.forceCC(); } sendAsyncMessage('crosstrack:collected');";
  Services.ppmm.loadProcessScript('data:,' + encodeURIComponent('{' + collect + '}'), false);
  await done.promise;
  window.clearTimeout(timer);
  Services.ppmm.removeMessageListener('crosstrack:collected', count);
`;

/** Number of the process of the selected tab's page. */
export const PAGE_PROCESS = `
  return window.gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid;
`;

/** args: [PNG in base64, box]. Cuts a box out of a picture; answers base64 again. */
export const CROP = `
  const [png, { x, y, width, height }] = args;
  const bytes = Uint8Array.from(window.atob(png), (char) => char.charCodeAt(0));
  const picture = await window.createImageBitmap(new window.Blob([bytes], { type: 'image/png' }));
  const canvas = window.document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
  canvas.width = Math.ceil(width);
  canvas.height = Math.ceil(height);
  canvas.getContext('2d').drawImage(picture, -x, -y);
  return canvas.toDataURL('image/png').split(',')[1];
`;
