/** Control characters, and marks that are invisible or turn the direction of what follows: a name must not paint on the terminal. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text that is not ours, on one line, with its invisible characters written out. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\t\r\n]+/g, " ")
    .replaceAll(unseen, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
}

/** Cut to at most `most` characters. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Lines of at most `width` characters, broken between words; a word that is longer stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A text under a first line of its own indent, the rest under `indent`. */
export function paragraph(text: string, width: number, indent: string): readonly string[] {
  return wrap(text, width - indent.length).map((line) => indent + line);
}

/** A command that can be copied as it stands: broken before options, each line but the last ended by a backslash. */
export function wrapCommand(command: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  for (const part of command.split(/ (?=--[a-z])/)) {
    const last = lines.at(-1);
    const isFirst = lines.length <= 1;
    if (last !== undefined && last.length + part.length + 3 + indent.length + (isFirst ? 0 : 4) <= width) {
      lines[lines.length - 1] = `${last} ${part}`;
    } else lines.push(part);
  }
  return lines.map(
    (line, index) => `${indent}${index === 0 ? "" : "    "}${line}${index < lines.length - 1 ? " \\" : ""}`,
  );
}
