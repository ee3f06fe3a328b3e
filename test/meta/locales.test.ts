import { describe, expect, test } from 'vitest';
import en from '../../public/_locales/en/messages.json' with { type: 'json' };
import ru from '../../public/_locales/ru/messages.json' with { type: 'json' };
import { sourceFiles } from './source-files.ts';

type Messages = Record<string, { message: string }>;
const english: Messages = en;
const russian: Messages = ru;
const keys = Object.keys(english);

const sources = ['entrypoints', 'components', 'lib']
  .flatMap((folder) => sourceFiles(folder, ['.ts', '.tsx', '.html']))
  .concat(sourceFiles('.', ['wxt.config.ts']).filter(({ path }) => path === 'wxt.config.ts'));
const allText = sources.map(({ text }) => text).join('\n');

const placeholders = (text: string) => [...new Set(text.match(/\$[1-9]/g))].sort();

describe('texts', () => {
  test('English and Russian have the same keys', () => {
    expect(Object.keys(russian).sort()).toEqual([...keys].sort());
    expect(keys.length).toBeGreaterThan(100);
  });

  test('no text is empty, and both languages use the same placeholders', () => {
    for (const key of keys) {
      const [a, b] = [english[key]?.message ?? '', russian[key]?.message ?? ''];
      expect(a.trim(), key).not.toBe('');
      expect(b.trim(), key).not.toBe('');
      expect(placeholders(b), key).toEqual(placeholders(a));
    }
  });

  test('keys are of the form that the browsers take', () => {
    expect(keys.filter((key) => !/^[A-Za-z0-9_@]+$/.test(key))).toEqual([]);
  });

  test('every key that the code names has a text', () => {
    const named = [...allText.matchAll(/\bt\(\s*['"]([A-Za-z0-9_]+)['"]/g)].map(([, key]) => key);
    const manifest = [...allText.matchAll(/__MSG_([A-Za-z0-9_]+)__/g)].map(([, key]) => key);
    const texts = [...allText.matchAll(/\btext:\s*['"]([a-z0-9_]+)['"]/gi)].map(([, key]) => key);
    const missing = [...named, ...manifest, ...texts].filter((key) => !key || !english[key]);
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(50);
  });

  test('every text is used', () => {
    // A key is used when it is named whole, or made of a prefix that the code names in a template.
    const prefixes = [...allText.matchAll(/[`'"]([A-Za-z][A-Za-z0-9_]*_)(?:\$\{|['"]\s*\+)/g)].map(
      ([, prefix]) => prefix ?? '',
    );
    const used = (key: string) =>
      new RegExp(`['"\`_]${key}(?:['"\`]|__)`).test(allText) ||
      new RegExp(`['"\`]${key.replace(/_(one|few|many|other)$/, '')}['"\`]`).test(allText) ||
      prefixes.some((prefix) => key.startsWith(prefix));
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });
});
