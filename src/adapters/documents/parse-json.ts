import { type ParseErrorCode, printParseErrorCode, stripComments, visit } from "jsonc-parser";
import { DocumentError, type DocumentPosition } from "../../application/document-error.ts";
import { mostLevels, tooDeepAt } from "./nesting.ts";

/** V8 cannot hold a longer string; only documents of one line per value may be longer. */
const mostCharacters = 500_000_000;

/** The JSON values of a text: one, or one per line (NDJSON). A fault is a DocumentError with its line and column. */
export async function* parseJson(name: string, text: AsyncIterable<string>): AsyncGenerator<unknown> {
  let waiting = "";
  let line = 1;
  let isByLine: boolean | null = null;
  for await (const piece of text) {
    const hasNewLine = piece.includes("\n");
    waiting += piece;
    if (hasNewLine) isByLine ??= startsWithWholeLine(waiting);
    if (isByLine === true && hasNewLine) {
      const lines = waiting.split("\n");
      waiting = lines.pop() ?? "";
      for (const one of lines) yield* parseLine(name, one, line++);
    }
    if (waiting.length > mostCharacters) {
      throw new DocumentError(
        name,
        "is too long to be read as one JSON value (500 million characters); write one cluster per line (NDJSON) instead",
      );
    }
  }
  if (isByLine === true) yield* parseLine(name, waiting, line);
  else yield parseJsonText(name, waiting);
}

/** True or false once the first line with anything on it is complete; null before. */
function startsWithWholeLine(text: string): boolean | null {
  const start = text.search(/\S/);
  const end = start === -1 ? -1 : text.indexOf("\n", start);
  return end === -1 ? null : parsed(text.slice(start, end)) !== null;
}

function* parseLine(name: string, text: string, line: number): Generator<unknown> {
  if (text.trim() === "") return;
  yield parse(text, (position, reason) => new DocumentError(name, reason, { line, column: position.column }));
}

/** The one JSON value of a text that is there as a whole. A fault is a DocumentError with its line and column. */
export function parseJsonText(name: string, text: string): unknown {
  if (text === "") throw new DocumentError(name, "is empty", { line: 1, column: 1 });
  if (text.trim() === "") throw new DocumentError(name, "holds only blanks", { line: 1, column: 1 });
  return parse(text, (position, reason) => new DocumentError(name, reason, position));
}

function parse(
  text: string,
  toError: (position: DocumentPosition, reason: string) => DocumentError,
): unknown {
  const whole = parsed(text);
  // Azure takes comments in templates. Blanks in their place keep every position.
  const bare = whole === null ? stripComments(text, " ") : text;
  const tooDeep = tooDeepAt(bare);
  if (tooDeep !== null)
    throw toError(positionAt(bare, tooDeep), `is nested too deeply: more than ${mostLevels} levels`);
  const json = whole ?? parsed(bare);
  if (json !== null) return json.value;
  const { position, reason } = findFault(bare);
  throw toError(position, `is not JSON: ${reason}`);
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** JSON.parse words its errors differently in every version of Node, and often leaves the position out. */
function findFault(text: string): { readonly position: DocumentPosition; readonly reason: string } {
  let fault: { readonly expected: string; readonly offset: number } | null = null;
  const onError = (code: ParseErrorCode, offset: number) => {
    fault ??= { expected: expectations[printParseErrorCode(code)] ?? "a value is expected", offset };
  };
  visit(text, { onError }, { disallowComments: true });
  const { expected, offset } = fault ?? { expected: "a value is expected", offset: 0 };
  const end = text.trimEnd().length;
  const found =
    offset >= end ? "the text ends here, as if cut off" : `found ${quote(text.slice(offset, offset + 40))}`;
  return { position: positionAt(text, Math.min(offset, end)), reason: `${expected}; ${found}` };
}

const expectations: Readonly<Record<string, string>> = {
  InvalidSymbol: "a value or a name in double quotes is expected",
  PropertyNameExpected: "a property name in double quotes is expected",
  ColonExpected: "a colon is expected",
  CommaExpected: "a comma is expected",
  CloseBraceExpected: "a comma or } is expected",
  CloseBracketExpected: "a comma or ] is expected",
  EndOfFileExpected: "nothing more is expected",
  UnexpectedEndOfString: "a string is not closed",
  UnexpectedEndOfComment: "a comment is not closed",
  InvalidCharacter: "a string holds a character JSON does not allow",
  InvalidEscapeCharacter: "a string holds a character JSON does not allow",
  InvalidUnicode: "a string holds a character JSON does not allow",
};

function positionAt(text: string, offset: number): DocumentPosition {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

function quote(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0] ?? "";
  return JSON.stringify(line.length > 20 ? `${line.slice(0, 20)}…` : line);
}
