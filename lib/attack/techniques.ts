/**
 * MITRE ATT&CK Enterprise, at one pinned version: tactics in kill-chain order and techniques by ID.
 * Everything is looked up in memory; nothing here reads a file at run time.
 */
import facts from './data/enterprise-attack-18.1.json' with { type: 'json' };

export interface Named {
  id: string;
  name: string;
}

export interface Tactic {
  id: string;
  name: string;
  /** Kebab-case, as in Sigma tags: `privilege-escalation`. */
  shortName: string;
}

export interface Technique {
  /** `T1059` or `T1059.001`. */
  id: string;
  name: string;
  /** Tactic short names in kill-chain order. */
  tactics: string[];
  platforms: string[];
  /** ID of the technique that a sub-technique belongs to. */
  parent?: string;
  /** IDs of current sub-techniques, ascending. */
  subtechniques: string[];
  groups: Named[];
  software: Named[];
  campaigns: Named[];
  mitigations: Named[];
  /** `revoked` has a successor; `deprecated` was withdrawn without one. */
  state: 'current' | 'revoked' | 'deprecated';
  /** The current technique at the end of the chain of revocations. */
  successor?: string;
}

interface RawTechnique {
  id: string;
  name: string;
  tactics: string[];
  platforms: string[];
  groups?: string[];
  software?: string[];
  campaigns?: string[];
  mitigations?: string[];
  revoked?: boolean;
  revokedBy?: string;
  deprecated?: boolean;
}

interface Facts {
  version: string;
  tactics: { id: string; name: string; shortname: string }[];
  techniques: RawTechnique[];
  groups: Record<string, string>;
  software: Record<string, string>;
  campaigns: Record<string, string>;
  mitigations: Record<string, string>;
}

const attack: Facts = facts;

/** Version of ATT&CK that every look-up answers from, e.g. `18.1`. */
export const attackVersion: string = attack.version;

/** All tactics in kill-chain order. */
export const tactics: readonly Tactic[] = attack.tactics.map((t) => ({
  id: t.id,
  name: t.name,
  shortName: t.shortname,
}));

const rank = new Map(tactics.map((tactic, index) => [tactic.shortName, index]));
const byShortName = new Map(tactics.map((tactic) => [tactic.shortName, tactic]));

/** The tactic with a short name (`execution`); underscores, as Sigma once wrote them, are accepted. */
export function tactic(shortName: string): Tactic | undefined {
  return byShortName.get(shortName.toLowerCase().replaceAll('_', '-'));
}

/** Tactic short names without repetition, in kill-chain order; names ATT&CK does not have come last. */
export function inKillChainOrder(shortNames: Iterable<string>): string[] {
  const place = (name: string) => rank.get(name) ?? tactics.length;
  return [...new Set(shortNames)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

const raw = new Map(attack.techniques.map((entry) => [entry.id, entry]));
const children = new Map<string, string[]>();
for (const { id, revoked, deprecated } of attack.techniques) {
  const parent = parentOf(id);
  if (!parent || revoked || deprecated) continue;
  const list = children.get(parent);
  if (list) list.push(id);
  else children.set(parent, [id]);
}
for (const list of children.values()) list.sort();

const built = new Map<string, Technique>();

/** The technique with this ID, revoked and deprecated ones included; undefined when the pinned version has none. */
export function technique(id: string): Technique | undefined {
  const key = id.toUpperCase();
  const known = built.get(key);
  if (known) return known;
  const entry = raw.get(key);
  if (!entry) return undefined;
  const made = build(entry);
  built.set(key, made);
  return made;
}

/** Name of a mitigation: `M1040`; undefined when the pinned version has none of that ID. */
export function mitigationName(id: string): string | undefined {
  return Object.hasOwn(attack.mitigations, id) ? attack.mitigations[id] : undefined;
}

/** IDs of all techniques that are neither revoked nor deprecated, ascending. */
export function currentTechniqueIds(): string[] {
  return attack.techniques
    .filter((entry) => !entry.revoked && !entry.deprecated)
    .map((entry) => entry.id)
    .sort();
}

/** `T1059` for `T1059.001`; undefined for an ID that is not a sub-technique's. */
export function parentOf(id: string): string | undefined {
  const dot = id.indexOf('.');
  return dot > 0 ? id.slice(0, dot) : undefined;
}

/** True for `T1234` and `T1234.001`, whether or not the pinned version has it. */
export function isTechniqueId(text: string): boolean {
  return /^T\d{4}(\.\d{3})?$/.test(text);
}

function build(entry: RawTechnique): Technique {
  const parent = parentOf(entry.id);
  const successor = entry.revoked ? successorOf(entry) : undefined;
  return {
    id: entry.id,
    name: entry.name,
    tactics: inKillChainOrder(entry.tactics),
    platforms: entry.platforms,
    ...(parent ? { parent } : {}),
    subtechniques: children.get(entry.id) ?? [],
    groups: named(entry.groups, attack.groups),
    software: named(entry.software, attack.software),
    campaigns: named(entry.campaigns, attack.campaigns),
    mitigations: named(entry.mitigations, attack.mitigations),
    state: entry.revoked ? 'revoked' : entry.deprecated ? 'deprecated' : 'current',
    ...(successor ? { successor } : {}),
  };
}

/** Revocations chain (an ID may be revoked by one that was revoked later), so the chain is followed to its end. */
function successorOf(entry: RawTechnique): string | undefined {
  const seen = new Set<string>();
  let at: RawTechnique | undefined = entry;
  while (at?.revokedBy && !seen.has(at.id)) {
    seen.add(at.id);
    const next: RawTechnique | undefined = raw.get(at.revokedBy);
    if (!next) return at.revokedBy;
    at = next;
  }
  return at && at.id !== entry.id ? at.id : undefined;
}

function named(ids: string[] | undefined, names: Record<string, string>): Named[] {
  return (ids ?? [])
    .map((id) => ({ id, name: names[id] ?? id }))
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}
