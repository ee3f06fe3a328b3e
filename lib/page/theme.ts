import type { Theme } from './protocol.ts';

/** Perceived lightness (0–1) that divides dark pages from light ones. */
const MIDDLE = 0.5;

/** Perceived lightness (0–1) of a computed colour; null = transparent. */
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
  // sRGB's gamma is close enough to perceived lightness.
  const most = color.startsWith('rgb') ? 255 : 1;
  return (0.299 * a + 0.587 * b + 0.114 * c) / most;
}

/** The page's theme: by its background colour, else by its declared colour scheme. */
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
