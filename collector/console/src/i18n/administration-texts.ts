// Importing this makes the texts of administration known: a page that needs them brings them along.
import { administration } from './en-administration.ts'
import { addTexts } from './english.ts'

addTexts(administration)
