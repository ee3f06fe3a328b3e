/** Expressions for `Tab.evaluate`: what a document says of when it was on the screen. */

/** Resolves after so many ms. */
export const wait = (ms: number): string => `new Promise((done) => setTimeout(done, ${ms}))`;

/**
 * Epoch ms at which what the product, or a control, marked was on the screen; waits for it. The mark says
 * when the frame was painted. Where that was the document's first, the browser's own entry may be later:
 * Chromium's says when it was on the screen, Firefox's when the frame began.
 */
export const paintOf = (name: 'figures' | 'shown'): string => `new Promise((done) => {
  let mark, paint;
  const observer = new PerformanceObserver((list) => {
    mark ??= list.getEntriesByName('crosstrack-${name}')[0];
    paint ??= list.getEntriesByName('first-contentful-paint')[0];
    if (!mark || !paint) return;
    observer.disconnect();
    done(performance.timeOrigin + Math.max(mark.startTime, paint.startTime));
  });
  for (const type of ['mark', 'paint']) observer.observe({ type, buffered: true });
})`;

/** Epoch ms of the first press in the page; an event that was stopped counts too. */
export const FIRST_PRESS = `new Promise((done) => {
  new PerformanceObserver((list) => {
    done(performance.timeOrigin + list.getEntries()[0].startTime);
  }).observe({ type: 'first-input', buffered: true });
})`;

/** Sum of the layout shifts from an epoch ms on; null where the browser does not tell them. */
export const shiftsSince = (from: number): string =>
  entries('layout-shift', from, 'all.reduce((sum, { value }) => sum + value, 0)');

/** The longest task from an epoch ms on, 0 for none over 50 ms; null where the browser does not tell. */
export const longestTaskSince = (from: number): string =>
  entries('longtask', from, 'Math.max(0, ...all.map(({ duration }) => duration))');

function entries(type: string, from: number, sum: string): string {
  return `new Promise((done) => {
    if (!PerformanceObserver.supportedEntryTypes.includes('${type}')) return done(null);
    const all = [];
    new PerformanceObserver((list) => {
      all.push(...list.getEntries().filter(({ startTime }) => performance.timeOrigin + startTime >= ${from}));
    }).observe({ type: '${type}', buffered: true });
    setTimeout(() => done(${sum}), 100);
  })`;
}

/** Epoch ms at which the document's first byte was there: before that the browser makes room for it. */
export const DOCUMENT_START = `(() => {
  const [{ responseStart }] = performance.getEntriesByType('navigation');
  return performance.timeOrigin + responseStart;
})()`;
