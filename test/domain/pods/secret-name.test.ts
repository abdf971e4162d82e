import { describe, expect, it } from "vitest";
import { saysSecret } from "../../../src/domain/pods/secret-name.ts";

describe("the name of a variable", () => {
  it.each([
    ..."DB_PASSWORD PASSWORD dbPassword ConnectionStrings__Password PGPASSWORD MYSQL_ROOT_PASSWORD REDIS_PASSWD".split(
      " ",
    ),
    ..."CLIENT_SECRET clientSecret SECRET_KEY_BASE JWT_SECRET_1 oauth.secret SECRETS KEY_PASSPHRASE DB_PWD".split(
      " ",
    ),
    ..."API_KEY apiKey APIKEY STORAGE_ACCOUNT_KEY Jwt__Key SSH_KEY ENCRYPTION_KEYS AZURE_OPENAI_API_KEY_2 accesskey".split(
      " ",
    ),
    ..."TOKEN GITHUB_TOKEN accessToken BOT-TOKEN TOKEN_PROD AuthToken githubtoken SIGNING_KEY".split(" "),
  ])("%s says that it holds a secret", (name) => {
    expect(saysSecret(name)).toBe(true);
  });

  it.each([
    ..."LOG_LEVEL PORT DATABASE_URL KEY_VAULT_URL KEYVAULT_NAME TOKEN_PATH PASSWORD_FILE SECRET_NAME".split(
      " ",
    ),
    ..."AZURE_FEDERATED_TOKEN_FILE TOKEN_TTL PASSWORD_MIN_LENGTH TOKEN_ISSUER API_KEY_HEADER SECRET_STORE".split(
      " ",
    ),
    ..."PUBLIC_KEY PARTITION_KEY sortKey MAX_TOKENS KEYBOARD MONKEY TURKEY COMPASS PASSENGER SECRETARY_OFFICE".split(
      " ",
    ),
    ..."PWD OLDPWD KEY_COUNT tokenEndpoint TOKENIZER_PARALLEL".split(" "),
    "",
    "_",
  ])("%s tells of one at most", (name) => {
    expect(saysSecret(name)).toBe(false);
  });
});
