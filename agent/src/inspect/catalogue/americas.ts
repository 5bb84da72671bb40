// Identity numbers of the Americas.
import { cpf, curp, luhn, ssn } from '../checksums.ts'
import { group, type InformationType, keyword } from './row.ts'

const PASSPORT = ['passport', 'passport number', 'passport no', 'travel document']
const LICENCE = ['driver license', "driver's license", 'drivers license', 'driver licence', "driver's licence", 'driving license', 'driving licence', 'dl number', 'license number', 'dl#', 'dl no', 'dlno']

export const americas: readonly InformationType[] = [
  group('us_ssn', 'US social security number (SSN)', 'US', '[0-8][0-9]{2}([- .])[0-9]{2}[- .][0-9]{4}', {
    category: 'identity', check: ssn, keywords: ['ssn', 'ss#', 'social security', 'social security number', 'social-security', 'ssns', 'ssid', 'tax id'], alone: 'medium', near: 'high', source: 'Social Security Administration, randomisation of 2011',
  }),
  group('us_ssn_unformatted', 'US social security number, nine digits', 'US', '[0-8][0-9]{8}', {
    category: 'identity', check: ssn, keywords: ['ssn', 'ss#', 'social security', 'social security number', 'social-security', 'ssns'], alone: 'low', near: 'high', proximity: 150, source: 'Social Security Administration, randomisation of 2011',
  }),
  group('us_itin', 'US individual taxpayer number (ITIN)', 'US', '9[0-9]{2}[- ]?(?:5[0-9]|6[0-5]|7[0-9]|8[0-8]|9[0-2]|9[4-9])[- ]?[0-9]{4}', { category: 'identity', keywords: ['itin', 'taxpayer', 'individual taxpayer', 'tax id', 'tax identification'], alone: 'low', near: 'high', source: 'Internal Revenue Service, ranges of the ITIN' }),
  group('us_ein', 'US employer identification number (EIN)', 'US', '(?:0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-589])-[0-9]{7}', { category: 'finance', keywords: ['ein', 'fein', 'employer identification', 'federal tax', 'tax id'], alone: 'low', near: 'high', source: 'Internal Revenue Service, valid EIN prefixes' }),
  group('us_passport', 'US passport number', 'US', '[0-9]{9}|[A-Z][0-9]{8}', { category: 'identity', keywords: [...PASSPORT, 'us passport'], near: 'medium', proximity: 100, source: 'US Department of State, next generation passport' }),
  group('us_driver_licence', 'US driver licence number', 'US', '[A-Z][0-9]{3,8}|[A-Z][0-9]{11,14}|[A-Z]{2}[0-9]{3,7}|[0-9]{7,9}|[A-Z][0-9]{3}[- ][0-9]{3,4}[- ][0-9]{2,4}(?:[- ][0-9]{1,4})?|H[0-9]{8}|[0-9]{3}[A-Z]{2}[0-9]{4}|V[0-9]{6,7}|[A-Z]{3}[0-9]{6}', { category: 'identity', keywords: LICENCE, near: 'medium', proximity: 100, source: 'AAMVA, formats of the states' }),
  group('ca_sin', 'Canadian social insurance number (SIN)', 'CA', '[1-79][0-9]{2}(?:[0-9]{6}| [0-9]{3} [0-9]{3}|-[0-9]{3}-[0-9]{3})', { category: 'identity', check: luhn, keywords: ['sin', 'social insurance', 'social insurance number', 'nas', "numéro d'assurance sociale", 'assurance sociale'], alone: 'low', near: 'high', source: 'Employment and Social Development Canada' }),
  group('ca_passport', 'Canadian passport number', 'CA', '[A-Z]{2}[0-9]{6}|[A-Z][0-9]{6}[A-Z]{2}', { category: 'identity', keywords: [...PASSPORT, 'passeport', 'canadian passport'], near: 'medium', proximity: 100, source: 'Immigration, Refugees and Citizenship Canada' }),
  group('br_cpf', 'Brazilian taxpayer number (CPF)', 'BR', '[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}|[0-9]{9}-?[0-9]{2}', { category: 'identity', check: cpf, keywords: ['cpf', 'cadastro de pessoas', 'contribuinte'], alone: 'medium', near: 'high', source: 'Receita Federal do Brasil' }),
  group('mx_curp', 'Mexican population code (CURP)', 'MX', '[A-Z][AEIOUX][A-Z]{2}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[HMX](?:AS|BC|BS|CC|CH|CL|CM|CS|DF|DG|GR|GT|HG|JC|MC|MN|MS|NE|NL|NT|OC|PL|QR|QT|SL|SP|SR|TC|TL|TS|VZ|YN|ZS)[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z][0-9]', { category: 'identity', check: curp, keywords: ['curp', 'clave única'], alone: 'high', near: 'high', source: 'RENAPO, instructivo normativo' }),
  group('mx_rfc', 'Mexican taxpayer code (RFC)', 'MX', '[A-Z&]{3,4}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9A-Z]{2}[0-9A]', { category: 'identity', keywords: ['rfc', 'contribuyentes'], alone: 'low', near: 'medium', source: 'Servicio de Administración Tributaria' }),
  group('ar_cuit', 'Argentine tax number (CUIT/CUIL)', 'AR', '(?:20|23|24|25|26|27|30|33|34)-?[0-9]{8}-?[0-9]', {
    category: 'identity', check: (text) => { const rest = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((sum, weight, index) => sum + weight * Number(text[index]), 0) % 11; return (rest === 0 ? 0 : rest === 1 ? 9 : 11 - rest) === Number(text[10]) },
    keywords: ['cuit', 'cuil', 'afip'], alone: 'low', near: 'high', source: 'Administración Federal de Ingresos Públicos',
  }),
  group('cl_rut', 'Chilean identity number (RUT)', 'CL', '[0-9]{1,2}\\.?[0-9]{3}\\.?[0-9]{3}-[0-9K]', {
    category: 'identity', check: (text) => { const sum = Array.from(text.slice(0, -1)).toReversed().reduce((total, char, index) => total + Number(char) * (2 + (index % 6)), 0); return '0123456789K0'[11 - (sum % 11)] === text.at(-1) },
    keywords: ['rut', 'run', 'rol único'], alone: 'low', near: 'high', source: 'Servicio de Registro Civil, modulo 11',
  }),
  keyword('date_of_birth', 'Date of birth with its label', '', '\\b(?:[0-3]?[0-9][./-][0-3]?[0-9][./-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])\\b', { category: 'identity', keywords: ['date of birth', 'dob', 'birth date', 'geburtsdatum', 'date de naissance', 'fecha de nacimiento', 'data di nascita'], within: 20, near: 'medium', minimum: 3, source: 'ISO 8601 and customary dates' }),
]
