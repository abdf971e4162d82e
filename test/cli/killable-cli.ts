import { createEmulatedAzure } from "../../src/emulator/azure.ts";
import { startEmulatedAzure } from "../../src/emulator/server.ts";
import { runProgram } from "../host/run-program.ts";
import { changingEstate } from "../support/changing-estate.ts";
import type { Moment } from "../support/life.ts";
import { createStorageFront } from "../support/storage-front.ts";

/** The request at which a process is killed, counted from 1 over all it asks of Azure and of storage. */
export interface Death {
  readonly nth: number;
  readonly moment: Moment;
}

export interface EndedProcess {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: number;
}

/** The built command line over an emulated Azure and a storage that see each of its requests. */
export interface KillableCli {
  setNight(index: number): void;
  /** `midwatch sweep` with the store, as a process of its own, to its end. */
  sweep(death?: Death): Promise<EndedProcess>;
  close(): Promise<void>;
}

/** `folder` is where it runs and where the emulated Azure's certificate lies. */
export async function createKillableCli(folder: string, connectionString: string): Promise<KillableCli> {
  let requests = 0;
  let isDead = false;
  let death: Death | undefined;
  let kill: () => void = () => undefined;

  async function carry<T>(send: () => Promise<T>): Promise<T> {
    requests += 1;
    const isLast = requests === death?.nth;
    if (isLast && death?.moment === "before") kill();
    // Of the dead nothing arrives any more.
    if (isDead) return new Promise(() => undefined);
    const answer = await send();
    if (isLast) kill();
    return answer;
  }
  const azure = createEmulatedAzure({ estate: changingEstate });
  const server = await startEmulatedAzure(
    { ...azure, handle: (request) => carry(() => azure.handle(request)) },
    { folder },
  );
  const front = createStorageFront(() => connectionString);
  await front.open();
  front.setCarry(carry);

  return {
    setNight: azure.setNight,
    async sweep(drawn) {
      const argv = ["sweep", "--store", front.connectionString()];
      const program = runProgram(folder, "dist/cli/main.js", argv, {
        MIDWATCH_ARM_ENDPOINT: server.url,
        MIDWATCH_GRAPH_ENDPOINT: server.url,
        IDENTITY_ENDPOINT: server.identityEndpoint,
        IDENTITY_HEADER: server.identityHeader,
        NODE_EXTRA_CA_CERTS: server.caFile,
        AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential",
        HTTPS_PROXY: "",
        http_proxy: "",
      });
      requests = 0;
      isDead = false;
      death = drawn;
      kill = () => {
        isDead = true;
        program.child.kill("SIGKILL");
      };
      const exitCode = await program.ended;
      return { exitCode, stdout: program.stdout(), stderr: program.stderr(), requests };
    },
    async close() {
      front.close();
      await server.close();
    },
  };
}
