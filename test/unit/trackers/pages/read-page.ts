/** Just enough of a document for recognition: well-formed HTML and the selectors it uses. */

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Array<Element | string>;
  readonly textContent: string;
  readonly value?: string;
}

const VOID = new Set(['link', 'meta', 'input', 'img', 'br']);
const TOKEN = /<!--[\s\S]*?-->|<![^>]*>|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|[^>"])*)>|([^<]+)/gi;
const ATTRIBUTE = /([a-z][a-z0-9-]*)(?:="([^"]*)")?/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
};

const plain = (text: string): string =>
  text.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

const all = (of: Element): Element[] =>
  of.children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...all(child)]));

function elementOf(name: string, written: string): Element {
  const attributes = new Map<string, string>();
  for (const [, attribute = '', value = ''] of written.matchAll(ATTRIBUTE)) {
    attributes.set(attribute.toLowerCase(), plain(value));
  }
  const children: Element['children'] = [];
  const element: Element = {
    name,
    attributes,
    children,
    get textContent() {
      return children
        .map((child) => (typeof child === 'string' ? child : child.textContent))
        .join('');
    },
  };
  if (name === 'input') return { ...element, value: attributes.get('value') ?? '' };
  if (name !== 'select') return element;
  return Object.defineProperty(element, 'value', {
    get: () => {
      const options = all(element);
      const chosen = options.find((option) => option.attributes.has('selected')) ?? options[0];
      return chosen?.attributes.get('value') ?? '';
    },
  });
}

const PART = /^(?:([a-z][a-z0-9-]*)|#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:([*^]?)="([^"]*)")?\])/i;

/** @throws Error for selectors that this reader does not know. */
function matches(element: Element, selector: string): boolean {
  let rest = selector;
  while (rest !== '') {
    const found = PART.exec(rest);
    if (found === null) throw new Error(`A selector that read-page.ts does not know: ${selector}`);
    const [part, name, id, className, attribute, how, wanted] = found;
    rest = rest.slice(part.length);
    const value = element.attributes.get(attribute ?? (id ? 'id' : 'class'));
    if (name !== undefined && element.name !== name) return false;
    if (id !== undefined && value !== id) return false;
    if (className !== undefined && !(value ?? '').split(' ').includes(className)) return false;
    if (attribute === undefined) continue;
    if (value === undefined) return false;
    if (wanted === undefined) continue;
    const fits =
      how === '*'
        ? value.includes(wanted)
        : how === '^'
          ? value.startsWith(wanted)
          : value === wanted;
    if (!fits) return false;
  }
  return true;
}

/** A saved page as the browser would give it to a content script. */
export function readPage(html: string): { title: string; document: ParentNode } {
  const root = elementOf('#document', '');
  const open = [root];
  for (const [, closing, written = '', attributes = '', text] of html.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? root;
    const name = written.toLowerCase();
    if (text !== undefined) parent.children.push(plain(text));
    else if (closing === '/') {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else if (name !== '') {
      const element = elementOf(name, attributes);
      parent.children.push(element);
      if (!VOID.has(name)) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is not closed`);
  const querySelector = (selector: string) => {
    const one = selector.split(',').map((part) => part.trim());
    return all(root).find((element) => one.some((part) => matches(element, part))) ?? null;
  };
  const title = querySelector('title')?.textContent ?? '';
  return { title, document: { querySelector } as unknown as ParentNode };
}
