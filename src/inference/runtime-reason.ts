import { firstLine } from './first-line.js'

/**
 * What a runtime written in C++ says is wrong, in one line: without the model's path, the place in its own sources and the
 * signature of the function there, which it puts before the reason.
 */
export function runtimeReason(error: unknown): string {
  const line = firstLine(error).replace(/^Load model from .+? failed:/, '')
  const place = /(?<!\S)\S+\.(?:cc|cpp|h|hpp|cu|mm):\d+ /.exec(line)
  if (place === null) return line.trim()
  const before = line.slice(0, place.index)
  const reason = afterSignature(line.slice(place.index + place[0].length))
  return `${before}${reason.trimStart()}`.trim()
}

/** What follows the parameters of a function, with what may stand behind them. */
function afterSignature(text: string): string {
  let depth = 0
  for (let at = text.indexOf('('); at >= 0 && at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') depth--
    if (depth === 0) return text.slice(at + 1).replace(/^(?: const|::<lambda\([^)]*\)>)*/, '')
  }
  return text
}
