// Health: patients, insurers, prescribers, diagnoses.
import { dea, npi } from '../checksums.ts'
import { group, type InformationType, keyword } from './row.ts'

export const health: readonly InformationType[] = [
  group('us_npi', 'US national provider identifier (NPI)', 'US', '[12][0-9]{9}|[12][0-9]{3}[ -][0-9]{3}[ -][0-9]{3}', { category: 'health', check: npi, keywords: ['npi', 'national provider', 'provider number', 'provider id', 'provider identifier'], alone: 'low', near: 'high', source: 'CMS, Luhn with prefix 80840' }),
  group('us_mbi', 'US Medicare beneficiary identifier (MBI)', 'US', '[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]-?[AC-HJKMNP-RT-Y]{2}[0-9]{2}', { category: 'health', keywords: ['medicare', 'mbi', 'beneficiary', 'medicare number', 'medicare id', 'cms'], alone: 'medium', near: 'high', source: 'CMS, format of the MBI' }),
  group('us_dea', 'US prescriber number (DEA)', 'US', '[ABFGMPRCDEHJKLSTUX][A-Z9][0-9]{7}', { category: 'health', check: dea, keywords: ['dea', 'dea number', 'prescriber', 'medical license', 'certificate'], alone: 'medium', near: 'high', source: 'Drug Enforcement Administration, check digit' }),
  keyword('medical_record_number', 'Medical record or patient number', '', '\\b(?:[A-Z]{0,4}-?[0-9]{5,12})\\b', { category: 'health', keywords: ['mrn', 'medical record', 'medical record number', 'patient id', 'patient number', 'patient no', 'hospital number', 'patientennummer', 'patienten-id', 'fallnummer', 'chart number', 'encounter number'], within: 24, near: 'medium', source: 'HL7 v2 PID-3; no common format' }),
  group('icd10_diagnosis', 'Diagnosis (ICD-10) with its word', '', '[A-TV-Z][0-9][0-9AB](?:\\.[0-9A-Z]{1,4})?', { category: 'health', keywords: ['icd', 'icd-10', 'icd10', 'diagnosis', 'diagnoses', 'diagnose', 'diagnostic', 'diagnóstico', 'diagnosi'], near: 'medium', proximity: 80, source: 'WHO, ICD-10; CMS ICD-10-CM' }),
  keyword('health_insurance_member', 'Health insurance member number', '', '\\b[A-Z]{0,3}[0-9]{6,14}[A-Z]?\\b', { category: 'health', keywords: ['member id', 'subscriber id', 'insurance id', 'policy holder id', 'health plan id', 'group number', 'beneficiary number'], within: 24, near: 'medium', source: 'ANSI X12 270/271; no common format' }),
]
