import { typesNamed } from './source-types.ts';

/** Commands that make fields whose names only the data knows, as they stand in a search. */
const OPENING: readonly (readonly [RegExp, string])[] = [
  [/\brename\s[^|]*\*[^|]*\bas\b[^|]*\*/i, 'rename with a wildcard'],
  [/\|\s*spath\b(?![^|]*\boutput=)/i, 'spath'],
  [/\|\s*xmlkv\b/i, 'xmlkv'],
  [/\|\s*(?:kv|extract)\b/i, 'extract'],
  [/\|\s*(?:fromjson|multikv|iplocation|foreach)\b/i, 'a command that names fields after the data'],
];

/** What in a search may make a field that it reads, without naming it; undefined where nothing does. */
export function madeBy(search: string): string | undefined {
  return OPENING.find(([pattern]) => pattern.test(search))?.[1];
}

/** Names that come from elsewhere than events, whatever the source type. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/_(?:category|bunit|priority)$/, 'the asset and identity lookups of Enterprise Security'],
  [/^(?:ut_|identity$|asset$)/, 'a lookup that the search calls'],
  [/^null$/i, 'a word that the search means as no value'],
];

/** Members that events of a source type have by their format's documentation, where no sample log shows them. */
const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  'oktaim2:log': ['eventType', 'displayMessage', 'legacyEventType'],
  xmlwineventlog: [
    'SourceUser',
    'TargetUser',
    'ParentUser',
    'Query',
    'CertThumbprint',
    'TaskName',
    'TaskContent',
    'SourceAddress',
  ],
  activedirectory: ['gPCFileSysPath', 'versionNumber'],
  'o365:management:activity': ['AlertEntityId', 'Category', 'Name', 'Role', 'Severity', 'Source'],
  'o365:graph:api': ['appDisplayName', 'ipAddress', 'userPrincipalName'],
  'pwsh:installediismodules': ['image', 'name'],
  'stream:http': ['form_data'],
};

/**
 * Where a field comes from that no table and no sample log gives, as far as its name and the source types tell: `{}` and
 * dots are how members of JSON events are named.
 */
export function originOf(field: string, sourcetypes: readonly string[]): string | undefined {
  const known = ELSEWHERE.find(([pattern]) => pattern.test(field))?.[1];
  if (known !== undefined) return known;
  if (sourcetypes.some((each) => DOCUMENTED[each.toLowerCase()]?.includes(field) === true))
    return 'a member of the event, by its documentation';
  const json = sourcetypes.some((each) => typesNamed(each).some(({ base }) => base === 'json'));
  return field.includes('{}') || (json && field.includes('.'))
    ? 'a member of the event, if its JSON has it'
    : undefined;
}
