/** Rows in the place of what is asked for; the style shows them only when it takes long. */
export const Skeletons = () => (
  <div class="stack" aria-hidden="true" data-skeletons>
    {[0, 1, 2, 3].map((row) => (
      <div key={row} class="skeleton" />
    ))}
  </div>
);
