import { AuthenticationRequiredError, CredentialUnavailableError } from "@azure/identity";
import { describe, expect, it } from "vitest";
import { createClusterTokens } from "../../../../src/adapters/kubernetes/api/cluster-token.ts";
import { defaultPatience } from "../../../../src/adapters/patience.ts";

const patience = { ...defaultPatience, tries: 3, sleep: async () => undefined };

/** Tokens on a clock that a test sets; the nth request is answered by `answer`. */
function tokensThat(answer: (nth: number) => { token: string; expiresOnTimestamp: number } | null) {
  const asked: unknown[] = [];
  let time = 0;
  const getToken = async (scopes: string | string[]) => {
    asked.push(scopes);
    return answer(asked.length);
  };
  return {
    asked,
    setTime: (ms: number) => {
      time = ms;
    },
    tokens: createClusterTokens({ getToken }, patience, () => time),
  };
}

const hourly = (nth: number) => ({ token: `token ${nth}`, expiresOnTimestamp: nth * 3_600_000 });

describe("tokens for API servers", () => {
  it("are asked for once, whoever waits, and for the application of AKS", async () => {
    const { tokens, asked } = tokensThat(hourly);
    expect(await Promise.all([tokens.token(), tokens.token(), tokens.token()])).toEqual(
      Array(3).fill("token 1"),
    );
    expect(asked).toEqual(["6dae42f8-4368-4678-94ff-3960e28e3630/.default"]);
  });

  it("are asked for again, once, when they would not outlast a cluster", async () => {
    const { tokens, asked, setTime } = tokensThat(hourly);
    await tokens.token();
    setTime(3_400_000);
    expect(await Promise.all([tokens.token(), tokens.token()])).toEqual(["token 2", "token 2"]);
    expect(asked).toHaveLength(2);
  });

  it("that are refused are not asked for by every cluster", async () => {
    const { tokens, asked } = tokensThat(() => {
      throw new AuthenticationRequiredError({ scopes: [] });
    });
    for (let times = 0; times < 2; times += 1)
      await expect(tokens.token()).rejects.toMatchObject({
        reason: "accessDenied",
        message: "Could not read what clusters hold: got no token (AuthenticationRequiredError).",
      });
    expect(asked).toHaveLength(1);
  });

  it("are tried for again where that may help", async () => {
    const { tokens, asked } = tokensThat((nth) => {
      if (nth < 3) throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
      return hourly(nth);
    });
    expect(await tokens.token()).toBe("token 3");
    expect(asked).toHaveLength(3);
  });

  it("that never come are unread in one sentence", async () => {
    const { tokens } = tokensThat(() => null);
    await expect(tokens.token()).rejects.toMatchObject({ reason: "unavailable" });
    const absent = tokensThat(() => {
      throw new CredentialUnavailableError("secret words");
    });
    await expect(absent.tokens.token()).rejects.not.toMatchObject({
      message: expect.stringContaining("secret"),
    });
  });
});
