/** A value of a request, as a tracker's interface description defines it. */
export interface Field {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  /** Must every request have it? Default no. */
  readonly required?: true;
  /** The only values that it takes. */
  readonly enum?: ReadonlyArray<string | number | boolean>;
  /** What a string must match. */
  readonly pattern?: RegExp;
  /** Limits of a number, inclusive. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** Elements of an array. Those of a query are its repeated parameters. */
  readonly items?: Field;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Properties of an object; others are faults. */
  readonly fields?: Fields;
  /** An object of any names that match, each with such a value. */
  readonly map?: readonly [name: RegExp, value: Field];
  /** Takes either this or the other form. */
  readonly or?: Field;
}

export type Fields = Readonly<Record<string, Field>>;

/** One request of the description. */
export interface Operation {
  readonly method: string;
  /** Below the API base; `{…}` stands for one segment: `/campaigns/{id}`. */
  readonly path: string;
  readonly query?: Fields;
  /** Of the JSON body; a request without these has no JSON body. */
  readonly body?: Field;
  /** Of a body of form pairs, likewise. */
  readonly form?: Fields;
  /** Are the names of the form's pairs paths, as PHP reads them: `list[0][offer]`? */
  readonly nested?: true;
}

export type Description = readonly Operation[];

/** A request as it was sent, its path below the API base. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: ReadonlyArray<readonly [string, string]>;
  readonly body?: unknown;
  readonly form?: ReadonlyArray<readonly [string, string]>;
}

/** What a request has against the description; of several operations, against the one that it fits best. */
export function faultsOf(description: Description, request: SentRequest): string[] {
  const candidates = description.filter(
    ({ method, path }) =>
      method === request.method &&
      new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(
        request.path,
      ),
  );
  if (candidates.length === 0) return [`${request.method} ${request.path} is not described`];
  return candidates
    .map((operation) => [
      ...faultsOfPairs('query', operation.query ?? {}, request.query),
      ...(operation.nested ? faultsOfPaths : faultsOfPairs)(
        'form',
        operation.form ?? {},
        request.form ?? [],
      ),
      ...faultsOfBody(operation.body, request.body),
    ])
    .reduce((best, faults) => (faults.length < best.length ? faults : best));
}

function faultsOfBody(field: Field | undefined, body: unknown): string[] {
  if (field !== undefined) return faultsOfValue('body', field, body);
  return body === undefined ? [] : ['body is not described'];
}

/** Pairs of a query or a form: all values are text, and an array is a repeated name. */
function faultsOfPairs(
  where: string,
  fields: Fields,
  pairs: ReadonlyArray<readonly [string, string]>,
): string[] {
  const given: Record<string, unknown> = {};
  for (const [name, text] of pairs) {
    const field = fields[name];
    const value = valueIn(field?.type === 'array' ? field.items : field, text);
    const former = given[name];
    given[name] =
      field?.type === 'array' ? [...(Array.isArray(former) ? former : []), value] : value;
    if (former !== undefined && field?.type !== 'array') return [`${where}.${name} is repeated`];
  }
  return faultsOfValue(where, { type: 'object', fields }, given);
}

/** Pairs whose names are paths; a list has the indexes from 0 on as its keys. */
function faultsOfPaths(
  where: string,
  fields: Fields,
  pairs: ReadonlyArray<readonly [string, string]>,
): string[] {
  const tree: Tree = new Map();
  for (const [name, text] of pairs) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop() ?? '';
    let at = tree;
    for (const part of path) {
      const below = at.get(part);
      const next: Tree = below instanceof Map ? below : new Map();
      at.set(part, next);
      at = next;
    }
    if (at.has(last)) return [`${where}.${name} is repeated`];
    at.set(last, text);
  }
  const root: Field = { type: 'object', fields };
  return faultsOfValue(where, root, valueAt(root, tree));
}

type Tree = Map<string, string | Tree>;

function valueAt(field: Field | undefined, node: string | Tree | undefined): unknown {
  if (node === undefined || typeof node === 'string') return node && valueIn(field, node);
  if (field?.type !== 'array') {
    return Object.fromEntries(
      [...node].map(([name, below]) => [name, valueAt(field?.fields?.[name], below)]),
    );
  }
  const indexes = Array.from({ length: node.size }, (_, index) => String(index));
  return indexes.every((index) => node.has(index))
    ? indexes.map((index) => valueAt(field.items, node.get(index)))
    : 'not a list';
}

/** Text as the value that its field makes of it; left as text where it is none. */
function valueIn(field: Field | undefined, text: string): unknown {
  if (field?.type === 'boolean')
    return { true: true, false: false, 1: true, 0: false }[text] ?? text;
  const isNumber = field?.type === 'integer' || field?.type === 'number';
  return isNumber && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

function faultsOfValue(where: string, field: Field, value: unknown): string[] {
  if (value === undefined) return field.required ? [`${where} is required`] : [];
  const faults = faultsOfForm(where, field, value);
  if (faults.length === 0 || field.or === undefined) return faults;
  return faultsOfValue(where, field.or, value);
}

function faultsOfForm(where: string, field: Field, value: unknown): string[] {
  if (!isOfType(field.type, value)) return [`${where} is no ${field.type}`];
  if (field.enum && !field.enum.includes(value as string)) return [`${where} is ${value}`];
  if (field.pattern && !field.pattern.test(String(value))) return [`${where} is “${value}”`];
  const [least, most] = [field.minimum ?? -Infinity, field.maximum ?? Infinity];
  if (typeof value === 'number' && (value < least || value > most)) return [`${where} is ${value}`];
  if (Array.isArray(value)) return faultsOfItems(where, field, value);
  return typeof value === 'object' ? faultsOfObject(where, field, Object(value)) : [];
}

function isOfType(type: Field['type'], value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function faultsOfItems(where: string, field: Field, values: readonly unknown[]): string[] {
  const { items, minItems = 0, maxItems = Infinity } = field;
  if (values.length < minItems || values.length > maxItems) {
    return [`${where} has ${values.length} elements`];
  }
  return items === undefined
    ? []
    : values.flatMap((value, index) => faultsOfValue(`${where}.${index}`, items, value));
}

function faultsOfObject(
  where: string,
  { fields = {}, map }: Field,
  value: Readonly<Record<string, unknown>>,
): string[] {
  const unknown = Object.keys(value).filter((name) => !(name in fields) && !map?.[0].test(name));
  return [
    ...unknown.map((name) => `${where}.${name} is not described`),
    ...Object.entries(fields).flatMap(([name, field]) =>
      faultsOfValue(`${where}.${name}`, field, value[name]),
    ),
    ...(map === undefined
      ? []
      : Object.entries(value)
          .filter(([name]) => map[0].test(name) && !(name in fields))
          .flatMap(([name, each]) => faultsOfValue(`${where}.${name}`, map[1], each))),
  ];
}
