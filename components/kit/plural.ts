import { locale, type MessageKey, t } from '../../lib/i18n.ts';

/** Texts that depend on a number: those that have a form for one, and with it all others. */
type PluralKey = MessageKey extends infer K
  ? K extends `${infer Stem}_one`
    ? Stem
    : never
  : never;
const FORMS = ['one', 'few', 'many', 'other'] as const;

/** Text that depends on a number, in the form that the language has for it; the number is $1. */
export function tn(key: PluralKey, count: number, ...values: Array<string | number>): string {
  const wanted = new Intl.PluralRules(locale()).select(count);
  const form = FORMS.find((one) => one === wanted) ?? 'other';
  return t(`${key}_${form}`, count, ...values);
}
