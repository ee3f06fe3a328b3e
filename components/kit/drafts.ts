import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';

/** Stores input that has not been submitted yet. */
export interface Drafts {
  /** @param scope what the draft belongs to, such as a campaign */
  read(scope: string, field: string): string | undefined;
  write(scope: string, field: string, value: string): void;
}

const NO_DRAFTS: Drafts = { read: () => undefined, write: () => {} };

/** Where a surface keeps drafts. Default: nowhere, so they are lost with the component. */
export const DraftsContext = createContext<Drafts>(NO_DRAFTS);

/** `useState` for a field whose value outlives its surface. */
export function useDraft(
  scope: string,
  field: string,
  initial = '',
): [string, (value: string) => void] {
  const drafts = useContext(DraftsContext);
  const [value, setValue] = useState(() => drafts.read(scope, field) ?? initial);
  return [
    value,
    (next) => {
      setValue(next);
      drafts.write(scope, field, next);
    },
  ];
}
