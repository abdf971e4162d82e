import { describe, expect, test } from "vitest";
import { messageFaults } from "../../../src/emulator/teams/teams-card-rules.ts";

const contentType = "application/vnd.microsoft.card.adaptive";

function faultsOf(card: object): readonly string[] {
  const content = { type: "AdaptiveCard", version: "1.4", body: [], ...card };
  return messageFaults(JSON.stringify({ type: "message", attachments: [{ contentType, content }] }));
}

test("takes what Teams shows", () => {
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    msteams: { width: "Full" },
    body: [
      { type: "TextBlock", text: "a", wrap: true, size: "Large" },
      { type: "FactSet", facts: [{ title: "a", value: "b" }] },
      {
        type: "ColumnSet",
        columns: [{ type: "Column", width: "stretch", items: [{ type: "RichTextBlock", inlines: ["a"] }] }],
      },
      { type: "Container", id: "more", isVisible: false, style: "attention", bleed: true, items: [] },
    ],
    actions: [
      { type: "Action.OpenUrl", title: "a", url: "https://contoso.example" },
      { type: "Action.ToggleVisibility", title: "a", targetElements: ["more"] },
      {
        type: "Action.ShowCard",
        title: "a",
        card: { type: "AdaptiveCard", body: [{ type: "TextBlock", text: "a" }] },
      },
    ],
  };
  expect(faultsOf(card)).toEqual([]);
});

test("takes the same card twice", () => {
  const card = { body: [{ type: "TextBlock", text: "a" }] };
  expect([faultsOf(card), faultsOf(card)]).toEqual([[], []]);
});

describe("refuses", () => {
  test.each([
    ["what is no JSON", "{"],
    ["a list", "[]"],
    ["another type of message", JSON.stringify({ type: "MessageCard" })],
    ["no attachments", JSON.stringify({ type: "message" })],
    [
      "an attachment of another kind",
      JSON.stringify({ type: "message", attachments: [{ contentType: "text/html" }] }),
    ],
    [
      "an attachment without a card",
      JSON.stringify({ type: "message", attachments: [{ contentType, content: {} }] }),
    ],
  ])("%s", (_, body) => {
    expect(messageFaults(body)).toHaveLength(1);
  });

  test.each([
    ["no version", { version: undefined }, "no version"],
    ["a version after 1.5", { version: "1.6" }, "up to version 1.5"],
    ["an unknown element", { body: [{ type: "CodeBlock", codeSnippet: "a" }] }, "CodeBlock"],
    [
      "an unknown element deep down",
      { body: [{ type: "Container", items: [{ type: "Marquee" }] }] },
      "Marquee",
    ],
    [
      "an element newer than the card says it is",
      { body: [{ type: "Table", columns: [], rows: [] }] },
      "Table",
    ],
    [
      "an unknown property",
      { body: [{ type: "TextBlock", text: "a", blink: true }] },
      '"blink" of TextBlock',
    ],
    ["an unknown property of the card", { theme: "dark" }, '"theme" of AdaptiveCard'],
    ["an unknown value", { body: [{ type: "TextBlock", text: "a", size: "huge" }] }, '"huge"'],
    ["an unknown action", { actions: [{ type: "Action.Http", title: "a" }] }, "Action.Http"],
    ["an action that needs a bot", { actions: [{ type: "Action.Submit", title: "a" }] }, "Action.Submit"],
    [
      "an action that needs a bot, on an element",
      { body: [{ type: "Container", items: [], selectAction: { type: "Action.Execute", title: "a" } }] },
      "Action.Execute",
    ],
  ] as const)("%s", (_, card, words) => {
    expect(faultsOf(card).join(" ")).toContain(words);
  });
});
