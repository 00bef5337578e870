/** Text with `{placeholders}`. Nothing in it is executed, and what is put in is never looked at again. */

import { PrelabelError } from '../../../errors.js'

/** A template in pieces: text, and the names to put between. */
export interface Template {
  readonly names: readonly string[]
  /** @param fill the text for a name */
  render(fill: (name: string) => string): string
}

const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g

/**
 * Reads a template: `{review}` and `{meta.title}` are names, `{{` and `}}` stand for braces.
 *
 * @throws PrelabelError `invalid-llm-template` for a lone brace or an empty name, with its position
 */
export function parseTemplate(text: string): Template {
  const pieces: { readonly literal: string; readonly name?: string }[] = []
  let from = 0
  for (const match of text.matchAll(PIECE)) {
    const [found] = match
    const name = match[1]?.trim()
    const literal = text.slice(from, match.index)
    from = match.index + found.length
    if (found === '{{' || found === '}}') pieces.push({ literal: literal + found[0] })
    else if (name === undefined || name === '') throw lone(text, match.index)
    else pieces.push({ literal, name })
  }
  pieces.push({ literal: text.slice(from) })
  return {
    names: pieces.flatMap(({ name }) => name ?? []),
    render: (fill) => pieces.map(({ literal, name }) => literal + (name === undefined ? '' : fill(name))).join(''),
  }
}

function lone(text: string, index: number): PrelabelError {
  const place = JSON.stringify(text.slice(index, index + 20))
  return new PrelabelError(`the template has a brace that names no field, at ${index}: ${place}`, {
    code: 'invalid-llm-template',
    path: `template[${index}]`,
    hint: 'Write {field} for a field of the task, and {{ or }} for a brace.',
  })
}
