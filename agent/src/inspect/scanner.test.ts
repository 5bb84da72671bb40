import { describe, expect, it } from 'vitest'
import { exactHashes } from '@holdfast/proto'
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { informationTypes } from './catalogue/catalogue.ts'
import { customProblem } from './custom-rules.ts'
import { createScanner, PIECE, type ScannerOptions } from './scanner.ts'

const all = createScanner({ minConfidence: 65 })
const usual = createScanner()
const scan = (text: string, scanner = usual, header?: string) => {
  const tally = scanner.begin()
  tally.add(text, header)
  return tally.findings()
}
const typesIn = (text: string, scanner = usual) => scan(text, scanner).map(({ type }) => type)
const own = (options: ScannerOptions, text: string) => scan(text, createScanner({ types: ['iban'], ...options }))

/** One specimen a type, published by its authority or made with its rule, in a sentence with its word. */
const specimens: Readonly<Record<string, string>> = {
  payment_card: 'credit card 4000 0566 5566 5556', payment_card_other: 'Maestro card 6759649826438453', iban: 'IBAN CH93 0076 2011 6238 5295 7', swift_bic: 'SWIFT: COBADEFFXXX', us_aba_routing: 'routing number 011000015', us_bank_account: 'account number 0532013000',
  au_abn: 'ABN 51 824 753 556', au_acn: 'ACN 004 085 616', br_cnpj: 'CNPJ 11.222.333/0001-81', it_vat: 'partita IVA 00743110157', eu_vat: 'VAT ATU12345678',
  us_ssn: 'SSN 219-09-9998', us_ssn_unformatted: 'social security number 219099998', us_itin: 'ITIN 912-70-1234', us_ein: 'EIN 12-3456789', us_passport: 'US passport 340020013', us_driver_licence: "driver's license D1234567", ca_sin: 'SIN 130-692-544', br_cpf: 'CPF 111.444.777-35', ar_cuit: 'CUIT 20-12345678-6', cl_rut: 'RUT 12.345.678-5',
  uk_nino: 'national insurance AB 12 34 56 C', uk_nhs: 'NHS number 943 476 5919', uk_passport: 'UK passport number 925665416', de_tax_id: 'Steuer-ID 86095742719', de_id_card: 'Personalausweis T220001293', de_passport: 'Reisepass C01X00T47', de_social_security: 'Rentenversicherungsnummer 15070649C103', fr_insee: 'sécurité sociale 2 69 05 49 588 157 80',
  es_dni: 'DNI 12345678Z', es_nie: 'NIE X1234567L', it_codice_fiscale: 'codice fiscale RSSMRA85T10A562S', nl_bsn: 'BSN 111222333', be_national_number: 'rijksregisternummer 85.07.30-033.28', ch_ahv: 'AHV 756.9217.0769.85', se_personnummer: 'personnummer 811228-9874', dk_cpr: 'CPR 070761-4285', fi_hetu: 'henkilötunnus 131052-308T', pl_pesel: 'PESEL 44051401359',
  ie_pps: 'PPS number 1234567T', in_aadhaar: 'Aadhaar 2345 6789 0124', in_pan: 'PAN card ABCPD1234E', au_tfn: 'TFN 123 456 782', au_medicare: 'Medicare number 2123 45670 1', sg_nric: 'NRIC S1234567D', kr_rrn: '주민등록번호 900101-1234567', cn_resident_id: '身份证 11010519491231002X', tr_kimlik: 'TC kimlik 10000000146', za_id: 'ID number 8001015009087', mx_curp: 'CURP HEGG560427MVZRRL04',
  us_npi: 'NPI 1234567893', us_mbi: 'Medicare 1EG4-TE5-MK73', us_dea: 'DEA number AB1234563', medical_record_number: 'MRN: 00482913', icd10_diagnosis: 'diagnosis E11.9',
  secret_aws_access_key: 'id AKIAIOSFODNN7EXAMPLE', secret_github_token: `token ghp_${'a1B2c3D4e5F6'.repeat(3)}`, secret_private_key: '-----BEGIN OPENSSH PRIVATE KEY-----', secret_connection_string: 'postgres://app:hunter22@db.example/app', secret_jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U', secret_stripe_key: ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_'),
  bitcoin_address_base58: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', ethereum_address: '0x52908400098527886E0F7030069857D2E4169EE7', imei: 'IMEI 490154203237518',
}

describe('the catalogue', () => {
  it('has at least 60 types, each id once, each with a source, a level and a pattern of the linear engine', () => {
    expect(informationTypes.length).toBeGreaterThanOrEqual(60)
    expect(new Set(informationTypes.map(({ id }) => id)).size).toBe(informationTypes.length)
    expect(informationTypes.filter(({ source, alone, near, keywords }) => source === '' || (alone ?? near) === undefined || (alone === undefined && keywords.length === 0) || keywords.some((word) => word !== word.toLowerCase()))).toEqual([])
    expect(() => informationTypes.map(({ pattern }) => RE2JS.compile(pattern))).not.toThrow()
  })

  it.each(Object.entries(specimens))('%s is found in its sentence', (id, text) => {
    expect(typesIn(`Please note: ${text}.`, all)).toContain(id)
  })

  it('keeps one digit that is wrong from being found where there is a check digit', () => {
    const wrong = [['payment_card', 'card 4000 0566 5566 5557'], ['iban', 'IBAN CH93 0076 2011 6238 5295 8'], ['uk_nhs', 'NHS number 943 476 5918'], ['pl_pesel', 'PESEL 44051401358'], ['cn_resident_id', '身份证 110105194912310021'], ['tr_kimlik', 'TC kimlik 10000000147'], ['br_cpf', 'CPF 111.444.777-36'], ['us_npi', 'NPI 1234567894']] as const
    expect(wrong.filter(([id, text]) => typesIn(text, all).includes(id))).toEqual([])
  })
})

describe('confidence', () => {
  it('rises with a word of the type near it, and a weak number without one is not told', () => {
    expect(scan('4000056655665556')).toEqual([{ type: 'payment_card', count: 1, confidence: 75 }])
    expect(scan('card 4000056655665556')).toEqual([{ type: 'payment_card', count: 1, confidence: 85 }])
    expect(scan('011000015')).toEqual([])
    expect(scan(`${'x '.repeat(400)}011000015 ${'y '.repeat(400)}`, all).map(({ confidence }) => confidence)).toEqual([65, 65])
  })

  it('goes to the type whose word stands nearest when several look the same', () => {
    expect(typesIn('passport 340020013').toSorted()).toEqual(['uk_passport', 'us_passport'])
    expect(typesIn('BSN 111222333, and a passport was shown')).toEqual(['nl_bsn'])
  })

  it('takes the name of a column for every row of a table', () => {
    const rows = Array.from({ length: 2000 }, (_, row) => `person ${row};${219_099_990 + row}`).join('\n')
    expect(scan(rows, usual, 'name;ssn')).toMatchObject([{ type: 'us_ssn_unformatted', confidence: 85 }])
    expect(scan(rows)).toEqual([])
  })

  it('tells a list of addresses, not one of them', () => {
    const list = (count: number) => Array.from({ length: count }, (_, at) => `person${at}@mail${at}.example.com`).join(', ')
    expect(typesIn(list(9))).toEqual([])
    expect(scan(list(12))).toEqual([{ type: 'email_address_list', count: 12, confidence: 75 }])
  })
})

describe('what is no finding', () => {
  it.each([
    'Order 4000-0566-5566-5556-1234 is on its way', 'uuid 550e8400-e29b-41d4-a716-446655440000', '3.1415926535897932384626433832795', 'Version 10.0.19045.3803', 'Call 1234 5678 9012 3456 7890 1234', 'business singing panda', '0000 0000 0000 0000', 'ssn 000-12-3456 and 666-12-3456 and 123-00-1234',
  ])('%s', (text) => {
    expect(typesIn(text)).toEqual([])
  })

  it('is counted twice when the same value stands there twice', () => {
    expect(scan('card 4000056655665556 and again card 4000 0566 5566 5556')).toMatchObject([{ type: 'payment_card', count: 1 }])
  })
})

describe('long and hostile text', () => {
  it('finds what lies across the end of a piece, once', () => {
    const counts = [PIECE - 8, PIECE - 1, PIECE, PIECE + 200].map((lead) => scan(`${'a '.repeat(lead / 2)}card 4000056655665556 ${'b '.repeat(500)}`).map(({ count }) => count))
    expect(counts).toEqual([[1], [1], [1], [1]])
  })

  it('stops between two pieces when it is told to, and keeps what it has', () => {
    let pieces = 0
    const tally = usual.begin(() => {
      pieces += 1
      if (pieces > 3) throw new Error('late')
    })
    expect(() => tally.add(`card 4000056655665556\n${'word '.repeat(PIECE)}`)).toThrow('late')
    expect(tally.findings()).toMatchObject([{ type: 'payment_card' }])
  })

  it('finds what stands behind thousands of decoys', () => {
    const missed = ['eyJ', 'ghp_', 'sk-', '://', '-----BEGIN ', 'password='].filter((decoy) => !typesIn(`${decoy.repeat(40_000)}\n${'word '.repeat(PIECE / 4)}\nAKIAIOSFODNN7EXAMPLE card 4000056655665556`).includes('secret_aws_access_key'))
    expect(missed).toEqual([])
  })

  it('never throws, whatever the characters are', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => scan(text, all).every(({ count }) => count > 0)))
    expect(typesIn('İ'.repeat(50) + ' card 4000056655665556')).toEqual(['payment_card'])
  })
})

describe('what an organisation adds', () => {
  const badge = { id: 'badge', name: 'Badge', pattern: 'HF-[0-9]{6}', keywords: ['badge'], keywordRequired: true }
  it('is found by pattern, with its word, and its checksum', () => {
    expect(own({ custom: { customTypes: [badge] } }, 'badge hf-123456')).toEqual([{ type: 'custom.badge', count: 1, confidence: 85 }])
    expect(own({ custom: { customTypes: [badge] } }, 'HF-123456')).toEqual([])
    expect(own({ custom: { customTypes: [{ id: 'n', pattern: '[0-9]{8}', checksum: 'luhn' }] } }, '12345674 12345675')).toMatchObject([{ type: 'custom.n', count: 1 }])
  })

  it('is found by phrases, each once, from a number of them on', () => {
    const custom = { dictionaries: [{ id: 'projects', phrases: ['Blue Heron', 'Red Kite'], minDistinct: 2 }] }
    expect(own({ custom }, 'blue heron, BLUE HERON')).toEqual([])
    expect(own({ custom }, 'blue heron and red kite')).toEqual([{ type: 'keywords.projects', count: 2, confidence: 85 }])
  })

  it('is found by values that the agent knows as hashes only, however they are spelt', () => {
    const salt = new Uint8Array(16).fill(7)
    const custom = { exactData: [{ id: 'customers', salt, hashes: exactHashes(salt, ['Ada Lovelace', 'C-4711']), maxWords: 3 }] }
    expect(own({ custom }, 'dear ADA  Lovelace, your number c4711 is known')).toEqual([{ type: 'exact.customers', count: 2, confidence: 85 }])
    expect(own({ custom }, 'dear Grace Hopper')).toEqual([])
  })

  it.each([
    ['a back-reference', { customTypes: [{ id: 'x', pattern: '(a)\\1' }] }], ['look-around', { customTypes: [{ id: 'x', pattern: '(?=a)b' }] }], ['a pattern that matches nothing', { customTypes: [{ id: 'x', pattern: 'a*' }] }], ['a pattern that is too long', { customTypes: [{ id: 'x', pattern: 'a'.repeat(1001) }] }],
    ['an unknown checksum', { customTypes: [{ id: 'x', pattern: 'a', checksum: 'md5' }] }], ['no phrase', { dictionaries: [{ id: 'x', phrases: [] }] }], ['half a hash', { exactData: [{ id: 'x', salt: new Uint8Array(16), hashes: new Uint8Array(9) }] }], ['a short salt', { exactData: [{ id: 'x', salt: new Uint8Array(4), hashes: new Uint8Array(8) }] }],
  ])('is refused with %s', (_, custom) => {
    expect(customProblem(custom)).toBeTypeOf('string')
  })

  it('is let through when it is good', () => {
    expect(customProblem({ customTypes: [badge], dictionaries: [{ id: 'x', phrases: ['abc'] }] })).toBeUndefined()
  })
})
