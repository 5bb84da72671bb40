// Payment, banking and taxes of companies.
import { abaRouting, abn, acn, cnpj, gstin, iban, italianVat, luhn } from '../checksums.ts'
import { group, type InformationType, keyword } from './row.ts'

const CARD_WORDS = ['card', 'credit card', 'creditcard', 'debit card', 'cc', 'ccn', 'card number', 'card no', 'visa', 'mastercard', 'amex', 'american express', 'maestro', 'discover', 'diners', 'jcb', 'unionpay', 'cvv', 'cvc', 'expiry', 'exp date', 'kreditkarte', 'kartennummer', 'carte bancaire', 'carte de crédit', 'tarjeta', 'carta di credito', 'cartão', '信用卡', 'クレジットカード', '카드']
const BANK_WORDS = ['iban', 'bank', 'account', 'bank account', 'konto', 'bankverbindung', 'compte', 'cuenta', 'conto', 'rekening', 'wire', 'transfer']

// Issuer ranges of four networks whose numbers are 14 to 16 digits long; with the sum, a number of chance passes once in about 20.
const VISA = '4[0-9]{3}'
const MASTERCARD = '5[1-5][0-9]{2}|222[1-9]|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9]|2720'
const OTHERS = '6011|64[4-9][0-9]|65[0-9]{2}|62[0-9]{2}|81[0-9]{2}|352[89]|35[3-8][0-9]'
const S = '[ .-]?'

export const finance: readonly InformationType[] = [
  group('payment_card', 'Payment card', '', `(?:${VISA}|${MASTERCARD}|${OTHERS})${S}[0-9]{4}${S}[0-9]{4}${S}[0-9]{4}|3[47][0-9]{2}${S}[0-9]{6}${S}[0-9]{5}|3(?:0[0-5]|[689][0-9])[0-9]${S}[0-9]{6}${S}[0-9]{4}|(?:2131|1800)[0-9]{11}`, {
    category: 'finance', check: luhn, keywords: CARD_WORDS, alone: 'medium', near: 'high', source: 'ISO/IEC 7812-1; published issuer ranges of the networks',
  }),
  group('payment_card_other', 'Payment card of other lengths (Maestro, Visa 13, long UnionPay)', '', '(?:5[06-8]|6[0-9]|35)[0-9]{10,17}|1[0-9]{14}|0604[0-9]{8,15}|(?:5[06-8]|6[0-9])[0-9]{2}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}(?:[ -][0-9]{1,3})?|4[0-9]{12}|4[0-9]{18}', {
    category: 'finance', check: luhn, keywords: CARD_WORDS, alone: 'low', near: 'high', source: 'ISO/IEC 7812-1; published issuer ranges of the networks',
  }),
  group('iban', 'International bank account number (IBAN)', '', '[A-Z]{2}[ -]?[0-9]{2}[ -]?(?:[A-Z0-9]{4}[ -]?){2,7}[A-Z0-9]{0,4}', {
    category: 'finance', check: iban, keywords: BANK_WORDS, alone: 'high', near: 'high', source: 'ISO 13616, registry of SWIFT (validator isIBAN)',
  }),
  keyword('swift_bic', 'SWIFT / BIC', '', '\\b[A-Z]{4}(?:AD|AE|AR|AT|AU|BE|BG|BH|BR|CA|CH|CL|CN|CO|CY|CZ|DE|DK|EE|EG|ES|FI|FR|GB|GR|HK|HR|HU|ID|IE|IL|IN|IS|IT|JO|JP|KE|KR|KW|KZ|LB|LI|LT|LU|LV|MA|MC|MT|MX|MY|NG|NL|NO|NZ|OM|PE|PH|PK|PL|PT|QA|RO|RS|RU|SA|SE|SG|SI|SK|TH|TN|TR|TW|UA|US|UY|VN|ZA)[A-Z0-9]{2}(?:[A-Z0-9]{3})?\\b', {
    category: 'finance', keywords: ['swift', 'bic', 'swift code', 'bic code', 'swift/bic'], within: 40, near: 'medium', source: 'ISO 9362',
  }),
  group('us_aba_routing', 'US bank routing number (ABA)', 'US', '(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}|(?:0[0-9]|1[0-2]|2[1-9]|3[0-2])[0-9]{2}-[0-9]{4}-[0-9]', {
    category: 'finance', check: abaRouting, keywords: ['aba', 'routing', 'routing number', 'rtn', 'transit number', 'bank', 'ach', 'wire'], alone: 'low', near: 'high', source: 'ABA Key to Routing Numbers',
  }),
  group('us_bank_account', 'US bank account number', 'US', '[0-9]{8,17}', {
    category: 'finance', keywords: ['bank account', 'account number', 'checking account', 'savings account', 'account no', 'acct number'], near: 'low', proximity: 60, source: 'US banks: 8 to 17 digits, no check digit',
  }),
  group('au_abn', 'Australian business number (ABN)', 'AU', '[1-9][0-9] ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}', { category: 'finance', check: abn, keywords: ['abn', 'australian business number'], alone: 'low', near: 'high', source: 'Australian Business Register, format of the ABN' }),
  group('au_acn', 'Australian company number (ACN)', 'AU', '[0-9]{3} ?[0-9]{3} ?[0-9]{3}', { category: 'finance', check: acn, keywords: ['acn', 'australian company number'], alone: 'low', near: 'high', source: 'ASIC, check digit of the ACN' }),
  group('br_cnpj', 'Brazilian company number (CNPJ)', 'BR', '[0-9]{2}\\.?[0-9]{3}\\.?[0-9]{3}/?[0-9]{4}-?[0-9]{2}', { category: 'finance', check: cnpj, keywords: ['cnpj', 'empresa', 'pessoa jurídica'], alone: 'medium', near: 'high', source: 'Receita Federal do Brasil' }),
  group('in_gstin', 'Indian GST number', 'IN', '(?:0[1-9]|[12][0-9]|3[0-8]|97|99)[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]', { category: 'finance', check: gstin, soft: true, keywords: ['gst', 'gstin'], alone: 'medium', near: 'high', source: 'GST Network, format and check character' }),
  group('it_vat', 'Italian VAT number (partita IVA)', 'IT', '(?:IT)?[0-9]{11}', { category: 'finance', check: (text) => italianVat(text.replace('IT', '')), keywords: ['partita iva', 'p. iva', 'p.iva', 'vat', 'piva', 'iva'], alone: 'low', near: 'high', source: 'Agenzia delle Entrate' }),
  group('eu_vat', 'VAT identification number of the EU', '', '(?:ATU[0-9]{8}|BE[01][0-9]{9}|CY[0-9]{8}[A-Z]|DE ?[1-9][0-9]{2} ?[0-9]{3} ?[0-9]{3}|DK[0-9]{8}|EE[0-9]{9}|EL[0-9]{9}|FI[0-9]{8}|HR[0-9]{11}|HU[0-9]{8}|LT[0-9]{9}(?:[0-9]{3})?|LU[0-9]{8}|LV[0-9]{11}|MT[0-9]{8}|NL[0-9]{9}B[0-9]{2}|PL[0-9]{10}|PT[0-9]{9}|SE[0-9]{10}01|SI[0-9]{8}|SK[0-9]{10})', { category: 'finance', keywords: ['vat', 'vat number', 'ust-id', 'ust-idnr', 'umsatzsteuer', 'tva', 'iva', 'btw'], alone: 'low', near: 'medium', source: 'European Commission, VIES, structure of numbers' }),
]
