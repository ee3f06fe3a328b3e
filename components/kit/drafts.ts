import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';

/** Keeps what is typed and not sent yet. */
export interface Drafts {
  /** @param scope what it is of: a campaign, a form */
  read(scope: string, field: string): string | undefined;
  write(scope: string, field: string, value: string): void;
}

const NO_DRAFTS: Drafts = { read: () => undefined, write: () => {} };

/** Where a surface keeps drafts. Default: nowhere, they go with the component. */
export const DraftsContext = createContext<Drafts>(NO_DRAFTS);

/** As `useState`, for a field that outlives its surface. */
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
