import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { ColumnTarget } from '../../../../shared/imports/column-target.ts';
import { IMPORT_PART_ROWS, type importChoices } from '../../../../shared/imports/import-operations.ts';
import type { importTable } from '../../../../shared/imports/import-operations.ts';
import type { ImportRow } from '../../../../shared/imports/import-row.ts';
import { indexSetup, SETUP_KINDS, setupOf } from '../../../../shared/imports/import-setup.ts';
import { readImportRow, type Mapping } from '../../../../shared/imports/read-import-row.ts';
import { recogniseColumns } from '../../../../shared/imports/recognise-columns.ts';
import { AppError } from '../../../../shared/kernel/app-error.ts';
import type { OutputOf } from '../../../../shared/protocol/operation.ts';
import type { Act } from '../../../db/act.ts';
import { RUN_IMPORT } from '../import-batches.ts';
import { importJobs } from '../import-job-table.ts';
import { importProblems } from '../import-problem-table.ts';
import { importRows } from '../import-row-table.ts';
import { changeImport } from '../import-store.ts';

export type ImportChoices = z.output<typeof importChoices>;
export type SentTable = {
  headers: readonly string[];
  /** With the number of each row, as whoever sent them counts. */
  rows: AsyncIterable<SentRow> | Iterable<SentRow>;
};
type SentRow = { row: number; cells: string[] };

/** Reads a table that nobody looks at first, keeps its good rows and lets the job begin; wrong rows are listed with their reasons. */
export async function takeTable(
  act: Act,
  { headers, rows }: SentTable,
  choices: ImportChoices,
): Promise<OutputOf<typeof importTable>> {
  const mapping = await mappingOf(act, headers, choices);
  const id = await announce(act, choices);
  const keeper = new PartKeeper(act, id);
  let withoutConsent = 0;
  for await (const { row, cells } of rows) {
    const reading = readImportRow(cells, row, mapping);
    if (
      reading.ok &&
      !reading.row.consents?.some(({ act: said, purpose }) => said === 'given' && purpose === 'marketing')
    )
      withoutConsent += 1;
    await (reading.ok ? keeper.keep(reading.row) : keeper.refuse(reading));
  }
  const { total, invalid, reasons } = await keeper.finish();
  if (total === 0)
    throw new AppError('invalid_input', 'No row can be imported. Nothing was changed.', { invalid, problems: reasons });
  await changeImport(act, id, { total, status: 'running' });
  await act.enqueue({ name: RUN_IMPORT.name, data: { tenantId: act.tenantId, userId: act.userId, importId: id } });
  const { fileName, duplicates, kind } = choices;
  act.audit({ action: 'imports.start', entity: 'import', entityId: id, after: { fileName, total, duplicates, kind } });
  const columns = headers.map((header, i) => ({ header, target: mapping.targets[i] ?? 'ignore' }));
  return { id, rows: total, invalid, withoutConsent, columns };
}

async function mappingOf({ tx, tenantId }: Act, headers: readonly string[], choices: ImportChoices): Promise<Mapping> {
  const { rows: items } = await tx.execute<{ id: string; kind: string; body: Record<string, unknown> }>(
    sql`select id, kind, body from workspace_items where tenant_id = ${tenantId} and kind = any(${sql.param([...SETUP_KINDS])}::text[])`,
  );
  const { rows: tenants } = await tx.execute<{ country: string }>(
    sql`select country from tenants where id = ${tenantId}`,
  );
  const { targets: recognised } = recogniseColumns(headers);
  const chosen = (header: string): ColumnTarget | undefined =>
    Object.hasOwn(choices.columns, header) ? choices.columns[header] : undefined;
  const targets = headers.map((header, i) => chosen(header) ?? recognised[i] ?? 'ignore');
  return {
    headers,
    targets: choices.kind === 'contacts' ? targets : targets.map((target) => (target === 'phone' ? target : 'ignore')),
    country: choices.country ?? tenants[0]?.country ?? 'US',
    names: indexSetup(setupOf(items)),
  };
}

async function announce(act: Act, { fileName, duplicates, kind }: ImportChoices): Promise<string> {
  const { tx, tenantId, userId, now, newId } = act;
  if (!userId)
    throw new AppError('forbidden', 'An import is somebody’s: use the access token of a person. Nothing was imported.');
  const id = newId();
  const times = { createdAt: now, updatedAt: now };
  await tx
    .insert(importJobs)
    .values({ id, tenantId, fileName, total: 0, duplicates, kind, status: 'receiving', startedById: userId, ...times });
  return id;
}

/** Rows on their way into parts; never more than one of them is in memory. */
class PartKeeper {
  private readonly act: Act;
  private readonly importId: string;
  private rows: ImportRow[] = [];
  private problems: { row: number; reason: string }[] = [];
  private part = 0;
  private total = 0;
  private invalid = 0;
  /** For an answer that says no. */
  private readonly reasons: { row: number; reason: string }[] = [];

  constructor(act: Act, importId: string) {
    this.act = act;
    this.importId = importId;
  }

  async keep(row: ImportRow): Promise<void> {
    this.rows.push(row);
    if (this.rows.length === IMPORT_PART_ROWS) await this.storeRows();
  }

  async refuse({ row, reason }: { row: number; reason: string }): Promise<void> {
    this.invalid += 1;
    this.problems.push({ row, reason });
    if (this.reasons.length < 20) this.reasons.push({ row, reason });
    if (this.problems.length === IMPORT_PART_ROWS) await this.storeProblems();
  }

  async finish() {
    if (this.rows.length) await this.storeRows();
    if (this.problems.length) await this.storeProblems();
    return { total: this.total, invalid: this.invalid, reasons: this.reasons };
  }

  private async storeRows(): Promise<void> {
    const { tx, tenantId } = this.act;
    const { importId, part, rows } = this;
    await tx.insert(importRows).values({ importId, part, tenantId, rowCount: rows.length, rows });
    this.total += rows.length;
    this.part += 1;
    this.rows = [];
  }

  private async storeProblems(): Promise<void> {
    const { tx, tenantId } = this.act;
    const { importId } = this;
    await tx.insert(importProblems).values(this.problems.map((problem) => ({ ...problem, importId, tenantId })));
    this.problems = [];
  }
}
