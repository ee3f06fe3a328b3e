export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * Days of a month of 2026. Each spec has a month to itself, or a part of one, and each of its
 * tests has days of its own: none finds the costs, links or kept figures of another.
 */
export const daysOf =
  (month: string) =>
  (first: number, last = first): Days => {
    const date = (day: number) => `2026-${month}-${String(day).padStart(2, '0')}`;
    return { from: date(first), to: date(last) };
  };
