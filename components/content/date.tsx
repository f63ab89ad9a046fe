const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An absolute date in words; relative ones go stale on a static page. */
export function DateText({ value }: { value?: string }) {
  const match = value ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  if (!value || !match) return value ? <span>{value}</span> : null;
  return (
    <time dateTime={value}>
      {Number(match[3])} {MONTHS[Number(match[2]) - 1]} {match[1]}
    </time>
  );
}
