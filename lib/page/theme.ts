import type { Theme } from './protocol.ts';

/** Between a light page and a dark one; perceived lightness, 0–1. */
const MIDDLE = 0.5;

/** How light a computed colour is, 0–1; null where nothing is painted. */
export function lightnessOf(color: string): number | null {
  // Not the digits in names of colour spaces: display-p3, xyz-d65.
  const parts = (color.match(/(?<![\w.-])(?:none|-?[\d.]+(?:e-?\d+)?%?)/g) ?? []).map((part) => {
    const value = part === 'none' ? 0 : Number.parseFloat(part);
    return part.endsWith('%') ? value / 100 : value;
  });
  const [a = 0, b = 0, c = 0, alpha = 1] = parts;
  if (parts.length < 3 || alpha < 0.5) return null;
  if (color.startsWith('okl')) return a;
  if (/^l(?:ab|ch)/.test(color)) return a / 100;
  // The gamma of sRGB is near enough to how lightness is perceived.
  const most = color.startsWith('rgb') ? 255 : 1;
  return (0.299 * a + 0.587 * b + 0.114 * c) / most;
}

/** Is the page under the panel light or dark? By what it paints, else by what it says it does. */
export function pageTheme(): Theme {
  for (const element of [document.body, document.documentElement]) {
    const lightness = element && lightnessOf(getComputedStyle(element).backgroundColor);
    if (typeof lightness === 'number') return lightness < MIDDLE ? 'dark' : 'light';
  }
  const { colorScheme } = getComputedStyle(document.documentElement);
  if (!colorScheme.includes('dark')) return 'light';
  if (!colorScheme.includes('light')) return 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
