// Keys, tokens and wallets. The literal that every one of them begins with finds them; form and entropy decide.
import validator from 'validator'
import { base58Check, luhn } from '../checksums.ts'
import { anchor, group, type InformationType, keyword } from './row.ts'

/** Shannon entropy, bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

const random = (atLeast: number) => (text: string): boolean => entropy(text) >= atLeast
const token = (id: string, name: string, pattern: string, anchors: readonly string[], source: string, least = 3): InformationType =>
  anchor(id, name, '', pattern, { category: 'secret', anchors, reach: [24, 400], check: random(least), keywords: [], alone: 'high', source })

function isJwt(text: string): boolean {
  try {
    const head: unknown = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString('utf8'))
    return typeof head === 'object' && head !== null && 'alg' in head
  } catch {
    return false
  }
}

export const secrets: readonly InformationType[] = [
  token('secret_aws_access_key', 'AWS access key id', '\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b', ['akia', 'asia', 'abia', 'acca'], 'AWS IAM, unique identifiers', 2.5),
  keyword('secret_aws_secret_key', 'AWS secret access key', '', '[A-Za-z0-9/+]{40}\\b', { category: 'secret', keywords: ['aws_secret_access_key', 'aws_secret_key', 'secret_access_key', 'secretaccesskey', 'secret access key'], within: 12, check: random(3.5), near: 'high', source: 'AWS IAM, access keys' }),
  token('secret_gcp_api_key', 'Google API key', '\\bAIza[0-9A-Za-z_-]{35}', ['aiza'], 'Google Cloud, API keys'),
  token('secret_gcp_service_account', 'Google service account key', '"type"\\s{0,8}:\\s{0,8}"service_account"', ['"service_account"'], 'Google Cloud, service account keys', 0),
  token('secret_google_oauth', 'Google OAuth client secret or token', '\\b(?:GOCSPX-[A-Za-z0-9_-]{28}|ya29\\.[A-Za-z0-9_-]{20,300})', ['gocspx-', 'ya29.'], 'Google Identity'),
  token('secret_azure_storage_key', 'Azure storage account key', '(?i)AccountKey=[A-Za-z0-9+/]{86}==', ['accountkey='], 'Azure Storage, connection strings'),
  token('secret_azure_ad_client', 'Azure AD client secret', '[a-zA-Z0-9_~.-]{3}[0-9]Q~[a-zA-Z0-9_~.-]{31,34}', ['q~'], 'Microsoft Entra, form of client secrets'),
  token('secret_azure_sas', 'Azure shared access signature', '[?&]sig=[A-Za-z0-9%/+]{43,70}', ['sig='], 'Azure Storage, SAS', 3.5),
  token('secret_github_token', 'GitHub token', '\\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{82})', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], 'GitHub, token formats'),
  token('secret_gitlab_token', 'GitLab token', '\\bgl(?:pat|ptt|dt|rt|soat|cbt|ft|imt|agent)-[A-Za-z0-9_-]{20,64}', ['glpat-', 'glptt-', 'gldt-', 'glrt-', 'glsoat-', 'glcbt-', 'glft-', 'glimt-', 'glagent-'], 'GitLab, token prefixes'),
  token('secret_slack_token', 'Slack token or webhook', '\\b(?:xox[abeoprs]-[A-Za-z0-9-]{10,200}|xapp-[A-Za-z0-9-]{10,200}|hooks\\.slack\\.com/services/T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{20,32})', ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-', 'hooks.slack.com/services/'], 'Slack, token types', 2.5),
  token('secret_stripe_key', 'Stripe key', '\\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,200}', ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'], 'Stripe, API keys', 2.5),
  token('secret_npm_token', 'npm token', '\\bnpm_[A-Za-z0-9]{36}', ['npm_'], 'npm, token format'),
  token('secret_pypi_token', 'PyPI token', '\\bpypi-AgEI[A-Za-z0-9_-]{50,400}', ['pypi-agei'], 'PyPI, API tokens'),
  token('secret_openai_key', 'OpenAI or Anthropic key', '\\bsk-(?:proj-|ant-[a-z0-9]{3,8}-|svcacct-)?[A-Za-z0-9_-]{32,200}', ['sk-'], 'published key prefixes', 3.5),
  token('secret_sendgrid_key', 'SendGrid key', '\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}', ['sg.'], 'Twilio SendGrid, API keys'),
  token('secret_telegram_bot', 'Telegram bot token', '\\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}', [':aa'], 'Telegram, Bot API'),
  anchor('secret_jwt', 'JSON web token', '', '\\beyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+', { category: 'secret', anchors: ['eyj'], reach: [1, 4000], check: isJwt, keywords: [], alone: 'high', source: 'RFC 7519' }),
  token('secret_private_key', 'Private key (PEM, OpenSSH, PGP)', '-----BEGIN (?:(?:RSA|DSA|EC|OPENSSH|ENCRYPTED) )?PRIVATE KEY-----|-----BEGIN PGP PRIVATE KEY BLOCK-----', ['-----begin '], 'RFC 7468; OpenSSH PROTOCOL.key; RFC 4880', 0),
  token('secret_putty_key', 'PuTTY private key', 'PuTTY-User-Key-File-[23]: ', ['putty-user-key-file-'], 'PuTTY, PPK format', 0),
  token('secret_connection_string', 'Connection string with a password', '(?i)\\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|redis|rediss|amqps?|mssql|sqlserver|ldaps?|ftp|sftp|https?)://[^\\s:@/"\'<>]{1,64}:[^\\s:@/"\'<>]{3,128}@[A-Za-z0-9.-]{1,200}', ['://'], 'RFC 3986, userinfo', 0),
  keyword('secret_database_password', 'Password in a database connection string', '', '^=[^\\s;"\'<>$(){}]{4,128};', { category: 'secret', keywords: ['password', 'pwd'], within: 1, near: 'high', source: 'ADO.NET and ODBC connection strings' }),
  keyword('secret_generic', 'Password, key or token beside its word', '', '^["\']?\\s{0,4}(?::|=|=>|:=)\\s{0,4}["\']?[A-Za-z0-9+/=_.~!@#$%^&*-]{16,200}', { category: 'secret', keywords: ['api_key', 'apikey', 'api-key', 'secret', 'secret_key', 'client_secret', 'access_token', 'auth_token', 'token', 'password', 'passwd', 'private_key', 'encryption_key', 'bearer'], within: 1, check: (text) => random(3.7)(text.replace(/^["'\s:=>]+/, '')) && /[0-9]/.test(text), near: 'medium', source: 'entropy of at least 3.7 bits a character' }),
  anchor('bitcoin_address', 'Bitcoin address (bech32)', '', '\\b(?:bc1|tb1)[ac-hj-np-z02-9]{25,87}\\b', { category: 'crypto', anchors: ['bc1', 'tb1'], reach: [1, 92], check: (text) => validator.isBtcAddress(text), keywords: [], alone: 'medium', source: 'BIP 173, BIP 350' }),
  group('bitcoin_address_base58', 'Bitcoin address (base58)', '', '[13][1-9A-Z]{25,34}', { category: 'crypto', raw: true, check: base58Check, keywords: ['bitcoin', 'btc', 'wallet'], near: 'high', alone: 'medium', source: 'Bitcoin, base58check' }),
  anchor('ethereum_address', 'Ethereum address', '', '\\b0x[0-9a-fA-F]{40}\\b', { category: 'crypto', anchors: ['0x'], reach: [1, 44], check: (text) => validator.isEthereumAddress(text), keywords: [], alone: 'medium', source: 'EIP-55' }),
  group('imei', 'Device number (IMEI)', '', '[0-9]{15}|[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9]', { category: 'identity', check: (text) => luhn(text), keywords: ['imei'], near: 'high', source: '3GPP TS 23.003' }),
]
