import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { EmulatedOutcome, EmulatedRequest } from "./service.ts";
import { writeAnswer } from "./write-answer.ts";

type Handle = (request: EmulatedRequest) => Promise<EmulatedOutcome>;

/** A listener for requests that come by this scheme. */
export function answerOver(scheme: "http" | "https", handle: Handle): RequestListener {
  return (request, response) => {
    void serve(handle, scheme, request, response);
  };
}

async function serve(
  handle: Handle,
  scheme: "http" | "https",
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await writeAnswer(response, await handle(await readRequest(scheme, request)));
  } catch (error) {
    // A fault of the emulator itself, not one that was asked for.
    if (response.headersSent) response.destroy();
    else
      await writeAnswer(response, {
        status: 500,
        headers: { "content-type": "text/plain" },
        body: String(error),
      });
  }
}

async function readRequest(scheme: string, request: IncomingMessage) {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value ?? "");
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", `${scheme}://${headers.host}`).href,
    headers,
    body: Buffer.concat(pieces).toString("utf8"),
  };
}

/** Listens on 127.0.0.1 and says on which port; 0 takes any free one. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** Ends a server and every connection to it, hanging ones too. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
