/** Macros, lookups and data models of everything that has a search, through as many macros as it takes. */
import type {
  Baseline,
  ContentObject,
  Detection,
  Investigation,
  Macro,
  MacroUse,
  Reference,
} from '../model.ts';
import type { Context } from './context.ts';
import { referenceTo } from './names.ts';
import { searchFacts } from './search-facts.ts';

export type Searching = Detection | Baseline | Investigation;

/** Macros that Splunk, its Common Information Model or Enterprise Security bring, with what they expand to. */
const builtinMacros: Record<string, string | undefined> = {
  drop_dm_object_name: 'rename $object$.* as *',
  get_asset: undefined,
  get_risk_severity: undefined,
  cim_corporate_web_domain_search: undefined,
  globedistance: undefined,
  notable: undefined,
  risk_index: undefined,
  summariesonly: 'summariesonly=`summariesonly_bool`',
};

/** Lookups that Splunk or an add-on brings; a search may use them without the catalog having them. */
const externalLookups = new Set([
  'ut_shannon_lookup',
  'identity_lookup_expanded',
  'asset_lookup_by_str',
  'asset_lookup_by_cidr',
  'cim_corporate_web_domain_lookup',
  'cim_corporate_email_domain_lookup',
  'cim_cloud_domain_lookup',
  'alexa_lookup_by_str',
  'interesting_ports_lookup',
  'admon_groups_def',
  'asn_lookup_by_cidr',
  'mitre_attack_lookup',
  'geo_attr_countries',
  'dnslookup',
]);

/** What an object that nobody wrote, but every detection may call, expands to. */
const emptyFilter = 'search *';

export function linkSearch(object: Searching | Macro, search: string, context: Context): void {
  const facts = searchFacts(search);
  const direct = facts.macros;
  const uses = new Map<string, MacroUse>();
  for (const name of direct) use(name, undefined, uses, context);
  const lookups = new Set(facts.lookups);
  const dataModels = new Set(facts.dataModels);
  const expanding = [...direct];
  const expanded = new Set<string>(object.kind === 'macro' ? [object.name] : []);
  for (let name = expanding.shift(); name !== undefined; name = expanding.shift()) {
    if (expanded.has(name)) continue;
    expanded.add(name);
    const macro = context.names.get('macro', name);
    if (!macro) continue;
    const inner = searchFacts(macro.definition);
    for (const used of inner.macros) {
      use(used, name, uses, context);
      expanding.push(used);
    }
    for (const lookup of inner.lookups) lookups.add(lookup);
    for (const dataModel of inner.dataModels) dataModels.add(dataModel);
  }
  object.macros = [...uses.values()];
  const key = object.kind === 'macro' ? 'definition' : 'search';
  for (const { name, origin, via } of object.macros) {
    // A macro that is missing inside another is that macro's complaint.
    if (origin === 'missing' && via.length === 0) context.unknown(object, 'macro', name, [key]);
  }
  object.lookups = [...lookups].map((name) => lookupReference(object, name, facts.lookups, key, context));
  if (object.kind === 'detection' || object.kind === 'baseline') {
    object.dataModels = [...dataModels];
    object.requiredFields = facts.requiredFields;
  }
}

function use(name: string, via: string | undefined, uses: Map<string, MacroUse>, context: Context): void {
  const known = uses.get(name);
  if (known) {
    if (via && known.via.length > 0 && !known.via.includes(via)) known.via.push(via);
    return;
  }
  const macro = context.names.get('macro', name);
  const filter = name.endsWith('_filter');
  const builtin = Object.hasOwn(builtinMacros, name);
  const definition = macro?.definition ?? (filter ? emptyFilter : builtin ? builtinMacros[name] : undefined);
  uses.set(name, {
    name,
    ...(macro ? { slug: macro.slug } : {}),
    ...(definition === undefined ? {} : { definition }),
    origin: macro ? 'catalog' : filter ? 'default' : builtin ? 'builtin' : 'missing',
    via: via ? [via] : [],
  });
}

/** A lookup by its name, or by the name of its file: `inputlookup assets.csv`. */
function lookupReference(
  object: ContentObject,
  name: string,
  direct: readonly string[],
  key: string,
  context: Context,
): Reference {
  const found = context.names.getFolded('lookup', name) ?? context.names.getFolded('lookup', stem(name));
  if (found) return referenceTo(found);
  if (direct.includes(name) && !externalLookups.has(name)) context.unknown(object, 'lookup', name, [key]);
  return { name };
}

function stem(name: string): string {
  return name.replace(/\.csv(\.gz)?$/i, '');
}

/** One complaint for each cycle of macros, at the macro of the cycle that comes first by name. */
export function reportMacroCycles(macros: readonly Macro[], context: Context): void {
  const reported = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (macro: Macro, path: Macro[]) => {
    state.set(macro.name, 'open');
    path.push(macro);
    for (const name of searchFacts(macro.definition).macros) {
      const next = context.names.get('macro', name);
      if (!next) continue;
      const at = state.get(next.name);
      if (at === 'open') report(path.slice(path.indexOf(next)));
      else if (at === undefined) visit(next, path);
    }
    path.pop();
    state.set(macro.name, 'done');
  };
  const report = (cycle: Macro[]) => {
    const first = cycle.reduce((least, macro) => (macro.name < least.name ? macro : least));
    const turn = cycle.indexOf(first);
    const ordered = [...cycle.slice(turn), ...cycle.slice(0, turn)];
    const names = [...ordered, first].map((macro) => `\`${macro.name}\``);
    const key = names.join();
    if (reported.has(key)) return;
    reported.add(key);
    const message = `This macro uses itself: ${names.join(' → ')}. Take one of these calls out.`;
    const called = ordered[1]?.name ?? first.name;
    context.complain(first, 'macro-cycle', message, ['definition'], called);
  };
  for (const macro of macros) if (!state.has(macro.name)) visit(macro, []);
}
