import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Messages, readPackagedTexts } from '../../lib/packaged-texts.ts';

/** The package's files; rejects for one that is not there. */
const read = async (path: string): Promise<Messages> =>
  JSON.parse(await readFile(`public${path}`, 'utf8'));

test.each([
  ['en-US', 'en'],
  ['ru', 'ru'],
  ['ru_RU', 'ru'],
  ['xx', 'en'],
])('a browser in %s gets the texts in %s', async (uiLanguage, language) => {
  expect((await readPackagedTexts(read, uiLanguage)).language).toBe(language);
});

test('values take their places, a missing one leaves nothing, and none is read as a place', async () => {
  const files = async () => ({
    language: { message: 'en' },
    all: { message: '$2 of $1, $3.' },
  });
  const { lookup } = await readPackagedTexts(files, 'en');
  expect(lookup('all', ['$2', '3'])).toBe('3 of $2, .');
  expect(lookup('all')).toBe(' of , .');
  expect(lookup('absent')).toBe('');
});

test('without any file it fails, for whoever asked to say so', async () => {
  const nothing = () => Promise.reject(new Error('No file.'));
  await expect(readPackagedTexts(nothing, 'en')).rejects.toThrow('No file.');
});
