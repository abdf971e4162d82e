/** A document that cannot be judged. The message is one line and names the document, the position where there is one, and the reason. */
export class DocumentError extends Error {
  constructor(document: string, reason: string, position?: DocumentPosition) {
    super(`${document}${position === undefined ? "" : `:${position.line}:${position.column}`}: ${reason}`);
    this.name = "DocumentError";
  }
}

/** Both count from 1; columns are UTF-16 units, as editors count them. */
export interface DocumentPosition {
  readonly line: number;
  readonly column: number;
}
