/** A credential that is known by its form. */
export interface TokenFormat {
  /** How messages name it. */
  readonly name: string;
  /** A short text that every one of them has; nothing else is tried where it is not. */
  readonly hint: string;
  readonly pattern: RegExp;
  /** Half of a credential: it is of no use alone. */
  readonly half?: true;
}

/** The formats, from the documentation of those who issue them. */
export const tokenFormats: readonly TokenFormat[] = [
  {
    name: 'private key',
    hint: '-----BEGIN ',
    pattern:
      /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]){1,8}(?:[A-Za-z0-9+/=]{16}|[A-Z][A-Za-z-]{3,20}: )/,
  },
  { name: 'age key', hint: 'AGE-SECRET-KEY-', pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}/ },
  { name: 'GitHub token', hint: 'gh', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/ },
  { name: 'GitHub token', hint: 'github_pat_', pattern: /\bgithub_pat_\w{50,255}\b/ },
  { name: 'GitLab token', hint: 'glpat-', pattern: /\bglpat-[\w-]{20,}/ },
  { name: 'Slack token', hint: 'xox', pattern: /\bxox[abeoprs]-[0-9A-Za-z-]{20,}/ },
  {
    name: 'Slack webhook',
    hint: 'hooks.slack.com',
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/,
  },
  { name: 'Stripe key', hint: 'k_live_', pattern: /\b[sr]k_live_[0-9A-Za-z]{20,}/ },
  { name: 'SendGrid key', hint: 'SG.', pattern: /\bSG\.[\w-]{20,24}\.[\w-]{39,50}/ },
  { name: 'npm token', hint: 'npm_', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { name: 'OpenAI key', hint: 'T3BlbkFJ', pattern: /\bsk-[\w-]{20,}T3BlbkFJ[\w-]{20,}/ },
  { name: 'Anthropic key', hint: 'sk-ant-', pattern: /\bsk-ant-[a-z]+\d\d-[\w-]{80,}/ },
  { name: 'Google API key', hint: 'AIza', pattern: /\bAIza[\w-]{35}(?![\w-])/ },
  {
    name: 'Google service account key',
    hint: 'service_account',
    pattern:
      /"type"\s{0,9}:\s{0,9}"service_account"[^{}]{0,400}"private_key"\s{0,9}:\s{0,9}"-----BEGIN/,
  },
  { name: 'JSON Web Token', hint: 'eyJ', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/ },
  { name: 'Vault token', hint: 'hvs.', pattern: /\bhvs\.[\w-]{24,}/ },
  { name: 'Hugging Face token', hint: 'hf_', pattern: /\bhf_[A-Za-z0-9]{34}\b/ },
  { name: 'DigitalOcean token', hint: '_v1_', pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/ },
  { name: 'Docker Hub token', hint: 'dckr_pat_', pattern: /\bdckr_pat_[\w-]{27}/ },
  { name: 'Grafana token', hint: 'glsa_', pattern: /\bglsa_[A-Za-z0-9]{32}_[0-9a-f]{8}\b/ },
  { name: 'Databricks token', hint: 'dapi', pattern: /\bdapi[0-9a-f]{32}\b/ },
  { name: 'Shopify token', hint: 'shp', pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/ },
  { name: 'PyPI token', hint: 'pypi-AgE', pattern: /\bpypi-AgE[\w-]{50,}/ },
  { name: 'Linear key', hint: 'lin_api_', pattern: /\blin_api_[A-Za-z0-9]{40}\b/ },
  { name: 'Telegram bot token', hint: ':AA', pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/ },
  // Last: what is only half of a credential must not hide a whole one.
  { name: 'AWS access key id', hint: 'IA', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, half: true },
];
