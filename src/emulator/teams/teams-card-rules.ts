import { createRequire } from "node:module";

// The package's ES modules name their imports without extensions, which Node does not resolve; its bundle loads.
// The bundle is built from the sources that these types describe.
const cards = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.min.js",
) as typeof import("adaptivecards");

/** Members the parser reads by itself, beside those in its schemas. */
const childMembers = new Set([
  "type",
  "body",
  "actions",
  "items",
  "columns",
  "inlines",
  "card",
  "fallback",
  "msteams",
]);

const newestVersion = 1.5;

/** What Teams would not show of a message from a webhook, or not as meant; empty when all is well. */
export function messageFaults(body: string): readonly string[] {
  const message = parseJson(body);
  if (!isRecord(message)) return ["The body is not a JSON object."];
  if (message.type !== "message") return ['The body\'s type is not "message".'];
  const attachments = Array.isArray(message.attachments) ? message.attachments : [];
  if (attachments.length === 0) return ["The message has no attachments."];
  return attachments.flatMap(attachmentFaults);
}

function attachmentFaults(attachment: unknown): readonly string[] {
  if (!isRecord(attachment) || attachment.contentType !== "application/vnd.microsoft.card.adaptive") {
    return ["An attachment's contentType is not that of an Adaptive Card."];
  }
  const card = attachment.content;
  if (!isRecord(card) || card.type !== "AdaptiveCard")
    return ["An attachment's content is no Adaptive Card."];
  if (typeof card.version !== "string" || !/^1\.\d$/.test(card.version)) return ["The card has no version."];
  if (Number(card.version) > newestVersion)
    return [`Teams shows cards up to version ${newestVersion}, not ${card.version}.`];
  return cardFaults(card, card.version);
}

/** Holds the card against the official parser: unknown elements, properties, values and actions. */
function cardFaults(card: Readonly<Record<string, unknown>>, version: string): readonly string[] {
  const faults: string[] = [];
  const context = new cards.SerializationContext(
    cards.Version.parse(version, new cards.SerializationContext()),
  );
  context.onParseElement = (element, source) => faults.push(...memberFaults(element, source));
  context.onParseAction = (action, source) =>
    faults.push(...memberFaults(action, source), ...actionFaults(source));
  const parsed = new cards.AdaptiveCard();
  parsed.parse(card, context);
  faults.push(...memberFaults(parsed, card));
  for (let index = 0; index < context.eventCount; index += 1) faults.push(context.getEventAt(index).message);
  faults.push(...parsed.validateProperties().validationEvents.map(({ message }) => message));
  return [...new Set(faults)];
}

function memberFaults(parsed: import("adaptivecards").CardObject, source: unknown): readonly string[] {
  if (!isRecord(source)) return [];
  const schema = parsed.getSchema();
  const known = new Set(childMembers);
  for (let index = 0; index < schema.getCount(); index += 1) known.add(schema.getItemAt(index).name);
  return Object.keys(source)
    .filter((name) => !known.has(name))
    .map((name) => `Unknown property "${name}" of ${parsed.getJsonTypeName()}.`);
}

/** From a webhook there is no bot to answer these (Microsoft's page on connectors and webhooks). */
function actionFaults(source: unknown): readonly string[] {
  if (!isRecord(source)) return [];
  return source.type === "Action.Submit" || source.type === "Action.Execute"
    ? [`${source.type} does nothing in a card from a webhook.`]
    : [];
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
