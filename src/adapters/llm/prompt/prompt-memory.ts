/** Prompts that annotators type into the editor, and administrators into the connection of the model. */

import { z } from 'zod'
import type { FitEvent, Item } from '../../adapter.js'

/** What is remembered of a project. */
interface RememberedPrompt {
  readonly prompt: string
  readonly from: 'annotation' | 'extra-params'
}

export interface PromptMemory {
  /** What the annotator has just typed for this item, else what is remembered of its project. */
  for(item: Pick<Item, 'context' | 'remembered'>): string | undefined
  /** What to remember of a project after an event; undefined for no change, null to forget. */
  learn(event: Pick<FitEvent, 'action' | 'annotations' | 'extraParams'>, remembered: unknown): unknown
}

const remembered = z.object({ prompt: z.string(), from: z.enum(['annotation', 'extra-params']) })
const typed = z.looseObject({
  from_name: z.string(),
  value: z.looseObject({ text: z.union([z.string(), z.array(z.string())]) }),
})
const params = z.record(z.string(), z.unknown())

/** @param prefix begin of the names of the controls, or extra params, that hold prompts; without it there are none */
export function createPromptMemory(prefix: string | undefined): PromptMemory {
  if (prefix === undefined) return { for: () => undefined, learn: () => undefined }

  function typedIn(results: readonly Readonly<Record<string, unknown>>[]): string | undefined {
    const texts = results.flatMap((result) => {
      const { data } = typed.safeParse(result)
      return data?.from_name.startsWith(prefix ?? '') ? [data.value.text].flat() : []
    })
    return joined(texts)
  }

  return {
    for: ({ context, remembered: before }) =>
      typedIn(context?.results ?? []) ?? remembered.safeParse(before).data?.prompt,
    learn({ action, annotations, extraParams }, before) {
      if (action === 'SETUP') {
        const prompt = promptIn(extraParams, prefix)
        if (prompt !== undefined) return { prompt, from: 'extra-params' } satisfies RememberedPrompt
        return remembered.safeParse(before).data?.from === 'extra-params' ? null : undefined
      }
      const last = annotations.filter(({ cancelled }) => !cancelled).at(-1)
      const prompt = typedIn(last?.results ?? [])
      return prompt === undefined ? undefined : ({ prompt, from: 'annotation' } satisfies RememberedPrompt)
    },
  }
}

function promptIn(extraParams: unknown, prefix: string): string | undefined {
  const given = Object.entries(params.safeParse(extraParams).data ?? {})
  return joined(given.flatMap(([name, value]) => (name.startsWith(prefix) && typeof value === 'string' ? [value] : [])))
}

function joined(texts: readonly string[]): string | undefined {
  const text = texts.join('\n').trim()
  return text === '' ? undefined : text
}
