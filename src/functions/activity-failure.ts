/**
 * Why an activity failed, in one line. The platform wraps what was thrown: `Activity function 'x' failed: Result:
 * Failure Exception: <message> Stack: …`, in lines of its own (RpcException of the Functions host).
 */
export function activityFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const thrown = /^Exception: (?:[A-Z]\w*Error: )?(.*)$/m.exec(text)?.[1];
  const [first = ""] = text.replace(/^Activity function '[^']*' failed: /, "").split("\n");
  return (thrown ?? first).trim();
}
