import type { Diagnostic } from '../../text/diagnostic.ts';
import type { CommandStage, Dialect, FieldPair, Query, Stage, Subsearch } from './ast.ts';
import { parse } from './parse.ts';
import {
  type Atoms,
  aggregationAtoms,
  alias,
  assignmentAtoms,
  commas,
  evalAtoms,
  fieldAtoms,
  optionAtom,
  type PrintSubsearch,
  searchAtoms,
  sortKeyAtom,
  wrap,
} from './print-expr.ts';

/**
 * The printer: one stage per line; a stage that is too long for one line puts each clause (`from`, `where`, `by` ...) on
 * a line of its own. Printing is stable and keeps the meaning: what it prints parses to the same tree. Stages that were
 * not understood are printed as they were typed.
 */
const WIDTH = 100;
const INDENT = '    ';

export function print(query: Query): string {
  const statements = [...(query.definitions ?? []), query].map((each) => lines(each, ''));
  const ends = query.definitions ? ';\n' : '';
  return statements.join(ends);
}

export interface FormatResult {
  text: string;
  diagnostics: Diagnostic[];
}

/** Parses and prints. With errors the text comes back as it was, without blanks around it. */
export function formatSearch(text: string, options: { dialect?: Dialect } = {}): FormatResult {
  const { query, diagnostics } = parse(text, options);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { text: failed ? text.trim() : print(query), diagnostics };
}

function lines(query: Query, indent: string): string {
  const start = query.assign ? `$${query.assign} = ` : '';
  const stages = query.stages.map((stage, i) => {
    const placeholder = stage.kind === 'macro-stage' && stage.call.raw.startsWith('--');
    const pipe = i === 0 ? query.leadingPipe : !placeholder;
    return indentTail(`${i === 0 ? start : ''}${pipe ? '| ' : ''}`, stage, indent, query.dialect);
  });
  return stages.join(`\n${indent}`);
}

function indentTail(prefix: string, stage: Stage, indent: string, dialect: Dialect): string {
  const leading = stage.comments.filter((comment) => comment.leading).map((comment) => `${comment.raw} `);
  const trailing = stage.comments.filter((comment) => !comment.leading).map((comment) => ` ${comment.raw}`);
  return prefix + leading.join('') + printStage(stage, indent, dialect) + trailing.join('');
}

function printStage(stage: Stage, indent: string, dialect: Dialect): string {
  if (stage.kind === 'opaque') return stage.text;
  if (stage.kind === 'macro-stage') return stage.rest ? `${stage.call.raw} ${stage.rest}` : stage.call.raw;
  const inner = indent + INDENT;
  const sub: PrintSubsearch = (subsearch) => printSubsearch(subsearch, inner);
  return layout(clausesOf(stage, sub, dialect), indent);
}

/** On one line if it fits, else each stage on its own. */
function printSubsearch({ query }: Subsearch, indent: string): string {
  const block = lines(query, indent);
  const flat = block.split(`\n${indent}`).join(' ');
  const isFlat =
    !block.includes('```') && !block.includes(`\n${indent}${INDENT}`) && flat.length + indent.length < WIDTH;
  return `[${isFlat ? flat : block}]`;
}

/** One line if everything fits, else a line per clause, filled up to the width. */
function layout(clauses: Atoms[], indent: string): string {
  const filled = clauses.filter((clause) => clause.length > 0);
  const flat = filled.flat().join(' ');
  if (flat.length + indent.length <= WIDTH && !flat.includes('\n')) return flat;
  const out: string[] = [];
  for (const [i, clause] of filled.entries()) {
    let line = i === 0 ? '' : INDENT;
    let empty = true;
    for (const atom of clause) {
      const firstLine = atom.split('\n', 1)[0]!;
      if (!empty && lineWidth(line, indent) + firstLine.length + 1 > WIDTH) {
        out.push(line);
        line = i === 0 ? INDENT : INDENT + INDENT;
        empty = true;
      }
      line += (empty ? '' : ' ') + atom;
      empty = false;
    }
    out.push(line);
  }
  return out.join(`\n${indent}`);
}

/** Width of the last line of what has been put together; its earlier lines carry their own indent. */
function lineWidth(line: string, indent: string): number {
  const at = line.lastIndexOf('\n');
  return at < 0 ? indent.length + line.length : line.length - at - 1;
}

/** The clauses of a command; the first begins with its name. */
function clausesOf(stage: CommandStage, sub: PrintSubsearch, dialect: Dialect): Atoms[] {
  const before = stage.options.filter((option) => !option.trailing).map(optionAtom);
  const after = stage.options.filter((option) => option.trailing).map(optionAtom);
  const name = stage.shape === 'search' && stage.implicit ? [] : [stage.typed ?? stage.name];
  const [first = [], ...rest] = argumentsOf(stage, sub, dialect);
  // The subsearch of these comes last; options that followed the fields stand before it.
  if (stage.shape === 'join' || stage.shape === 'foreach') first.push(...after.splice(0));
  return [[...name, ...before, ...first], ...rest, after];
}

function argumentsOf(stage: CommandStage, sub: PrintSubsearch, dialect: Dialect): Atoms[] {
  const by = (fields: Atoms, word = 'by') => (fields.length > 0 ? wrap(`${word} `, fields, '') : []);
  const aggregations = (list: Extract<CommandStage, { shape: 'stats' }>['aggregations']) =>
    commas(
      list.map((each) => ({ atoms: aggregationAtoms(each, sub), macro: each.macro })),
      dialect === 'spl2' ? ',' : '',
    );
  switch (stage.shape) {
    case 'search':
      return [stage.expr ? searchAtoms(stage.expr, sub) : []];
    case 'where':
      return [evalAtoms(stage.expr, sub)];
    case 'eval':
      return [commas(stage.assignments.map((each) => ({ atoms: assignmentAtoms(each, sub) })))];
    case 'stats': {
      const { window } = stage;
      const step = window?.step ? `, ${window.step.raw}` : '';
      const windows = window ? [`span(${window.field.raw}, ${window.size.raw}${step})`] : [];
      const fields = fieldAtoms(stage.by);
      return [
        aggregations(stage.aggregations),
        by(
          windows.length > 0 && fields.length > 0
            ? [...wrap('', fields, ','), ...windows]
            : [...fields, ...windows],
        ),
      ];
    }
    case 'tstats': {
      const { from, where, span } = stage;
      const source = from ? [`from ${from.type === 'namespace' ? '' : `${from.type}=`}${from.name.raw}`] : [];
      const spans = span ? [`span=${span.raw}`] : [];
      const fields = fieldAtoms(stage.by);
      const conditions = where ? wrap('where ', searchAtoms(where, sub), '') : [];
      return [
        aggregations(stage.aggregations),
        source,
        conditions,
        fields.length > 0 ? [...by(fields), ...spans] : spans,
      ];
    }
    case 'chart':
      return [
        aggregations(stage.aggregations),
        stage.over ? [`over ${stage.over.raw}`] : [],
        by(fieldAtoms(stage.by)),
        stage.seriesFilter ? [`where ${stage.seriesFilter.raw}`] : [],
      ];
    case 'top':
      return [[...count(stage.limit), ...fieldAtoms(stage.fields)], by(fieldAtoms(stage.by))];
    case 'fields':
      return [[...fieldsMode(stage), ...fieldAtoms(stage.fields)]];
    case 'field-list': {
      const [head = '', ...others] = fieldAtoms(stage.fields);
      return [
        stage.alias ? [head.replace(/,$/, '') + alias(stage.alias), ...others] : fieldAtoms(stage.fields),
      ];
    }
    case 'rename':
      return [pairAtoms(stage.pairs)];
    case 'convert':
      return [
        stage.functions.map(
          ({ func, field, alias: to, macro }) => macro?.raw ?? `${func}(${field.raw})${alias(to)}`,
        ),
      ];
    case 'rex':
      return [[stage.pattern.raw]];
    case 'regex':
      return [
        [
          stage.field
            ? `${stage.field.raw}${stage.negated ? '!=' : '='}${stage.pattern.raw}`
            : stage.pattern.raw,
        ],
      ];
    case 'spath':
      return [stage.path ? [stage.path.raw] : []];
    case 'lookup': {
      const { output } = stage;
      return [
        [stage.table.raw, ...pairAtoms(stage.keys)],
        output ? wrap(`${output.mode.toUpperCase()} `, pairAtoms(output.fields), '') : [],
      ];
    }
    case 'lookup-file':
      return [
        stage.table ? [stage.table.raw] : [],
        stage.where ? wrap('where ', searchAtoms(stage.where, sub), '') : [],
      ];
    case 'dedup':
      return [
        [...count(stage.count), ...fieldAtoms(stage.fields)],
        by(stage.sortby.map(sortKeyAtom), 'sortby'),
      ];
    case 'sort':
      return [
        [
          ...count(stage.limit),
          ...commas(stage.keys.map((key) => ({ atoms: [sortKeyAtom(key)] }))),
          ...(stage.descending ? ['desc'] : []),
        ],
      ];
    case 'head':
      return [[...count(stage.limit), ...(stage.expr ? evalAtoms(stage.expr, sub) : [])]];
    case 'tail':
      return [count(stage.limit)];
    case 'join':
      return [
        fieldAtoms(stage.fields),
        stage.where ? wrap('where ', evalAtoms(stage.where, sub), '') : [],
        stage.subsearch ? [sub(stage.subsearch)] : [],
      ];
    case 'append':
      return [
        [...(stage.operator ? [stage.operator] : []), ...stage.datasets.map(({ raw }) => raw)],
        ...stage.subsearches.map((each) => [sub(each)]),
      ];
    case 'map':
      return [stage.saved ? [stage.saved.raw] : [], stage.subsearch ? [sub(stage.subsearch)] : []];
    case 'foreach':
      return [fieldAtoms(stage.fields), [sub(stage.body)]];
    case 'bin':
      return [[stage.field.raw + alias(stage.alias)]];
    case 'transaction':
      return [fieldAtoms(stage.fields)];
    case 'replace':
      return [
        commas(stage.pairs.map(({ from, to }) => ({ atoms: [`${from.raw} with ${to.raw}`] }))),
        by(fieldAtoms(stage.fields), 'in'),
      ];
    case 'strcat':
      return [[...stage.parts.map(({ raw }) => raw), stage.target.raw]];
    case 'format':
      return [stage.parts.map(({ raw }) => raw)];
    case 'return':
      return [
        [
          ...count(stage.count),
          ...stage.items.map(
            ({ alias: name, field, bare }) => `${bare ? '$' : ''}${name ? `${name.raw}=` : ''}${field.raw}`,
          ),
        ],
      ];
    case 'from': {
      const { type, dataset, where } = stage;
      const source =
        type === 'variable' || type === 'function' || type === 'dataset'
          ? dataset.raw
          : `${type}:${dataset.raw}`;
      return [[source], where ? wrap('where ', evalAtoms(where, sub), '') : []];
    }
    case 'datamodel':
      return [[stage.model?.raw, stage.object?.raw, stage.mode].filter((word) => word !== undefined)];
    case 'into':
      return [[stage.target.raw]];
    case 'options':
      return [];
    case 'words':
      return [stage.words.map(({ raw }) => raw), stage.alias ? [`as ${stage.alias.raw}`] : []];
  }
}

/** `fields + -x` keeps the field `-x`: without the plus its own sign would be read as the mode. */
function fieldsMode({ remove, fields: [first] }: Extract<CommandStage, { shape: 'fields' }>): Atoms {
  if (remove) return ['-'];
  return first && /^[+-]/.test(first.raw) ? ['+'] : [];
}

function count(value: number | undefined): Atoms {
  return value === undefined ? [] : [String(value)];
}

function pairAtoms(pairs: FieldPair[]): Atoms {
  return commas(pairs.map(({ from, to, macro }) => ({ atoms: [from.raw + alias(to)], macro })));
}
