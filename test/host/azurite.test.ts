import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAzurite } from "../../src/host/azurite.ts";
import { freePort } from "../../src/host/free-port.ts";

describe("startAzurite", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "midwatch-azurite-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("answers with blobs and tables, and keeps them from one start to the next", async () => {
    const data = join(folder, "kept", "deeper");
    const once = await startAzurite({ folder: data });
    await table(once.connectionString).createTable();
    await table(once.connectionString).createEntity({ partitionKey: "p", rowKey: "r", word: "kept" });
    const container = BlobServiceClient.fromConnectionString(once.connectionString).getContainerClient(
      "kept",
    );
    await container.create();
    await container.getBlockBlobClient("blob").upload("kept", 4);
    await once.stop();
    await once.stop();

    const again = await startAzurite({ folder: data });
    try {
      expect(await table(again.connectionString).getEntity("p", "r")).toMatchObject({ word: "kept" });
      const blob = BlobServiceClient.fromConnectionString(again.connectionString)
        .getContainerClient("kept")
        .getBlobClient("blob");
      expect((await blob.downloadToBuffer()).toString()).toBe("kept");
    } finally {
      await again.stop();
    }
    expect(await isListening(once.tablePort)).toBe(false);
    expect(await isListening(again.blobPort)).toBe(false);
  });

  it("leaves nothing on disk when it is kept in memory, and takes the ports it is told", async () => {
    const data = join(folder, "memory");
    const tablePort = await freePort();
    const azurite = await startAzurite({ folder: data, inMemory: true, ports: { table: tablePort } });
    try {
      expect(azurite.tablePort).toBe(tablePort);
      await table(azurite.connectionString).createTable();
    } finally {
      await azurite.stop();
    }
    expect(await readdir(data)).toEqual([]);
  });

  it("says why when it cannot start", async () => {
    const azurite = await startAzurite({ folder: join(folder, "busy"), inMemory: true });
    try {
      const second = startAzurite({
        folder: join(folder, "busy"),
        inMemory: true,
        ports: { blob: azurite.blobPort },
      });
      await expect(second).rejects.toThrow(/did not start.*EADDRINUSE/s);
    } finally {
      await azurite.stop();
    }
  });

  it.each(["SIGKILL", "SIGTERM"] as const)("does not outlive a program that ends by %s", async (signal) => {
    const program = join(import.meta.dirname, "../../src/host/azurite.ts");
    const script = join(folder, "program.mjs");
    const { build } = await import("esbuild");
    await build({
      stdin: {
        contents: `import { startAzurite } from ${JSON.stringify(program)};
          const azurite = await startAzurite({ folder: ${JSON.stringify(join(folder, "outlived"))}, inMemory: true });
          console.log(azurite.tablePort);
          setInterval(() => {}, 1000);`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      define: { "import.meta.url": JSON.stringify(new URL(import.meta.url).href) },
      outfile: script,
    });
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise<number>((resolve) =>
      child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString()))),
    );
    expect(await isListening(port)).toBe(true);
    child.kill(signal);
    await expect.poll(() => isListening(port), { timeout: 10_000 }).toBe(false);
  });
});

function table(connectionString: string): TableClient {
  return TableClient.fromConnectionString(connectionString, "kept", { allowInsecureConnection: true });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
