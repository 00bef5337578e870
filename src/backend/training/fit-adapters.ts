import type { FitEvent, Logger } from '../../adapters/adapter.js'
import { ownValue } from '../../own-value.js'
import type { Binding } from '../binding/bind-adapters.js'
import { describeError } from '../describe-error.js'
import { projectIdOf } from '../project-id.js'
import type { Projects } from '../projects.js'
import type { WebhookEvent } from '../protocol/webhook-events.js'
import { annotationsOf } from './annotations-of.js'
import type { ProjectMemory } from './project-memory.js'

/** Lets adapters learn from what happens in the projects of which they fill controls. */
export interface FitAdapters {
  /** Events of a project one after the other. Rejects with the first failure, after every adapter had its turn. */
  onEvent(event: WebhookEvent, context: { readonly logger: Logger }): Promise<void>
  /** Extra params of a connection, when they are new; does not wait for events that are worked on. Never rejects. */
  onSetup(xml: string, project: string, extraParams: unknown, logger: Logger): Promise<void>
}

type Learnt = Pick<FitEvent, 'action' | 'annotations' | 'extraParams'>

export function createFitAdapters(projects: Projects, memory: ProjectMemory): FitAdapters {
  const lines = new Map<string, Promise<unknown>>()

  async function fitProject(project: string, xml: string | undefined, event: Learnt, logger: Logger): Promise<void> {
    const { bindings } = await projects.open(xml, project)
    const failures: unknown[] = []
    for (const [name, bound] of byAdapter(bindings)) {
      try {
        const learnt = await fitOne(project, bound, event, memory, logger)
        await memory.learn(project, name, learnt)
      } catch (error) {
        logger.error({ adapter: name, action: event.action, project, err: describeError(error) }, 'fit failed')
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  return {
    async onEvent(event, { logger }) {
      const project = String(event.project.id)
      const { action } = event
      const work = () =>
        fitProject(project, event.project.label_config, { action, annotations: annotationsOf(event) }, logger)
      const before = lines.get(project) ?? Promise.resolve()
      const now = before.then(work, work)
      lines.set(project, now)
      try {
        await now
      } finally {
        if (lines.get(project) === now) lines.delete(project)
      }
    },
    async onSetup(xml, project, extraParams, logger) {
      const id = projectIdOf(project)
      try {
        if (!(await memory.areNew(id, extraParams))) return
        await fitProject(id, xml, { action: 'SETUP', annotations: [], extraParams }, logger)
      } catch (error) {
        logger.error({ project, err: describeError(error) }, 'extra params not learnt from')
      }
    },
  }
}

/** The bindings of each adapter that learns. */
function byAdapter(bindings: readonly Binding[]): ReadonlyMap<string, readonly Binding[]> {
  const grouped = new Map<string, readonly Binding[]>()
  for (const binding of bindings) {
    const { name, fit } = binding.runtime.adapter
    if (fit !== undefined) grouped.set(name, [...(grouped.get(name) ?? []), binding])
  }
  return grouped
}

async function fitOne(
  project: string,
  bindings: readonly Binding[],
  event: Learnt,
  memory: ProjectMemory,
  logger: Logger,
): Promise<unknown> {
  const adapter = bindings[0]?.runtime.adapter
  if (adapter === undefined) return undefined
  const controls = bindings.flatMap((binding) => binding.controls.map(({ control }) => control))
  const { adapters } = await memory.of(project)
  return adapter.fit?.(
    { ...event, project, controls: [...new Set(controls)] },
    { remembered: ownValue(adapters, adapter.name), logger },
  )
}
