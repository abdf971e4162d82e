import type { TableClient } from "@azure/data-tables";
import { SourceError } from "../../application/source-error.ts";
import { errorCodeOf, storageError, translateErrors } from "./storage-error.ts";
import { cutTransactions } from "./transactions.ts";

/** A row to write. */
export interface Row {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly [property: string]: string | number | boolean | Uint8Array;
}

/** A row as it was read; only what was asked for is in it. */
export interface FetchedRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  readonly [property: string]: unknown;
}

export interface RowQuery {
  readonly filter: string;
  /** The properties to read beside the keys; all when left out. */
  readonly select?: readonly string[];
  /** Rows per answer, at most 1,000. */
  readonly pageSize?: number;
}

/** One table, its errors translated and every request bounded in time. */
export interface Table {
  readonly name: string;
  createIfAbsent(): Promise<void>;
  find(partitionKey: string, rowKey: string): Promise<FetchedRow | null>;
  /** In order of keys, page by page as they are asked for. */
  list(query: RowQuery): AsyncIterable<FetchedRow>;
  /** False when there is such a row already. */
  insert(row: Row): Promise<boolean>;
  /** False when the row was changed or removed since it was read. */
  replace(row: Row, etag: string): Promise<boolean>;
  put(row: Row): Promise<void>;
  /** Puts rows of one partition, in transactions as large as storage takes. */
  putAll(rows: readonly Row[]): Promise<void>;
  /** Removes a row, whatever became of it; with an ETag only as it was read. False when it was changed or removed since. */
  remove(partitionKey: string, rowKey: string, etag?: string): Promise<boolean>;
}

/** A table behind its client; no operation, retries included, takes longer than `giveUpAfterInMs`. */
export function createTable(client: TableClient, giveUpAfterInMs: number): Table {
  const place = { label: `table ${client.tableName}`, role: "Storage Table Data Contributor" };
  const bounded = () => ({ abortSignal: AbortSignal.timeout(giveUpAfterInMs) });
  const malformed = (detail: string) =>
    new SourceError(`The ${place.label} sent ${detail}.`, { reason: "malformed" });

  const readPage = async ({ filter, select, pageSize }: RowQuery, continuationToken: string | undefined) => {
    let isPage = false;
    const pages = client.listEntities({
      ...bounded(),
      queryOptions: { filter, ...(select ? { select: ["partitionKey", "rowKey", ...select] } : {}) },
      onResponse({ parsedBody }) {
        isPage = Array.isArray(parsedBody?.value);
      },
    });
    const page = await pages
      .byPage({ maxPageSize: pageSize ?? 1000, ...(continuationToken ? { continuationToken } : {}) })
      .next();
    // The client takes a body without rows (a proxy's page, say) for an empty table: that would forget everything.
    if (page.done || !isPage) throw malformed("an answer that is no page of rows");
    return page.value;
  };

  return {
    name: client.tableName,

    createIfAbsent: () => translateErrors(place, () => client.createTable(bounded())),

    async find(partitionKey, rowKey) {
      try {
        const row = await client.getEntity(partitionKey, rowKey, {
          ...bounded(),
          onResponse({ status, parsedBody }) {
            if (status === 200 && parsedBody?.RowKey !== rowKey)
              throw malformed("an answer that is not the row asked for");
          },
        });
        return fetched(row);
      } catch (error) {
        if (errorCodeOf(error) === "ResourceNotFound") return null;
        throw storageError(place, error);
      }
    },

    async *list(query) {
      let token: string | undefined;
      do {
        const page = await translateErrors(place, () => readPage(query, token));
        for (const row of page) yield fetched(row);
        token = page.continuationToken;
      } while (token);
    },

    async insert(row) {
      return unless("EntityAlreadyExists", () => client.createEntity(row, bounded()));
    },

    async replace(row, etag) {
      return unless(["UpdateConditionNotSatisfied", "ResourceNotFound"], () =>
        client.updateEntity(row, "Replace", { ...bounded(), etag }),
      );
    },

    async put(row) {
      await translateErrors(place, () => client.upsertEntity(row, "Replace", bounded()));
    },

    async putAll(rows) {
      for (const transaction of cutTransactions(rows)) {
        const { subResponses } = await translateErrors(place, () =>
          client.submitTransaction(
            transaction.map((row) => ["upsert", row, "Replace"]),
            bounded(),
          ),
        );
        // An answer without a word on each row is not storage's, and the rows may not be there.
        const written = subResponses.filter(({ status }) => status >= 200 && status < 300);
        if (written.length !== transaction.length)
          throw malformed("an answer that does not confirm every row");
      }
    },

    async remove(partitionKey, rowKey, etag) {
      return unless(["ResourceNotFound", "UpdateConditionNotSatisfied"], () =>
        client.deleteEntity(partitionKey, rowKey, { ...bounded(), ...(etag === undefined ? {} : { etag }) }),
      );
    },
  };

  async function unless(
    codes: string | readonly string[],
    operation: () => Promise<unknown>,
  ): Promise<boolean> {
    try {
      await operation();
      return true;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code !== null && [codes].flat().includes(code)) return false;
      throw storageError(place, error);
    }
  }

  function fetched(row: Partial<Pick<FetchedRow, "partitionKey" | "rowKey">> & { readonly etag: string }) {
    if (!isFetched(row)) throw malformed("a row without its keys");
    return row;
  }
}

function isFetched(row: { readonly etag: string }): row is FetchedRow {
  return (
    "partitionKey" in row && row.partitionKey !== undefined && "rowKey" in row && row.rowKey !== undefined
  );
}
