import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { handoff } from '../../lib/page/handoff.ts';
import { pageRecognisers } from '../../lib/trackers/page-recognisers.ts';
import { startDetector } from './detector.ts';

/**
 * The detector, a content script registered at run time for connections' hosts only; see
 * `lib/background/tabs/detector.ts`. It is an unlisted script, because WXT's content scripts
 * announce themselves to the page and let it stop them.
 */
export default defineUnlistedScript(() => {
  if (handoff.crosstrackProbe) {
    delete handoff.crosstrackProbe;
    const evidence = { url: new URL(location.href), title: document.title, document };
    return pageRecognisers.find((page) => page.recognise(evidence) !== null)?.tracker ?? null;
  }
  if (handoff.crosstrackStarted) return;
  handoff.crosstrackStarted = true;
  startDetector(pageRecognisers, () => delete handoff.crosstrackStarted);
});
