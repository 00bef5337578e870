import type { BackendPlan } from '../backend/index.js'
import type { Task } from '../results/index.js'
import { describeError } from './command.js'
import { formatProblems } from './format-problems.js'

/** A plan as text: each adapter under its name, then the tasks that cannot be read. */
export function printPlan({ adapters, problems }: BackendPlan, tasks: readonly Task[]): string {
  if (adapters.length === 0) return 'no adapter fills a control of this labeling config\n'
  const planned = adapters.map(
    ({ adapter, plan }) =>
      `# ${adapter}\n${plan === undefined ? 'costs nothing that it could tell beforehand' : plan.text}`,
  )
  const unread = problems.map(({ index, error }) => ({ index, text: describeError(error) }))
  return `${[...planned, ...formatProblems(unread, tasks)].join('\n')}\n`
}
