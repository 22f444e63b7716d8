/** The mark of a chosen item. Its place is kept where it is not shown. */
export function Tick({ shown }: { readonly shown: boolean }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      className="shrink-0"
      aria-hidden="true"
    >
      {shown && <path d="M2 6.5 5 9.5 10 3" />}
    </svg>
  );
}
