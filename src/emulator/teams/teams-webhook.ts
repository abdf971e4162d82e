import { AzureError, answerError } from "../errors.ts";
import type { EmulatedRequest, EmulatedService, TextResponse } from "../service.ts";
import { messageFaults } from "./teams-card-rules.ts";
import { answerPage, type PostedCard } from "./teams-page.ts";

/** Workflows takes no more, all of the request's body counted. */
const mostBytes = 28 * 1024;

export interface TeamsWebhookOptions {
  readonly workflow: string;
  /** The secret part of the address. */
  readonly signature: string;
  /** The present moment, ISO 8601. */
  readonly now: () => string;
}

export interface TeamsWebhook extends EmulatedService {
  readonly cards: readonly PostedCard[];
  /** The webhook's whole address on a server such as `https://localhost:4443`. */
  address(origin: string): string;
}

/**
 * A channel with a workflow that posts cards to it, and the pages on which to see them (`/teams/`). Where Teams
 * answers 202 and shows a bad card to nobody, this answers 400 and says what is wrong with it.
 */
export function createTeamsWebhook({ workflow, signature, now }: TeamsWebhookOptions): TeamsWebhook {
  const cards: PostedCard[] = [];
  const path = `/teams/workflows/${workflow}/triggers/manual/paths/invoke`;

  const take = ({ method, url, headers, body }: EmulatedRequest): TextResponse => {
    const { searchParams, pathname } = new URL(url);
    const bytes = Buffer.byteLength(body);
    if (pathname !== path) return refuse(404, "WorkflowNotFound", "The workflow could not be found.");
    if (method !== "POST") return refuse(405, "MethodNotAllowed", "The trigger takes POST requests only.");
    if (searchParams.get("sig") !== signature)
      return refuse(401, "Unauthorized", "The signature in the address is not valid.");
    if (bytes > mostBytes)
      return refuse(413, "RequestEntityTooLarge", `The card takes ${bytes} bytes; ${mostBytes} are allowed.`);
    if (!headers["content-type"]?.startsWith("application/json"))
      return refuse(400, "InvalidContentType", "The body is not sent as JSON.");
    const faults = messageFaults(body);
    if (faults.length > 0) return refuse(400, "InvalidCard", faults.join(" "));

    // messageFaults found cards in all attachments.
    const message = JSON.parse(body) as { readonly attachments: readonly { readonly content: unknown }[] };
    for (const { content } of message.attachments)
      cards.push({ number: cards.length + 1, postedAt: now(), card: content, bytes });
    return { status: 202, headers: {}, body: "" };
  };

  return {
    cards,
    address: (origin) =>
      `${origin}${path}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${encodeURIComponent(signature)}`,
    handles: ({ pathname }) => pathname.startsWith("/teams/"),
    async handle(request) {
      const { pathname } = new URL(request.url);
      return pathname.startsWith("/teams/workflows/") ? take(request) : answerPage(pathname, cards);
    },
  };
}

function refuse(status: number, code: string, message: string): TextResponse {
  return answerError(new AzureError(status, code, message));
}
