import { z } from 'zod'
import type { Item } from '../../adapter.js'

/** Prompts that annotators type into the editor. */
export interface PromptMemory {
  /** What was typed for this item, else what was typed last for its controls. */
  for(item: Item): string | undefined
}

const typed = z.looseObject({
  from_name: z.string(),
  value: z.looseObject({ text: z.union([z.string(), z.array(z.string())]) }),
})

/** @param prefix begin of the names of the controls that hold prompts; without it there are none */
export function createPromptMemory(prefix: string | undefined): PromptMemory {
  const last = new Map<string, string>()
  return {
    for({ context, controls }) {
      if (prefix === undefined) return undefined
      const key = controls.map(({ path }) => path).join('\n')
      const now = (context?.results ?? []).flatMap((result) => {
        const { data } = typed.safeParse(result)
        return data?.from_name.startsWith(prefix) ? [data.value.text].flat() : []
      })
      if (now.length > 0) last.set(key, now.join('\n'))
      return last.get(key)
    },
  }
}
