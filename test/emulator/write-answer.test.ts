import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { EmulatedOutcome } from "../../src/emulator/service.ts";
import { writeAnswer } from "../../src/emulator/write-answer.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that gives every caller the same, and tells when it is done with one. */
async function serve(outcome: EmulatedOutcome) {
  let done: (how: "written" | "failed") => void = () => undefined;
  const written = new Promise<"written" | "failed">((resolve) => {
    done = resolve;
  });
  let bytesWritten = () => 0;
  server = createServer((incoming, response) => {
    bytesWritten = () => incoming.socket.bytesWritten + incoming.socket.writableLength;
    writeAnswer(response, outcome).then(
      () => done("written"),
      () => done("failed"),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: "127.0.0.1" });
  sent.on("error", () => undefined).end();
  return { sent, written, bytesWritten: () => bytesWritten() };
}

const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024, "x");

describe("an answer over a socket", () => {
  it.each([
    ["text", "Größe", "Größe"],
    ["small pieces", [Buffer.from("ab"), Buffer.from("c")], "abc"],
    ["large pieces", [Buffer.from("<"), megabytes(3), Buffer.from(">")], `<${"x".repeat(3 * 1024 * 1024)}>`],
    ["nothing", "", ""],
  ])("is whole and tells its length: %s", async (_, body, expected) => {
    const { sent } = await serve({ status: 200, headers: {}, body });
    const [response] = await once(sent, "response");
    const received = Buffer.concat(await response.toArray()).toString("utf8");
    expect(received === expected).toBe(true);
    expect(response.headers["content-length"]).toBe(String(Buffer.byteLength(expected)));
  });

  it("waits for a caller who does not read", async () => {
    const { sent, written, bytesWritten } = await serve({ status: 200, headers: {}, body: [megabytes(64)] });
    const [response] = await once(sent, "response");
    expect(bytesWritten()).toBeLessThan(32 * 1024 * 1024);
    response.resume();
    expect(await written).toBe("written");
    expect(bytesWritten()).toBeGreaterThan(64 * 1024 * 1024);
  });

  it("takes it in good part when the caller hangs up", async () => {
    const { sent, written } = await serve({ status: 200, headers: {}, body: [megabytes(64)] });
    await once(sent, "response");
    sent.destroy();
    expect(await written).toBe("written");
  });
});
