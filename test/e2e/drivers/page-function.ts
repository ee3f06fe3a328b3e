import type { Box } from './driver.ts';

export interface Query {
  selector: string;
  text: string | null;
  pattern: { source: string; flags: string } | null;
  nth: number;
}

export type Deed =
  | { kind: 'look' }
  /** Scrolls the element into view where needed and says where a click would land. */
  | { kind: 'aim' }
  | { kind: 'focus'; caret: 'keep' | 'end' | 'all' }
  /** For what cannot be typed: date fields, colours, `<select>`. Sends `input` and `change`. */
  | { kind: 'set'; value: string };

/** What is known of the matching elements after the deed. */
export interface Sight {
  texts: string[];
  /** The match to act on; null when there are not that many. */
  element: ElementSight | null;
}

export interface ElementSight {
  tag: string;
  type: string;
  visible: boolean;
  enabled: boolean;
  checked: boolean;
  value: string;
  /** Values of a `<select>`. */
  choices: string[];
  attributes: Record<string, string>;
  box: Box;
  /** Only of 'aim': the point to click at, and what lies over the element there, if something does. */
  aim: { x: number; y: number; coveredBy: string | null } | null;
}

/**
 * Runs in the page, where it is sent as source text: it must stand alone, and take and return JSON
 * besides `root`, the document or a shadow root.
 */
export function actInPage(root: Document | ShadowRoot, query: Query, deed: Deed): Sight {
  const shownText = (element: Element) =>
    ((element instanceof HTMLElement && element.innerText) || element.textContent || '')
      .replace(/\s+/g, ' ')
      .trim();
  const pattern = query.pattern && new RegExp(query.pattern.source, query.pattern.flags);
  const middle = (element: Element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const cover = (element: Element) => {
    const { x, y } = middle(element);
    const hit = root.elementFromPoint(x, y);
    if (!hit) return 'nothing: it is outside the viewport or lets clicks through';
    const label = hit.closest('label');
    if (element.contains(hit) || (label && label.control === element)) return null;
    return `<${hit.localName} id="${hit.id}" class="${hit.getAttribute('class') ?? ''}">`;
  };

  const matches = [...root.querySelectorAll(query.selector)].filter((candidate) => {
    if (query.text === null && pattern === null) return true;
    const text = shownText(candidate);
    return (query.text === null || text.includes(query.text)) && (!pattern || pattern.test(text));
  });
  const element = matches[query.nth];
  if (!element) return { texts: matches.map(shownText), element: null };

  let aim: ElementSight['aim'] = null;
  if (deed.kind === 'aim') {
    if (cover(element)) {
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    }
    aim = { ...middle(element), coveredBy: cover(element) };
  }
  if (deed.kind === 'focus' && element instanceof HTMLElement) {
    element.focus();
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      if (deed.caret === 'all') element.select();
      if (deed.caret === 'end') {
        try {
          element.setSelectionRange(element.value.length, element.value.length);
        } catch {
          // Number and e-mail fields have no caret to set.
        }
      }
    }
  }
  if (deed.kind === 'set') {
    const prototype = Object.getPrototypeOf(element);
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, deed.value);
    element.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }

  const { x, y, width, height } = element.getBoundingClientRect();
  const value = 'value' in element ? String(element.value) : '';
  return {
    texts: matches.map(shownText),
    element: {
      tag: element.localName,
      type: element.getAttribute('type') ?? '',
      visible: width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible',
      enabled: !element.matches(':disabled') && element.getAttribute('aria-disabled') !== 'true',
      checked:
        ('checked' in element && element.checked === true) ||
        element.getAttribute('aria-checked') === 'true',
      value,
      choices:
        element instanceof HTMLSelectElement
          ? [...element.options].filter((option) => !option.disabled).map((option) => option.value)
          : [],
      attributes: Object.fromEntries(
        [...element.attributes].map((each) => [each.name, each.value]),
      ),
      box: { x, y, width, height },
      aim,
    },
  };
}
