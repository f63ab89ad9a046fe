import type { Range } from '../../text/diagnostic.ts';
import type { Table } from '../run/columns/table.ts';
import type { Output } from '../run/output.ts';
import type {
  CommandStage,
  EvalExpr,
  Query,
  SearchExpr,
  SearchStage,
  Stage,
  TstatsStage,
  WhereStage,
} from '../syntax/ast.ts';

interface NodeBase {
  /** Index of the stage in its pipeline that the step belongs to. */
  stage: number;
  command: string;
  range: Range;
}

/** One step of a logical plan. `tstats` is three of them: scan, filter, aggregate. */
export type PlanNode = NodeBase &
  (
    | { kind: 'source' }
    /** Events come newest first out of the base search; results keep their order. */
    | { kind: 'newest-first' }
    | { kind: 'filter'; conditions: Condition[] }
    | { kind: 'scan'; syntax: TstatsStage }
    | { kind: 'scan-filter'; syntax: TstatsStage }
    | { kind: 'aggregate'; syntax: TstatsStage }
    | { kind: 'command'; syntax: CommandStage }
    /** The rows go to the product that shows them. */
    | { kind: 'hand-over' }
    /** A step that the caller of a run has put in, which knows the steps around it. */
    | { kind: 'own'; run: OwnStep }
    | { kind: 'refuse'; syntax: Stage }
  );

/** `run` carries out another step on a table of the step's own. */
export type OwnStep = (input: Table, run: (node: PlanNode, input: Table) => Output) => Output;

/** Conditions of a filter hold together. */
export type Condition =
  | { kind: 'search'; expr: SearchExpr; syntax: SearchStage }
  | { kind: 'where'; expr: EvalExpr; syntax: WhereStage };

export interface Plan {
  query: Query;
  nodes: PlanNode[];
}

/** The plan as written: one step after another, nothing moved. */
export function plainPlan(query: Query): Plan {
  const nodes: PlanNode[] = [];
  for (const [at, stage] of query.stages.entries()) {
    const base = { stage: at, command: nameOf(stage), range: stage.range };
    if (at === 0 && startsFromEvents(stage)) nodes.push({ ...base, kind: 'source' });
    nodes.push(...stepsOf(stage, base));
    if (at === 0 && startsFromEvents(stage)) {
      // Order only matters after the first filter, where fewer rows are left to be put in order.
      const filtered = stage.kind === 'command' && stage.shape === 'search';
      nodes.splice(filtered ? nodes.length : 1, 0, { ...base, kind: 'newest-first' });
    }
  }
  return { query, nodes };
}

function nameOf(stage: Stage): string {
  return stage.kind === 'macro-stage' ? stage.call.name : stage.name;
}

/** Commands that make rows instead of taking them; what stands before them is not looked at. */
const MAKERS = new Set(['makeresults', 'from', 'datamodel', 'multisearch', 'set']);

/** Whether the first stage works on the events of the run, as opposed to rows that it makes itself. */
function startsFromEvents(stage: Stage): boolean {
  if (stage.kind !== 'command') return true;
  if (stage.shape === 'tstats' || MAKERS.has(stage.name)) return false;
  if (stage.shape === 'lookup-file') return stage.name === 'outputlookup' || stage.name === 'outputcsv';
  return stage.name !== 'union';
}

function stepsOf(stage: Stage, base: NodeBase): PlanNode[] {
  if (stage.kind === 'macro-stage' && stage.call.name === 'finding_report')
    return [{ ...base, kind: 'hand-over' }];
  if (stage.kind !== 'command') return [{ ...base, kind: 'refuse', syntax: stage }];
  switch (stage.shape) {
    case 'search':
      if (stage.expr === undefined) return [];
      return [{ ...base, kind: 'filter', conditions: [{ kind: 'search', expr: stage.expr, syntax: stage }] }];
    case 'where':
      return [{ ...base, kind: 'filter', conditions: [{ kind: 'where', expr: stage.expr, syntax: stage }] }];
    case 'tstats':
      return [
        { ...base, kind: 'scan', syntax: stage },
        ...(stage.where === undefined ? [] : [{ ...base, kind: 'scan-filter' as const, syntax: stage }]),
        { ...base, kind: 'aggregate', syntax: stage },
      ];
    default:
      return [{ ...base, kind: 'command', syntax: stage }];
  }
}
