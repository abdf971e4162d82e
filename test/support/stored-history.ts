import { gunzipSync } from "node:zlib";
import { TableClient, type TableEntity } from "@azure/data-tables";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { Finding } from "../../src/domain/finding.ts";

type Properties = Readonly<Record<string, unknown>>;

/** All that an installation keeps: rows by table and keys, blobs by name. Two of them can be compared. */
export interface StoredHistory {
  readonly rows: Readonly<Record<string, Properties>>;
  readonly blobs: Readonly<Record<string, unknown>>;
}

/** Rows as they are stored, by table. */
export type StoredRows = ReadonlyMap<string, readonly TableEntity<Record<string, unknown>>[]>;

const tables = ["clusters", "findings", "subscriptions", "sweeps", "alerts"] as const;

/** Reads every table and every blob of the installation with this prefix, or of the one without. */
export async function readStoredHistory(connectionString: string, prefix?: string): Promise<StoredHistory> {
  const [stored, blobs] = await Promise.all([
    readRows(connectionString, prefix),
    readBlobs(connectionString, prefix),
  ]);
  const rows = [...stored].flatMap(([table, entities]) =>
    entities.map(({ partitionKey, rowKey, ...properties }) => [
      `${table} ${partitionKey} ${rowKey}`,
      Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, readableOf(value)])),
    ]),
  );
  return { rows: Object.fromEntries(rows), blobs };
}

/** Without what a sweep left that never finished: its place in the index, its alert, its evidence. */
export function withoutSweep({ rows, blobs }: StoredHistory, id: string): StoredHistory {
  return {
    rows: filtered(rows, (key, { sweepId }) => sweepId !== id || !/^(sweeps|alerts) /.test(key)),
    blobs: filtered(blobs, (name) => !name.startsWith(`sweeps/${id}/`)),
  };
}

/** With every alert sent at the same time: the one in flight is sent when somebody is there to do it. */
export function regardlessOfSending({ rows, blobs }: StoredHistory): StoredHistory {
  const entries = Object.entries(rows).map(([key, { sentAt, ...row }]) => [
    key,
    sentAt === undefined ? row : { ...row, sentAt: "sent" },
  ]);
  return { rows: Object.fromEntries(entries), blobs };
}

/** What the rows say, whichever sweep wrote them: the records of clusters, the verdicts of findings, and since when they fail. */
export function inOtherWords({ rows, blobs }: StoredHistory): StoredHistory {
  const said = Object.entries(rows).map(([key, { sweepId: _, ...row }]) => [
    key,
    key.startsWith("findings ") ? saidOfFinding(row) : filtered(row, (name) => !name.startsWith("before")),
  ]);
  return { rows: Object.fromEntries(said), blobs };
}

/** Line by line, without what tells one run from another: sweeps, moments, days and the digests that hang on them. */
export function inAnyRun({ rows, blobs }: StoredHistory): readonly string[] {
  const lines = [...Object.entries(rows), ...Object.entries(blobs)].map(([key, value]) =>
    `${key} ${JSON.stringify(value)}`
      .replaceAll(/\d{4}-\d\d-\d\dt\d\d-\d\d-\d\dz/gi, "sweep")
      .replaceAll(/\d{4}-\d\d-\d\d(?:T[\d:.-]+Z)?/g, "time")
      .replaceAll(/"(?:bytes|sha256)":[^,}]+/g, ""),
  );
  return lines.sort();
}

/** The rows of the installation with this prefix, to begin another with. */
export async function readRows(connectionString: string, prefix?: string): Promise<StoredRows> {
  const read = async (table: string) => {
    const entities: TableEntity<Record<string, unknown>>[] = [];
    for await (const row of clientOf(connectionString, prefix, table).listEntities()) {
      const { partitionKey = "", rowKey = "", etag: _etag, timestamp: _timestamp, ...properties } = row;
      entities.push({ partitionKey, rowKey, ...filtered(properties, (name) => !name.startsWith("odata")) });
    }
    return [table, entities] as const;
  };
  return new Map(await Promise.all(tables.map(read)));
}

/** Makes an installation that has these rows and nothing else. */
export async function restoreRows(
  connectionString: string,
  prefix: string | undefined,
  rows: StoredRows,
): Promise<void> {
  const clients = tables.map((table) => clientOf(connectionString, prefix, table));
  await Promise.all([
    ...clients.map((client) => client.deleteTable()),
    containerOf(connectionString, prefix).deleteIfExists(),
  ]);
  await Promise.all(clients.map((client) => client.createTable()));
  await writeRows(connectionString, prefix, rows);
}

/** Sets back the time at which the lock was last renewed, as if so much time had passed since. */
export async function ageLock(
  connectionString: string,
  prefix: string | undefined,
  ageInMs: number,
): Promise<void> {
  const sweeps = clientOf(connectionString, prefix, "sweeps");
  const { lockedAt } = await sweeps.getEntity<{ readonly lockedAt: string }>("lock", "sweep");
  const earlier = new Date(Date.parse(lockedAt) - ageInMs).toISOString();
  await sweeps.updateEntity({ partitionKey: "lock", rowKey: "sweep", lockedAt: earlier }, "Merge");
}

/** Writes rows into the empty tables of an installation. */
export async function writeRows(
  connectionString: string,
  prefix: string | undefined,
  rows: StoredRows,
): Promise<void> {
  const writing = [...rows].flatMap(([table, entities]) => {
    const client = clientOf(connectionString, prefix, table);
    const partitions = new Set(entities.map(({ partitionKey }) => partitionKey));
    return [...partitions].map((partition) =>
      client.submitTransaction(
        entities.filter(({ partitionKey }) => partitionKey === partition).map((entity) => ["create", entity]),
      ),
    );
  });
  await Promise.all(writing);
}

/** A finding's place in time stands in its cluster's record; its own row tells it as of the night it was written. */
function saidOfFinding({ finding0 }: Properties): Properties {
  // Written by findingRow, and small enough for one property.
  const { verdict, severity, since } = finding0 as Finding;
  return verdict.kind === "fail" ? { verdict, severity, since } : { verdict, severity };
}

async function readBlobs(
  connectionString: string,
  prefix: string | undefined,
): Promise<StoredHistory["blobs"]> {
  const container = containerOf(connectionString, prefix);
  // Killed at its first request, the product has not made it.
  if (!(await container.exists())) return {};
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat()) names.push(name);
  const read = async (name: string) => {
    const body = await container.getBlobClient(name).downloadToBuffer();
    const text = (name.endsWith(".gz") ? gunzipSync(body) : body).toString("utf8").trimEnd();
    return [name, name.endsWith(".gz") ? text.split("\n").map(readableOf) : readableOf(text)];
  };
  return Object.fromEntries(await Promise.all(names.map(read)));
}

function clientOf(connectionString: string, prefix: string | undefined, table: string): TableClient {
  return TableClient.fromConnectionString(connectionString, `${prefix ?? "midwatch"}${table}`, {
    allowInsecureConnection: true,
  });
}

function containerOf(connectionString: string, prefix: string | undefined): ContainerClient {
  const service = BlobServiceClient.fromConnectionString(connectionString);
  return service.getContainerClient(prefix === undefined ? "evidence" : `${prefix}-evidence`);
}

function filtered<T>(
  entries: Readonly<Record<string, T>>,
  isKept: (name: string, value: T) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([name, value]) => isKept(name, value)));
}

/** JSON as what it says, so that a difference shows where it is. */
function readableOf(value: unknown): unknown {
  return typeof value === "string" && /^[[{].*[\]}]$/s.test(value) ? JSON.parse(value) : value;
}
