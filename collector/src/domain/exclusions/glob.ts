// A text with * for any characters, compared in linear time: patterns come from people, texts from devices.

/** Whether a text fits. The pieces between stars are looked for from left to right; the leftmost place of each is enough. */
export function createGlob(pattern: string): (text: string) => boolean {
  const pieces = pattern.split(/\*+/)
  const [first = ''] = pieces
  const last = pieces.at(-1) ?? ''
  if (pieces.length === 1) return (text) => text === pattern
  const middle = pieces.slice(1, -1)
  const least = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return (text) => {
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    const end = text.length - last.length
    for (const piece of middle) {
      const found = text.indexOf(piece, at)
      if (found < 0 || found + piece.length > end) return false
      at = found + piece.length
    }
    return true
  }
}
