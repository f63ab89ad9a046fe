import { stamp } from './events-view.tsx';
import type { Tester } from './use-tester.ts';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** What a run takes for now, and the zone that days and hours are counted in. */
export function SettingsView({ tester }: { tester: Tester }) {
  const { settings, setSettings, summary } = tester;
  return (
    <div className="settings">
      <label>
        Now (UTC)
        <input
          type="datetime-local"
          step="1"
          value={settings.now === undefined ? '' : stamp(settings.now).replace(' ', 'T')}
          onChange={({ target }) => {
            const time = Date.parse(`${target.value}Z`) / 1000;
            const { now: _, ...rest } = settings;
            setSettings(Number.isNaN(time) ? rest : { ...rest, now: time });
          }}
        />
        <small>
          Empty: the time of the newest event
          {summary?.now === undefined ? '' : `, ${stamp(summary.now)} in this run`}.
        </small>
      </label>
      <label>
        Time zone
        <select
          value={settings.tz ?? 'UTC'}
          onChange={({ target }) => setSettings({ ...settings, tz: target.value })}
        >
          {ZONES.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
        <small>Days, hours and written times are counted in it.</small>
      </label>
    </div>
  );
}
