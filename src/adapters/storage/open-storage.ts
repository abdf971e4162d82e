import { TableClient } from "@azure/data-tables";
import type { TokenCredential } from "@azure/identity";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { AlertOutbox, Archive, History } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import { createBlobArchive } from "./blob-archive.ts";
import { translateErrors } from "./storage-error.ts";
import { createTable } from "./table.ts";
import { createTableHistory } from "./table-history.ts";
import { createTableOutbox } from "./table-outbox.ts";

/** Where the storage account is, by the two conventions of Functions settings. */
export type StorageConnection =
  | { readonly connectionString: string }
  | {
      readonly tableServiceUri: string;
      readonly blobServiceUri: string;
      readonly credential: TokenCredential;
    };

/** How long storage is borne with: retries after the first try, the first wait between them, and the end of it all. */
export interface StoragePatience {
  readonly retries: number;
  readonly delayInMs: number;
  readonly giveUpAfterInMs: number;
}

export interface StorageSettings {
  readonly connection: StorageConnection;
  /** Keeps several installations apart in one account: small letters and digits, a letter first. */
  readonly prefix?: string;
  readonly patience?: StoragePatience;
}

export interface OpenedStorage {
  readonly history: History;
  readonly archive: Archive;
  readonly outbox: AlertOutbox;
}

const defaultPatience: StoragePatience = { retries: 4, delayInMs: 500, giveUpAfterInMs: 60_000 };
const longestDelayInMs = 8_000;

/** Opens the storage, making the tables and the container that are not there yet. Throws SourceError. */
export async function openStorage({
  connection,
  prefix,
  patience = defaultPatience,
}: StorageSettings): Promise<OpenedStorage> {
  // Table names: 3 to 63 letters and digits; container names: small letters. The longest suffix has 14 characters.
  if (prefix !== undefined && !/^[a-z][a-z0-9]{0,47}$/.test(prefix)) {
    throw new SourceError(
      `"${prefix}" cannot begin the names of tables: small letters and digits, a letter first.`,
      { reason: "malformed" },
    );
  }
  const { tableOf, container } = connect(
    connection,
    patience,
    prefix === undefined ? "evidence" : `${prefix}-evidence`,
  );
  const table = (name: string) =>
    createTable(tableOf(`${prefix ?? "midwatch"}${name}`), patience.giveUpAfterInMs);
  const tables = {
    clusters: table("clusters"),
    findings: table("findings"),
    subscriptions: table("subscriptions"),
    sweeps: table("sweeps"),
    alerts: table("alerts"),
  };
  await Promise.all([
    ...Object.values(tables).map((one) => one.createIfAbsent()),
    translateErrors(
      { label: `container ${container.containerName}`, role: "Storage Blob Data Contributor" },
      () => container.createIfNotExists({ abortSignal: AbortSignal.timeout(patience.giveUpAfterInMs) }),
    ),
  ]);
  return {
    history: createTableHistory(tables),
    archive: createBlobArchive(container, patience.giveUpAfterInMs),
    outbox: createTableOutbox(tables.alerts),
  };
}

interface StorageClients {
  readonly tableOf: (name: string) => TableClient;
  readonly container: ContainerClient;
}

function connect(
  connection: StorageConnection,
  { retries, delayInMs }: StoragePatience,
  containerName: string,
): StorageClients {
  const tableOptions = {
    retryOptions: { maxRetries: retries, retryDelayInMs: delayInMs, maxRetryDelayInMs: longestDelayInMs },
  };
  const blobOptions = {
    retryOptions: { maxTries: retries + 1, retryDelayInMs: delayInMs, maxRetryDelayInMs: longestDelayInMs },
  };
  if (!("connectionString" in connection)) {
    const { tableServiceUri, blobServiceUri, credential } = connection;
    return {
      tableOf: (name) => new TableClient(tableServiceUri, name, credential, tableOptions),
      container: new BlobServiceClient(blobServiceUri, credential, blobOptions).getContainerClient(
        containerName,
      ),
    };
  }
  // Whoever writes http into a connection string (Azurite) means it; the key itself is never sent.
  const options = { ...tableOptions, allowInsecureConnection: true };
  try {
    return {
      tableOf: (name) => TableClient.fromConnectionString(connection.connectionString, name, options),
      container: BlobServiceClient.fromConnectionString(
        connection.connectionString,
        blobOptions,
      ).getContainerClient(containerName),
    };
  } catch {
    // The cause may quote the string, which is a secret.
    throw new SourceError("The connection string of the storage account cannot be read.", {
      reason: "malformed",
    });
  }
}
