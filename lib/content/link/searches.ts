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
import type { MacroCall, Searches, SearchFacts } from './search-facts.ts';

export type Searching = Detection | Baseline | Investigation;

/** Macros that Splunk, its Common Information Model or Enterprise Security bring, with what they expand to. */
const builtinMacros: Record<string, string | undefined> = {
  drop_dm_object_name: 'rename "$object$.*" as *',
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
  'cim_cloud_domains.csv',
  'cim_corporate_email_domains.csv',
  'cim_corporate_web_domains.csv',
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

export function linkSearch(object: Searching | Macro, context: Context, searches: Searches): void {
  const key = object.kind === 'macro' ? 'definition' : 'search';
  const text = object.kind === 'macro' ? object.definition : object.search;
  const spl2 = object.kind === 'detection' && object.language === 'spl2';
  const facts = searches.facts(text, spl2 ? 'spl2' : 'spl1');
  object.macros = macroUses(object, facts, context);
  for (const { name, origin, via } of object.macros) {
    // A macro that is missing inside another is that macro's complaint.
    if (origin === 'missing' && via.length === 0) context.unknown(object, 'macro', name, [key]);
  }
  for (const call of facts.macros) if (!call.via) checkArguments(object, call, key, context);
  object.lookups = facts.lookups.map((name) => lookupReference(object, name, text, key, context));
  if (object.kind === 'macro') return;
  object.forms = facts.forms;
  if (facts.problem) {
    const { message, at } = facts.problem;
    context.complain(
      object,
      'search-unreadable',
      `The search cannot be read: ${message}`,
      [key],
      at || undefined,
    );
  }
  if (object.kind === 'investigation') return;
  object.dataModels = facts.dataModels;
  object.requiredFields = facts.requiredFields;
}

/** Each macro once: those that the search calls first, then those inside them, with the macros that call them. */
function macroUses(object: Searching | Macro, facts: SearchFacts, context: Context): MacroUse[] {
  const uses = new Map<string, MacroUse>();
  for (const { name, via } of facts.macros) {
    const known = uses.get(name);
    if (!known) uses.set(name, { ...resolveMacro(name, context), via: via ? [via] : [] });
    else if (!via) known.via = [];
    else if (known.via.length > 0 && !known.via.includes(via)) known.via.push(via);
  }
  if (object.kind === 'macro') uses.delete(object.name);
  const list = [...uses.values()];
  return [...list.filter(({ via }) => via.length === 0), ...list.filter(({ via }) => via.length > 0)];
}

function resolveMacro(name: string, context: Context): Omit<MacroUse, 'via'> {
  const macro = context.names.get('macro', name);
  if (macro) return { name, slug: macro.slug, definition: macro.definition, origin: 'catalog' };
  if (name.endsWith('_filter')) return { name, definition: emptyFilter, origin: 'default' };
  if (!Object.hasOwn(builtinMacros, name)) return { name, origin: 'missing' };
  const definition = builtinMacros[name];
  return { name, ...(definition ? { definition } : {}), origin: 'builtin' };
}

function checkArguments(object: ContentObject, call: MacroCall, key: string, context: Context): void {
  const macro = context.names.get('macro', call.name);
  if (!macro || macro.arguments.length === call.argumentCount) return;
  const takes = macro.arguments.length === 0 ? 'none' : macro.arguments.join(', ');
  const message = `The macro \`${call.name}\` is called with ${call.argumentCount} argument(s); it takes ${takes}.`;
  context.complain(object, 'macro-arguments', message, [key], call.name);
}

/** A lookup by its name, or by the name of its file: `inputlookup assets.csv`. */
function lookupReference(
  object: ContentObject,
  name: string,
  text: string,
  key: string,
  context: Context,
): Reference {
  const found = context.names.getFolded('lookup', name) ?? context.names.getFolded('lookup', stem(name));
  if (found) return referenceTo(found);
  if (text.includes(name) && !externalLookups.has(name)) context.unknown(object, 'lookup', name, [key]);
  return { name };
}

function stem(name: string): string {
  return name.replace(/\.csv(\.gz)?$/i, '');
}

/** One complaint for each cycle of macros, at the macro of the cycle that comes first by name. */
export function reportMacroCycles(macros: readonly Macro[], context: Context, searches: Searches): void {
  const reported = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const visit = (macro: Macro, path: Macro[]) => {
    state.set(macro.name, 'open');
    path.push(macro);
    for (const { name, via } of searches.facts(macro.definition, 'spl1').macros) {
      if (via) continue;
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
