/** A rule's log source → which events it is meant for. */
import { ownEntry } from '../../collections.ts';
import type { LogSource } from '../rule/model.ts';
import type { SigmaEvent } from './event.ts';
import { LINUX_SYSMON, type SourceOf, sourceOf } from './sources.ts';
import { WINDOWS_CATEGORIES, WINDOWS_SERVICES } from './windows-sources.ts';

/** Events of one kind. What is undefined may be anything. */
export interface Route {
  /** In lower case: Windows does not tell channels apart by case. */
  channels: ReadonlySet<string> | undefined;
  eventIds: ReadonlySet<string> | undefined;
  eventType: string | undefined;
  /** Name in the rule → name in these events. */
  fields: ReadonlyMap<string, string>;
}

const NO_FIELDS: ReadonlyMap<string, string> = new Map();
const ANYWHERE: Route = { channels: undefined, eventIds: undefined, eventType: undefined, fields: NO_FIELDS };

export interface Routing {
  logsource: LogSource;
  /** For events of a Windows channel; empty: none of them. */
  windows: readonly Route[];
}

export function routingOf(logsource: LogSource): Routing {
  return { logsource, windows: windowsRoutes(logsource) };
}

function windowsRoutes({ product, category, service }: LogSource): readonly Route[] {
  if (product !== undefined && product !== 'windows') return [];
  if (category !== undefined) {
    const events = ownEntry(WINDOWS_CATEGORIES, category);
    if (events === undefined && service === undefined) return [];
    const routes = (events ?? []).map(
      (entry): Route => ({
        channels: channelsOf(entry.service),
        eventIds: new Set(entry.eventIds),
        eventType: entry.eventType,
        fields: new Map(Object.entries(entry.fields ?? {})),
      }),
    );
    if (service === undefined) return routes;
    const channels = channelsOf(service);
    if (channels === undefined) return [];
    const within = routes.filter((route) =>
      [...(route.channels ?? [])].some((channel) => channels.has(channel)),
    );
    return within.length > 0 ? within : [{ ...ANYWHERE, channels }];
  }
  if (service !== undefined) {
    const channels = channelsOf(service);
    return channels === undefined ? [] : [{ ...ANYWHERE, channels }];
  }
  return product === 'windows' ? [ANYWHERE] : [];
}

function channelsOf(service: string): ReadonlySet<string> | undefined {
  const channels = ownEntry(WINDOWS_SERVICES, service);
  return channels && new Set(channels.map((channel) => channel.toLowerCase()));
}

/**
 * The route by which an event comes to a rule; undefined when the event is of another log source. What an event does
 * not state (a row of fields typed by hand has no channel) does not exclude it.
 */
export function routeFor(routing: Routing, event: SigmaEvent): Route | undefined {
  // Before the channel: Sysmon for Linux states one too.
  const source = sourceOf(event.record.sourcetype);
  if (source !== undefined) return holds(source, routing.logsource, event) ? ANYWHERE : undefined;
  const channel = event.channel;
  if (channel !== undefined) {
    for (const route of routing.windows) if (takes(route, channel, event)) return route;
    return undefined;
  }
  return (
    routing.windows.find((route) => takes(route, undefined, event)) ??
    (isWindows(routing) ? undefined : ANYWHERE)
  );
}

const isWindows = ({ windows }: Routing): boolean => windows.length > 0;

function takes(route: Route, channel: string | undefined, event: SigmaEvent): boolean {
  if (channel !== undefined && route.channels !== undefined && !route.channels.has(channel)) return false;
  const eventId = event.eventId;
  if (eventId !== undefined && route.eventIds !== undefined && !route.eventIds.has(eventId)) return false;
  if (route.eventType === undefined) return true;
  const eventType = event.values('EventType');
  return eventType === undefined || eventType.texts.includes(route.eventType);
}

function holds(source: SourceOf, { product, category, service }: LogSource, event: SigmaEvent): boolean {
  if (product !== undefined && source.product !== undefined && product !== source.product) return false;
  if (product === 'windows') return false;
  if (service !== undefined && source.services !== undefined && !source.services.includes(service))
    return false;
  if (category === undefined) return product !== undefined || service !== undefined;
  if (source.categories !== undefined && !source.categories.includes(category)) return service !== undefined;
  const wanted = source.services?.includes('sysmon') ? ownEntry(LINUX_SYSMON, category) : undefined;
  return wanted === undefined || event.eventId === wanted;
}
