import { subscribe } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";

/** Counts the HTTP requests this process sends from now on, by `METHOD host`. */
export function countRequests(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  subscribe("http.client.request.start", (message) => {
    const request = typeof message === "object" && message && "request" in message ? message.request : null;
    if (!(request instanceof ClientRequest)) return;
    const key = `${request.method} ${request.getHeader("host")}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return counts;
}
