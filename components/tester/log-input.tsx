import { useRef, useState } from 'react';
import type { EventSource } from '../../lib/tester/session/source.ts';

interface LogInputProps {
  title: string;
  expanded: boolean;
  onLog(name: string, sources: EventSource[]): void;
}

/** Takes the reader's own log: files dropped or chosen, or pasted text. Nothing leaves the machine. */
export function LogInput({ title, expanded, onLog }: LogInputProps) {
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const [metadata, setMetadata] = useState<{
    sourcetype?: string;
    host?: string;
    index?: string;
    source?: string;
  }>({});
  const files = useRef<HTMLInputElement>(null);

  const take = (sources: EventSource[]) => {
    if (sources.length === 0) return;
    const names = sources.map(({ name }) => name).join(', ');
    onLog(
      names,
      sources.map((source) => ({ ...source, ...metadata })),
    );
  };
  const takeFiles = (list: FileList | null) =>
    take([...(list ?? [])].map((file) => ({ name: file.name, content: file })));
  const set = (name: 'sourcetype' | 'host' | 'index' | 'source', value: string) =>
    setMetadata((old) => ({ ...old, [name]: value === '' ? undefined : value }));

  return (
    <details className="more own-log" open={expanded}>
      <summary>{title}</summary>
      <fieldset
        aria-label="Drop a log here"
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          takeFiles(event.dataTransfer?.files ?? null);
        }}
      >
        <p>
          <button type="button" onClick={() => files.current?.click()}>
            Choose files
          </button>{' '}
          or drop them here: NDJSON, JSON, CSV, Windows XML, .evtx, syslog, auditd, W3C, .gz, .zip. They stay
          on this machine.
        </p>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Log files"
          onChange={({ target }) => {
            takeFiles(target.files);
            target.value = '';
          }}
        />
        <label className="paste">
          Or paste a log
          <textarea
            rows={4}
            spellCheck={false}
            value={pasted}
            onInput={({ currentTarget }) => setPasted(currentTarget.value)}
          />
        </label>
        <div className="acts">
          <button
            type="button"
            disabled={pasted.trim() === ''}
            onClick={() => take([{ name: 'pasted text', content: pasted }])}
          >
            Use the pasted log
          </button>
        </div>
        <details className="more">
          <summary>Sourcetype, source, host, index</summary>
          <div className="settings">
            {(['sourcetype', 'source', 'host', 'index'] as const).map((name) => (
              <label key={name}>
                {name}
                <input
                  type="text"
                  value={metadata[name] ?? ''}
                  placeholder="as the content says"
                  onInput={({ currentTarget }) => set(name, currentTarget.value)}
                />
              </label>
            ))}
          </div>
        </details>
      </fieldset>
    </details>
  );
}
