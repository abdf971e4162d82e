/** Control characters, and marks that are invisible or turn the direction of what follows. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text that is not ours, made fit for a text run of a card: one line, at most `most` characters, its web addresses
 * and mentions taken apart so that no client turns them into something to click.
 */
export function literalText(text: string, most: number): string {
  return shorten(
    oneLine(text)
      .replaceAll("://", "[:]//")
      .replaceAll(/<(?=\/?at\b)/gi, "‹")
      .replaceAll("{{", "{ {"),
    most,
  );
}

/** The commands that can be shown as they are; one that would have to be changed is left out, for it will be pasted. */
export function literalCommands(commands: readonly string[], most: number): readonly string[] {
  return commands.filter((command) => command !== "" && command === literalText(command, most));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(unseen, "").trim();
}

function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}
