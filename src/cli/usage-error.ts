/** Wrong usage; the message is one line that names every fault. */
export class UsageError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join("; "));
    this.name = "UsageError";
  }
}
