import { afterEach, describe, expect, test } from 'vitest';
import { pageTheme } from '../../lib/page/theme.ts';

const html = document.documentElement;
afterEach(() => {
  html.removeAttribute('style');
  document.body.removeAttribute('style');
});

describe('the theme of a page', () => {
  test.each([
    ['#fff', 'light'],
    ['#111', 'dark'],
    ['hsl(220 30% 12%)', 'dark'],
    ['hsl(50 100% 90%)', 'light'],
    ['oklch(0.2 0.02 260)', 'dark'],
    ['lab(90 0 0)', 'light'],
    ['color(display-p3 0.1 0.1 0.1)', 'dark'],
    ['color-mix(in oklab, black 90%, white)', 'dark'],
    ['light-dark(#fff, #000)', 'light'],
  ])('whose body is %s is %s, and so it is whose root is', (color, theme) => {
    document.body.style.backgroundColor = color;
    // What the body paints lies over what the root does.
    html.style.backgroundColor = theme === 'dark' ? 'white' : 'black';
    expect(pageTheme()).toBe(theme);
    document.body.style.backgroundColor = 'transparent';
    html.style.backgroundColor = color;
    expect(pageTheme()).toBe(theme);
  });

  test.each([
    ['normal', 'light'],
    ['light', 'light'],
    ['dark', 'dark'],
    ['only dark', 'dark'],
  ])('that paints nothing and says color-scheme: %s is %s', (scheme, theme) => {
    html.style.colorScheme = scheme;
    expect(pageTheme()).toBe(theme);
  });

  test('that paints nothing and takes either is as the browser is', () => {
    html.style.colorScheme = 'light dark';
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    expect(pageTheme()).toBe(dark ? 'dark' : 'light');
  });
});
