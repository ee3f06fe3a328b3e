/** Placeholder rows. The style shows them only after a delay. */
export const Skeletons = () => (
  <div class="stack" aria-hidden="true" data-skeletons>
    {[0, 1, 2, 3].map((row) => (
      <div key={row} class="skeleton" />
    ))}
  </div>
);
