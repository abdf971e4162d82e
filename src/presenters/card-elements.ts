/*
 * The parts of Adaptive Cards 1.4 that Teams shows from a webhook, on the desktop and on phones: no tables, inputs,
 * code blocks or submit actions. Text that is not ours stands in text runs alone, because a run is never read as
 * Markdown (learn.microsoft.com/adaptive-cards/schema-explorer/text-run), while escapes in a TextBlock show their
 * backslashes on some phones. A run carries no link: Teams has lost links on runs before.
 */

export type TextColor = "default" | "attention" | "warning" | "good" | "accent";
export type ContainerStyle = "default" | "emphasis" | "attention" | "warning" | "good";
type Spacing = "none" | "small" | "default" | "medium" | "large" | "padding";
type Size = "small" | "default" | "medium" | "large" | "extraLarge";

interface Placed {
  readonly id?: string;
  readonly spacing?: Spacing;
  readonly separator?: boolean;
  readonly isVisible?: boolean;
}

interface Typeface {
  readonly size?: Size;
  readonly weight?: "default" | "bolder";
  readonly color?: TextColor;
  readonly isSubtle?: boolean;
}

/** Markdown: only for text that is wholly ours. */
export interface TextBlock extends Placed, Typeface {
  readonly type: "TextBlock";
  readonly text: string;
  readonly wrap: true;
  readonly horizontalAlignment?: "center" | "right";
}

/** Literal text. */
export interface TextRun extends Typeface {
  readonly type: "TextRun";
  readonly text: string;
  readonly fontType?: "monospace";
}

export interface RichTextBlock extends Placed {
  readonly type: "RichTextBlock";
  readonly inlines: readonly TextRun[];
}

export interface Container extends Placed {
  readonly type: "Container";
  readonly items: readonly CardElement[];
  readonly style?: ContainerStyle;
  readonly bleed?: boolean;
}

export interface Column {
  readonly type: "Column";
  readonly width: "auto" | "stretch";
  readonly items: readonly CardElement[];
  readonly selectAction?: CardAction;
  readonly verticalContentAlignment?: "center";
}

export interface ColumnSet extends Placed {
  readonly type: "ColumnSet";
  readonly columns: readonly Column[];
}

export type CardElement = TextBlock | RichTextBlock | Container | ColumnSet;

type CardAction =
  | { readonly type: "Action.OpenUrl"; readonly title: string; readonly url: string }
  | {
      readonly type: "Action.ToggleVisibility";
      readonly title: string;
      readonly targetElements: readonly string[];
    };

/** What the webhook takes: a message with one card. */
export interface CardMessage {
  readonly type: "message";
  readonly attachments: readonly [
    {
      readonly contentType: "application/vnd.microsoft.card.adaptive";
      readonly contentUrl: null;
      readonly content: AdaptiveCard;
    },
  ];
}

export interface AdaptiveCard {
  readonly $schema: string;
  readonly type: "AdaptiveCard";
  readonly version: "1.4";
  readonly fallbackText: string;
  readonly msteams: { readonly width: "Full" };
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardAction[];
}

/** Our own words, Markdown and all. */
export function text(markdown: string, look: Omit<TextBlock, "type" | "text" | "wrap"> = {}): TextBlock {
  return { type: "TextBlock", text: markdown, wrap: true, ...look };
}

export function run(literal: string, look: Omit<TextRun, "type" | "text"> = {}): TextRun {
  return { type: "TextRun", text: literal, ...look };
}

export function line(inlines: readonly TextRun[], place: Placed = {}): RichTextBlock {
  return { type: "RichTextBlock", inlines, ...place };
}

export function container(
  items: readonly CardElement[],
  look: Omit<Container, "type" | "items"> = {},
): Container {
  return { type: "Container", items, ...look };
}

export function column(
  width: Column["width"],
  items: readonly CardElement[],
  look: Pick<Column, "selectAction" | "verticalContentAlignment"> = {},
): Column {
  return { type: "Column", width, items, ...look };
}

export function columns(list: readonly Column[], place: Placed = {}): ColumnSet {
  return { type: "ColumnSet", columns: list, ...place };
}

/** A Markdown link; the label must be ours, the address already safe within Markdown. */
export function link(label: string, url: string): string {
  return `[${label}](${url})`;
}

export function cardMessage(card: Pick<AdaptiveCard, "fallbackText" | "body" | "actions">): CardMessage {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          ...card,
        },
      },
    ],
  };
}
