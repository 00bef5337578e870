import type { Task } from '../results/index.js'

/** What is wrong with the task at a place of the list. */
interface Problem {
  readonly index: number
  readonly text: string
}

/** Most tasks that are named for one problem. */
const MOST_NAMED = 20

/** Each problem once, with the tasks that have it: a long list tends to fail for few reasons. */
export function formatProblems(problems: readonly Problem[], tasks: readonly Task[]): string[] {
  const places = new Map<string, Set<number>>()
  for (const { index, text } of problems) places.set(text, (places.get(text) ?? new Set()).add(index))
  return [...places].map(([text, indices]) => {
    const names = [...indices].map((index) => tasks[index]?.id ?? `index ${index}`)
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
    return `${text}\n  ${names.length === 1 ? 'task' : 'tasks'}: ${names.slice(0, MOST_NAMED).join(', ')}${more}`
  })
}
