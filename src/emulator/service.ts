/** One HTTP request as the emulator sees it, whether it came by socket or in process. */
export interface EmulatedRequest {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when the request has none. */
  readonly body: string;
}

/** An HTTP answer; the length and the date are added where it goes over a socket. */
export interface EmulatedResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or JSON in pieces of UTF-8 that follow one another. */
  readonly body: string | readonly Uint8Array[];
  /** Resource Graph rows it carries. */
  readonly rows?: number;
  /** The body trickles in over this long, its headers at once; without it, it comes as fast as it goes. */
  readonly dripInMs?: number;
}

/** An answer that was written as text. */
export interface TextResponse extends EmulatedResponse {
  readonly body: string;
}

/** What becomes of a request: an answer, silence until the caller gives up, or a broken connection. */
export type EmulatedOutcome = EmulatedResponse | "hang" | "reset";

/** A part of the emulated world that answers some addresses: a service of Azure, or one beside it such as Teams. */
export interface EmulatedService {
  handles(url: URL): boolean;
  handle(request: EmulatedRequest): Promise<TextResponse>;
}

/** The body as text, however it is held. */
export function textOf({ body }: EmulatedResponse): string {
  return typeof body === "string" ? body : Buffer.concat(body).toString("utf8");
}

/** The body in bytes, however it is held. */
export function bytesOf({ body }: EmulatedResponse): readonly Uint8Array[] {
  return typeof body === "string" ? [Buffer.from(body)] : body;
}
