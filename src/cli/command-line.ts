import type { Writable } from "node:stream";
import type { Document, ReadDocuments } from "../application/judge-documents.ts";
import type { Clock } from "../application/ports.ts";
import type { StorageSettings } from "../composition/config.ts";
import type { CommandLineConnection } from "../composition/wiring.ts";

/** A standard stream, as far as commands look at it. */
export interface OutputStream extends Writable {
  readonly isTTY?: boolean;
  /** The width of the terminal. */
  readonly columns?: number;
}

/** What a person or a machine ends a run with. */
export type Interruption = "SIGINT" | "SIGTERM";

/** All that commands need from outside. */
export interface CommandLine {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** The person asked for no colours by environment. */
  readonly isColourless: boolean;
  /** Unexpected errors are shown with their stack. */
  readonly isDebug: boolean;
  readonly clock: Clock;
  readonly readDocuments: ReadDocuments;
  readonly readJson: (document: Document) => Promise<unknown>;
  /** Signs in; null takes the account's own tenant. Clusters are looked into only with `inspection`. */
  readonly connect: (tenantId: string | null, inspection: boolean) => CommandLineConnection;
  /** Null when the text names no storage account. */
  readonly readStore: (text: string) => StorageSettings | null;
  /** Hands interruptions to `listener`, which then answers for ending the run, until the function it answers with is called. */
  readonly onInterrupt: (listener: (interruption: Interruption) => void) => () => void;
  /** Runs the command line again over the emulated Azure; null in the package, which has none. */
  readonly runInEstate: ((argv: readonly string[]) => Promise<number>) | null;
}
