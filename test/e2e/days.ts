export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * Days of a month of 2026. The simulators and the extension begin anew with each test; a month, or
 * a part of one, for each spec makes its requests easy to tell.
 */
export const daysOf =
  (month: string) =>
  (first: number, last = first): Days => {
    const date = (day: number) => `2026-${month}-${String(day).padStart(2, '0')}`;
    return { from: date(first), to: date(last) };
  };
