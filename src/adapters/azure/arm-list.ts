import { SourceError } from "../../application/source-error.ts";
import type { Patience } from "../patience.ts";
import type { Send } from "./answer.ts";
import { askOrThrow, type Request } from "./ask.ts";
import type { ResourceManager } from "./resource-manager.ts";

/** A list that Resource Manager answers in pages. */
export interface ListRequest extends Omit<Request, "send"> {
  readonly first: Send;
  /** Where a page says how to get the next one. Default `nextLink`; Microsoft Graph has another. */
  readonly linkProperty?: string;
}

/** All entries of a list, page after page by the links between them. @throws SourceError */
export async function readArmList(
  arm: Pick<ResourceManager, "follow">,
  { first, linkProperty = "nextLink", ...request }: ListRequest,
  patience: Patience,
): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  const visited = new Set<string>();
  let send = first;
  for (;;) {
    const { value, [linkProperty]: nextLink } = await askOrThrow({ ...request, send }, patience);
    if (!Array.isArray(value))
      throw new SourceError(`Could not read ${request.task}: value is not a list.`, { reason: "malformed" });
    entries.push(...value);
    if (typeof nextLink !== "string" || nextLink === "") return entries;
    if (visited.has(nextLink))
      throw new SourceError(`Could not read ${request.task} in full: the pages do not end.`, {
        reason: "incomplete",
      });
    visited.add(nextLink);
    send = arm.follow(nextLink);
  }
}
