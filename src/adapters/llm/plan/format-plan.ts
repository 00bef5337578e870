import type { LlmPlan, PlannedCost } from './plan-items.js'

/** A plan as text for people: the prompt, then the bill. */
export function formatPlan(plan: Omit<LlmPlan, 'text'>): string {
  const { prompt, problems, cost, batchCost, requests, cached, affordable } = plan
  const said =
    prompt === undefined
      ? []
      : [
          section('system', prompt.system),
          ...prompt.messages.map(({ role, text }) => section(role, text)),
          section('schema of the answer', JSON.stringify(prompt.schema)),
        ]
  const share = requests === 0 ? '' : ` (${Math.round((100 * cached) / requests)} %)`
  const toBuy = requests - cached
  return [
    ...said,
    `model     ${plan.model}`,
    `requests  ${requests} for ${plan.items} tasks, ${cached}${share} of them answered from the cache`,
    `tokens    about ${plan.inputTokens} in (${plan.counted ? "by the provider's count" : 'estimated'}), ${plan.outputTokens} out`,
    `cost      ${cost === undefined ? 'no price known for this model' : money(cost)}`,
    ...(batchCost === undefined ? [] : [`in bulk   ${money(batchCost)}, within a day`]),
    `budget    ${affordable === toBuy ? 'room for all' : `room for about ${affordable} of the ${toBuy} requests to be paid`}`,
    ...problems.map(({ task, message }) => `problem   ${task === undefined ? '' : `task ${task}: `}${message}`),
  ].join('\n')
}

function section(title: string, text: string): string {
  return `--- ${title}\n${text}\n`
}

function money({ expected, most }: PlannedCost): string {
  return `about ${dollars(expected)}, at most ${dollars(most)}`
}

function dollars(amount: number): string {
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`
}
