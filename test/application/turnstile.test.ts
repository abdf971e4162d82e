import { describe, expect, it } from "vitest";
import { createTurnstile } from "../../src/application/turnstile.ts";

describe("a turnstile", () => {
  it.each([1, 2, 5])("lets %i through at a time, in the order they came", async (most) => {
    const inTurn = createTurnstile(most);
    const order: number[] = [];
    let within = 0;
    let fullest = 0;
    const work = (name: number) => async () => {
      order.push(name);
      within += 1;
      fullest = Math.max(fullest, within);
      await Promise.resolve();
      within -= 1;
      return name;
    };
    const names = [...Array(12).keys()];
    expect(await Promise.all(names.map((name) => inTurn(work(name))))).toEqual(names);
    expect(order).toEqual(names);
    expect(fullest).toBe(most);
  });

  it("lets the next one through after a failure", async () => {
    const inTurn = createTurnstile(1);
    const failing = inTurn(async () => {
      throw new Error("It failed.");
    });
    const next = inTurn(async () => "through");
    await expect(failing).rejects.toThrow("It failed.");
    expect(await next).toBe("through");
  });
});
