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
  readonly body: string;
  /** The body trickles in over this long, its headers at once; without it, it comes as fast as it goes. */
  readonly dripInMs?: number;
}

/** What becomes of a request: an answer, silence until the caller gives up, or a broken connection. */
export type EmulatedOutcome = EmulatedResponse | "hang" | "reset";

/** A part of the emulated world that answers some addresses: a service of Azure, or one beside it such as Teams. */
export interface EmulatedService {
  handles(url: URL): boolean;
  handle(request: EmulatedRequest): Promise<EmulatedResponse>;
}
