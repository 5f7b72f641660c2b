/** The product's sign: a boat that floats level. */
export const BrandMark = ({ className }: { className?: string }) => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2.2"
    strokeLinecap="round"
    aria-hidden="true"
    className={className}
  >
    <path d="M2 13h20c-1.500 5-5 8-10 8S3.500 18 2 13zM12 13V3M12 4l6 6H12" />
  </svg>
);
