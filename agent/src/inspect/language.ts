// Recognises source code by cheap features of its first lines. A guess for a report, not a parser.

const SAMPLE = 16_384
/** Lines of a language among those that are not empty. */
const LEAST_SHARE = 0.12
const LEAST_LINES = 2

/** Language -> what a line of it looks like and few others do. */
const features: readonly (readonly [language: string, line: RegExp])[] = [
  ['python', /^\s*(?:def \w+\(.*\).*:|class \w+.*:|from [\w.]+ import |import [\w.]+(?: as \w+)?$|if __name__ ==|elif .*:|except\b.*:|@\w+)/],
  ['typescript', /^\s*(?:export |import .* from ['"]|interface \w+|type \w+ =|(?:private|public|readonly) \w+[?]?:|const \w+: )/],
  ['javascript', /^\s*(?:(?:const|let|var) [\w{][^:]*= |function\s*\w*\(|module\.exports|import .* from ['"]|export (?:default|const|function)|.*\brequire\(['"]|.*=> \{)/],
  ['java', /^\s*(?:package [\w.]+;|import (?:static )?[\w.]+(?:\.\*)?;|(?:public|private|protected) (?:static |final |abstract )*[\w<>[\]]+ ?\w*\s*[({=;]|@Override|public (?:class|interface|enum) )/],
  ['csharp', /^\s*(?:using [\w.]+;|namespace [\w.]+|(?:public|private|internal|protected) (?:static |async |override |sealed |partial )*(?:class|void|string|int|Task)\b|\[[A-Z]\w+.*\]$)/],
  ['go', /^\s*(?:package \w+$|func (?:\(\w+ \*?\w+\) )?\w+\(|import \($|.* := |if err != nil|type \w+ (?:struct|interface) \{)/],
  ['rust', /^\s*(?:use [\w:]+|(?:pub )?fn \w+|let mut |impl\b.*\{|(?:pub )?(?:struct|enum|trait|mod) \w+|#\[\w+)/],
  ['c', /^\s*(?:#(?:include|define|ifdef|ifndef|endif|pragma)\b|(?:static |const |unsigned )*(?:int|void|char|size_t|uint\d+_t|struct \w+) \*?\w+\s*[(=;[]|typedef )/],
  ['cpp', /^\s*(?:#include <(?:iostream|vector|string|memory|map)>|using namespace |template ?<|class \w+.*\{|.*\bstd::|(?:public|private):$)/],
  ['php', /^\s*(?:<\?php|\$\w+ ?= ?|(?:public |private )?function \w+\(.*\)|use [\w\\]+;|echo )/],
  ['ruby', /^\s*(?:require(?:_relative)? ['"]|def \w+[?!]?|end$|module \w+|attr_(?:reader|accessor)|.* do \|\w+\|)/],
  ['shell', /^(?:#!.*\b(?:ba|z|k)?sh\b|\s*(?:if \[+ .* \]+; then|fi$|done$|esac$|for \w+ in .*; do|export \w+=|echo ["$]|set -[eu]))/],
  ['powershell', /^\s*(?:param ?\(|\$\w+ ?= ?|function [A-Z]\w+-\w+|(?:Get|Set|New|Remove|Invoke)-[A-Z]\w+|\[CmdletBinding)/],
  ['sql', /^\s*(?:SELECT\b.*|INSERT INTO |UPDATE \w+ SET|CREATE (?:TABLE|INDEX|VIEW|OR REPLACE)|ALTER TABLE|DROP TABLE|WHERE |FROM \w+|(?:LEFT|INNER) JOIN )/i],
  ['kotlin', /^\s*(?:fun \w+\(|val \w+|var \w+:|data class |package [\w.]+$|import [\w.]+$|override fun )/],
  ['swift', /^\s*(?:import (?:Foundation|UIKit|SwiftUI)|func \w+\(|let \w+ ?[:=]|var \w+: |guard let |struct \w+: |@\w+ (?:var|struct))/],
  ['r', /^\s*(?:library\(|\w[\w.]* <- |.*%>%|function\(.*\) \{)/],
  ['matlab', /^\s*(?:function .*=|end$|%.*|.*\.\*.*;$)/],
  ['terraform', /^\s*(?:resource "|variable "|provider "|module "|output "|data ")/],
  ['dockerfile', /^(?:FROM \S+|RUN |COPY |ENTRYPOINT |WORKDIR |ENV \w+)/],
]

/** Id of the language; undefined for prose, data and anything unsure. */
export function languageOf(text: string): string | undefined {
  const lines = text.slice(0, SAMPLE).split('\n').map((line) => line.trimEnd().slice(0, 200)).filter((line) => line !== '')
  if (lines.length < 3) return undefined
  const code = lines.filter((line) => /[;{}()=:]\s*$|^\s*(?:#|\/\/|\/\*|\*|@|<\?)|^\s{2,}\S|[=({]/.test(line)).length
  if (code < lines.length * 0.35) return undefined
  let best: { readonly language: string; readonly hits: number } | undefined
  for (const [language, pattern] of features) {
    const hits = lines.filter((line) => pattern.test(line)).length
    if (hits >= LEAST_LINES && hits >= lines.length * LEAST_SHARE && hits > (best?.hits ?? 0)) best = { language, hits }
  }
  return best?.language
}
