import { ClientRequest } from "node:http";

/** A request as this process sends it, whichever client made it. */
export interface SentRequest {
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  /** Empty where it was sent in pieces. */
  readonly body: string;
}

/** Shows every HTTP request this process sends from now on, in the async context of whoever sends it. */
export function tapRequests(onRequest: (request: SentRequest) => void): void {
  const { end } = ClientRequest.prototype;
  ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
    const [body] = args;
    onRequest({
      method: this.method,
      host: String(this.getHeader("host")),
      path: this.path,
      body: typeof body === "string" ? body : "",
    });
    // Handed on as they came; the overloads cannot say that.
    return Reflect.apply(end, this, args) as ClientRequest;
  };
}
