import type { FileSummary } from '../../lib/tester/session/file-summary.ts';

interface FileNotesProps {
  name: string;
  file: FileSummary;
  /** Why not all of it was read. */
  cut?: string | undefined;
}

/** What could not be read of a file, where there is anything to say. */
export function FileNotes({ name, file, cut }: FileNotesProps) {
  const { skippedCount, skipped, warnings, events, format } = file;
  if (skippedCount === 0 && warnings.length === 0 && cut === undefined) return null;
  return (
    <details className="more">
      <summary>
        {name}: {events.toLocaleString('en')} events read as {format || 'no known format'}
        {skippedCount > 0 ? `, ${skippedCount.toLocaleString('en')} pieces skipped` : ''}
        {cut ? `, ${cut}` : ''}
      </summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
        {skipped.map(({ offset, length, reason }) => (
          <li key={offset}>
            At byte {offset.toLocaleString('en')}, {length.toLocaleString('en')} bytes: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
