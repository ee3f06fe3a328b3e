import { afterEach, expect, test } from 'vitest';
import { locale, provideMessages, t } from '../../lib/i18n.ts';

afterEach(() => provideMessages((key) => key, 'en'));

test('a text without values is looked up once, one with values each time, and other texts replace them', () => {
  const asked: string[] = [];
  const speak = (language: string) =>
    provideMessages((key, values = []) => {
      asked.push(key);
      return key === 'close' ? `${language} close` : `${language} ${values.join('-')}`;
    }, language);
  speak('en');
  expect([t('close'), t('close')]).toEqual(['en close', 'en close']);
  expect([t('pageTitle', 1), t('pageTitle', 'b')]).toEqual(['en 1', 'en b']);
  expect(asked).toEqual(['close', 'pageTitle', 'pageTitle']);
  speak('ru');
  expect(t('close')).toBe('ru close');
  expect(locale()).toBe('ru');
});

test('a key without a text stands for itself', () => {
  provideMessages(() => '', 'en');
  expect([t('close'), t('pageTitle', 'a')]).toEqual(['close', 'pageTitle']);
});
