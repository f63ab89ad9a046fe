import type { EvalExpr } from '../../syntax/ast.ts';
import { RunStop } from '../budget/budget.ts';
import type { RunContext } from '../context.ts';
import { type CompiledExpression, compileExpression, singleField } from '../expression/compile.ts';
import type { CompileContext, Evaluate } from '../expression/context.ts';
import { compileSearch } from '../search/compile.ts';
import { formatRows } from '../search/format.ts';
import { isList, type Stored, toStored, type Value } from '../value/value.ts';
import { Column } from './column.ts';
import { Table } from './table.ts';

/** How many rows run between two looks at the clock. */
const ROWS_PER_CHECK = 16_384;

/** Compiles an expression for this run; what is wrong with it ends the run at its place. */
export function compileFor(
  expr: EvalExpr,
  context: RunContext,
  use: 'value' | 'condition' | 'assignment',
): CompiledExpression {
  const options: CompileContext = {
    dialect: context.dialect,
    compat: context.compat,
    use,
    searchmatch: (text) => ({ fields: [], evaluate: searchMatcher(text, context) }),
    subsearch: (subsearch, as) => {
      const found = context.search(subsearch.query);
      if (as === 'values') {
        const first = found.fields.find((name) => !name.startsWith('_'));
        const members = found.plainRows().flatMap((row) => (first === undefined ? [] : (row[first] ?? [])));
        return () => members;
      }
      return searchMatcher(formatRows(found), context);
    },
  };
  const compiled = compileExpression(expr, options);
  if (!Array.isArray(compiled)) {
    if (use === 'assignment' && compiled.type === 'boolean' && context.dialect === 'spl1')
      context.rests('booleanAssignment');
    return compiled;
  }
  const first = compiled.find((diagnostic) => diagnostic.severity === 'error') ?? compiled[0]!;
  throw new RunStop(first.code, first.message, first.range ?? expr.range);
}

/** A search expression as a condition on one row, through a table of one row. */
function searchMatcher(text: string, context: RunContext): Evaluate {
  if (text === 'NOT ()') return () => false;
  const first = context.parse(`search ${text}`).stages[0];
  if (first?.kind !== 'command' || first.shape !== 'search') {
    throw new RunStop('searchmatch', `\`${text}\` is not a search`);
  }
  const { expr } = first;
  if (expr === undefined) return () => true;
  const predicate = compileSearch(expr, { context });
  return (get) => {
    const columns = new Map<string, Column>();
    const column = (name: string): Column | undefined => {
      let held = columns.get(name);
      if (held === undefined) {
        held = Column.interned([toStored(get(name))]);
        columns.set(name, held);
      }
      return held;
    };
    return predicate.filter(new Table(1, new Map(), column), undefined).length === 1;
  };
}

/** Reads fields of one row of a table; `at` moves it. */
export class RowReader {
  row = 0;
  private readonly columns = new Map<string, Column | undefined>();

  constructor(private readonly table: Table) {}

  readonly get = (name: string): Value => {
    let column = this.columns.get(name);
    if (column === undefined && !this.columns.has(name)) {
      column = this.table.column(name);
      this.columns.set(name, column);
    }
    return column === undefined ? null : column.value(this.row);
  };
}

/** Calls `use` with the expression's value on each of the rows; once per distinct value where one field decides. */
export function eachValue(
  compiled: CompiledExpression,
  table: Table,
  rows: Uint32Array | undefined,
  context: RunContext,
  use: (value: Value, row: number) => void,
): void {
  const size = rows === undefined ? table.size : rows.length;
  const { evaluate } = compiled;
  const { evaluation } = context;
  const field = singleField(compiled);
  if (field !== undefined) {
    const column = table.column(field);
    const memo: (Value | undefined)[] = [];
    let current: Value = null;
    const get = (): Value => current;
    for (let i = 0; i < size; i += 1) {
      const row = rows === undefined ? i : rows[i]!;
      const code = column?.codes[row] ?? 0;
      let value = memo[code];
      if (value === undefined) {
        current = column?.dictionary.value(code) ?? null;
        value = evaluate(get, evaluation);
        memo[code] = value;
        if (memo.length % ROWS_PER_CHECK === 0) context.budget.checkTime();
      }
      use(value, row);
    }
    return;
  }
  const reader = new RowReader(table);
  for (let i = 0; i < size; i += 1) {
    reader.row = rows === undefined ? i : rows[i]!;
    use(evaluate(reader.get, evaluation), reader.row);
    if (i % ROWS_PER_CHECK === 0) context.budget.checkTime();
  }
}

/** The expression's value on every row, as a column. */
export function evaluateColumn(compiled: CompiledExpression, table: Table, context: RunContext): Column {
  const values = new Array<Stored>(table.size).fill(null);
  eachValue(compiled, table, undefined, context, (value, row) => {
    values[row] = toStored(value);
  });
  context.budget.spend(table.size * 2);
  return Column.interned(values);
}

/** Characters of the texts among a column's distinct values. */
export function charactersIn({ dictionary }: Column): number {
  let characters = 0;
  for (let code = 1; code < dictionary.size; code += 1) {
    const value = dictionary.value(code);
    if (typeof value === 'string') characters += value.length;
    else if (isList(value)) for (const member of value) characters += String(member).length;
  }
  return characters;
}
