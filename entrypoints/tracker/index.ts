import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { handoff } from '../../lib/page/handoff.ts';
import { pages } from '../../lib/trackers/pages.ts';
import { startDetector } from './detector.ts';

/**
 * The detector, registered at run time for the hosts of connections only; see
 * `lib/background/pages/detector.ts`. An unlisted script, because WXT's content scripts
 * tell the page of their start, and let it stop them.
 */
export default defineUnlistedScript(() => {
  if (handoff.crosstrackProbe) {
    delete handoff.crosstrackProbe;
    const evidence = { url: new URL(location.href), title: document.title, document };
    return pages.find((page) => page.recognise(evidence) !== null)?.tracker ?? null;
  }
  if (handoff.crosstrackStarted) return;
  handoff.crosstrackStarted = true;
  startDetector(pages, () => delete handoff.crosstrackStarted);
});
