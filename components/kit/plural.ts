import { locale, t } from '../../lib/i18n.ts';

/** Text that depends on a number: `key_one`, `key_few`, `key_many`, `key_other`; the number is $1. */
export function tn(key: string, count: number, ...values: Array<string | number>): string {
  const form = new Intl.PluralRules(locale()).select(count);
  return t(`${key}_${form}`, count, ...values);
}
