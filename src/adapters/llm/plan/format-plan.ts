import type { LlmPlan } from './plan-items.js'

/** A plan as text for people: the prompt, then the bill. */
export function formatPlan(plan: LlmPlan): string {
  const { prompt, problems, cost } = plan
  const said =
    prompt === undefined
      ? []
      : [section('system', prompt.system), ...prompt.messages.map(({ role, text }) => section(role, text))]
  const money =
    cost === undefined
      ? 'no price known for this model'
      : `about ${dollars(cost.expected)}, at most ${dollars(cost.most)}`
  return [
    ...said,
    `model     ${plan.model}`,
    `requests  ${plan.requests} for ${plan.items} tasks, ${plan.cached} of them answered from the cache`,
    `tokens    about ${plan.inputTokens} in (${plan.counted ? "by the provider's count" : 'estimated'}), ${plan.outputTokens} out`,
    `cost      ${money}`,
    ...problems.map(({ task, message }) => `problem   ${task === undefined ? '' : `task ${task}: `}${message}`),
  ].join('\n')
}

function section(title: string, text: string): string {
  return `--- ${title}\n${text}\n`
}

function dollars(amount: number): string {
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`
}
