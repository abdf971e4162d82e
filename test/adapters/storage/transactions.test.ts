import { describe, expect, it } from "vitest";
import { cutTransactions } from "../../../src/adapters/storage/transactions.ts";

const row = (rowKey: string, text = "") => ({ partitionKey: "p", rowKey, text });

describe("cutTransactions", () => {
  it("puts at most a hundred rows into one", () => {
    const rows = Array.from({ length: 201 }, (_, index) => row(`r${index}`));
    const sizes = [...cutTransactions(rows)].map(({ length }) => length);
    expect(sizes).toEqual([100, 100, 1]);
  });

  it("stays under four mebibytes as written on the wire", () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(`r${index}`, '"日'.repeat(100_000)));
    const transactions = [...cutTransactions(rows)];
    for (const one of transactions)
      expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(4 * 1024 * 1024);
    expect(transactions.flat()).toEqual(rows);
  });

  it("keeps the last of rows with the same key, for a key may appear once", () => {
    expect([...cutTransactions([row("a", "old"), row("b"), row("a", "new")])]).toEqual([
      [row("a", "new"), row("b")],
    ]);
  });

  it("has nothing to do without rows", () => {
    expect([...cutTransactions([])]).toEqual([]);
  });
});
