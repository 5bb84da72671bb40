// Addresses of people in bulk: one is no secret, a list is.
import validator from 'validator'
import { anchor, group, type InformationType } from './row.ts'

export const contact: readonly InformationType[] = [
  anchor('email_address_list', 'List of e-mail addresses', '', '[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,6}', { category: 'contact', anchors: ['@'], reach: [64, 200], check: (text) => validator.isEmail(text), keywords: [], alone: 'medium', minimum: 10, source: 'RFC 5322 (validator isEmail)' }),
  group('phone_number_list', 'List of phone numbers', '', '\\+[1-9][0-9]{0,3}(?:[ .-]?[0-9]{1,6}){2,6}', { category: 'contact', check: (text) => text.length >= 9 && text.length <= 16, keywords: ['phone', 'tel', 'telephone', 'mobile', 'telefon', 'handy', 'téléphone', 'teléfono', 'cell', 'fax'], alone: 'medium', near: 'medium', minimum: 10, source: 'ITU-T E.164' }),
  group('us_phone_list', 'List of North American phone numbers', 'US', '(?:1[-. ])?[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{4}', { category: 'contact', keywords: ['phone', 'tel', 'telephone', 'mobile', 'cell', 'fax'], alone: 'low', near: 'medium', minimum: 10, source: 'North American Numbering Plan' }),
  group('uk_postcode_list', 'List of UK postcodes', 'GB', '(?:GIR 0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]|[A-HK-Y][0-9][0-9]|[0-9][A-HJKPS-UW]|[A-HK-Y][0-9][ABEHMNPRVWXY]) ?[0-9][ABD-HJLNP-UW-Z]{2})', { category: 'contact', keywords: ['postcode', 'address', 'street', 'post code'], alone: 'low', near: 'medium', minimum: 10, source: 'Royal Mail, PAF' }),
  group('postal_code_list', 'List of postal codes', '', '[0-9]{5}(?:-[0-9]{4})?', { category: 'contact', keywords: ['zip', 'zip code', 'postal code', 'plz', 'postleitzahl', 'code postal', 'código postal', 'cap'], near: 'low', minimum: 20, proximity: 60, source: 'Universal Postal Union, addressing systems' }),
]
