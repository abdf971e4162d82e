import type { CardElement } from "../../src/presenters/card-elements.ts";

/** The texts of a card, one per block, in the order a reader meets them; hidden ones too, links as Markdown. */
export function shownText(element: CardElement): readonly string[] {
  switch (element.type) {
    case "TextBlock":
      return [element.text];
    case "RichTextBlock":
      return [element.inlines.map(({ text }) => text).join("")];
    case "Container":
      return element.items.flatMap(shownText);
    case "ColumnSet":
      return element.columns.flatMap(({ items }) => items.flatMap(shownText));
    default:
      return element satisfies never;
  }
}
