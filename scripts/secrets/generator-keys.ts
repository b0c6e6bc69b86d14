/**
 * The keys that each generator of External Secrets gives, where they are always the same.
 * Password and Fake name theirs themselves, and Webhook and VaultDynamicSecret get them
 * from a server, so these are not here.
 */
export const generatorKeys: Readonly<Record<string, readonly string[]>> = {
  ACRAccessToken: ['username', 'password'],
  CloudsmithAccessToken: ['auth', 'expiry'],
  GCRAccessToken: ['username', 'password', 'expiry'],
  GithubAccessToken: ['token'],
  Grafana: ['login', 'token'],
  MFA: ['token', 'timeLeft'],
  QuayAccessToken: ['registry', 'auth', 'expiry'],
  SSHKey: ['privateKey', 'publicKey'],
  STSSessionToken: ['access_key_id', 'secret_access_key', 'session_token', 'expiration'],
  UUID: ['uuid'],
};
