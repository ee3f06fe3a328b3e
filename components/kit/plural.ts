import { locale, type MessageKey, t } from '../../lib/i18n.ts';

/** Keys of texts with plural forms. */
type PluralKey = MessageKey extends infer K
  ? K extends `${infer Stem}_one`
    ? Stem
    : never
  : never;
const FORMS = ['one', 'few', 'many', 'other'] as const;

/** The text in the plural form for a count, which is $1. */
export function tn(key: PluralKey, count: number, ...values: Array<string | number>): string {
  const wanted = new Intl.PluralRules(locale()).select(count);
  const form = FORMS.find((one) => one === wanted) ?? 'other';
  return t(`${key}_${form}`, count, ...values);
}

/** "2nd", "2-е". */
export const ordinal = (place: number): string =>
  t(`ordinal_${new Intl.PluralRules(locale(), { type: 'ordinal' }).select(place)}`, place);
