import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';

type Mapping = Readonly<Record<string, unknown>>;

const encryptedValue =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/=]*),iv:([A-Za-z0-9+/=]+),tag:([A-Za-z0-9+/=]+),type:(str|int|float|bytes|bool|time|comment)\]$/;

/** Whether a document has been through SOPS: it has its metadata. */
export function isSopsDocument(document: unknown): document is Mapping {
  return isRecord(document) && isRecord(document.sops);
}

/** Whether a value looks encrypted, well or badly. */
export function looksEncrypted(value: string): boolean {
  return value.startsWith('ENC[');
}

/** Whether a value is one that SOPS can decrypt by its form. SOPS leaves empty ones empty. */
export function isEncryptedValue(value: string): boolean {
  const [, , iv = '', tag = ''] = encryptedValue.exec(value) ?? [];
  return Buffer.from(iv, 'base64').length === 32 && Buffer.from(tag, 'base64').length === 16;
}

/** Which values SOPS encrypts; at most one of them may be set. */
export const selectors: readonly string[] = [
  'encrypted_suffix',
  'unencrypted_suffix',
  'encrypted_regex',
  'unencrypted_regex',
  'encrypted_comment_regex',
  'unencrypted_comment_regex',
];

const recipientLists: Readonly<Record<string, string>> = {
  age: 'recipient',
  pgp: 'fp',
  kms: 'arn',
  gcp_kms: 'resource_id',
  azure_kv: 'vault_url',
  hc_vault: 'vault_address',
};

/** Who may decrypt, as SOPS's metadata in a file has it; key groups included. */
export function recipientsOf(sops: Mapping): string[] {
  const groups = [sops, ...listAt(sops, ['key_groups'])];
  return groups.flatMap((group) =>
    Object.entries(recipientLists).flatMap(([list, field]) =>
      listAt(group, [list]).flatMap((entry) => textAt(entry, [field]) ?? []),
    ),
  );
}

/** A rule of `.sops.yaml`. */
export interface CreationRule {
  /** Counts from 1, as people do. */
  readonly number: number;
  readonly pathRegex?: string;
  readonly data: Mapping;
  /** age and PGP recipients; undefined where some come from key groups or a cloud's keys. */
  readonly recipients?: readonly string[];
}

/** The creation rules of a `.sops.yaml`, in their order: the first that matches wins. */
export function creationRulesOf(document: unknown): CreationRule[] {
  return listAt(document, ['creation_rules']).flatMap((rule, index): CreationRule[] => {
    if (!isRecord(rule)) return [];
    const pathRegex = textAt(rule, ['path_regex']);
    const others = Object.keys(recordAt(rule, [])).some((key) =>
      /^(key_groups|kms|gcp_kms|azure_keyvault|hc_vault_transit_uri)$/.test(key),
    );
    const recipients = ['age', 'pgp'].flatMap((key) => split(rule[key]));
    return [
      {
        number: index + 1,
        ...(pathRegex !== undefined && { pathRegex }),
        data: rule,
        ...(!others && recipients.length > 0 && { recipients }),
      },
    ];
  });
}

/** Recipients are one text with commas, or a list. */
function split(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string'
    ? value
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean)
    : [];
}
