import type { Logger } from '../../adapters/adapter.js'
import { learntJson } from '../../adapters/learnt-json.js'
import { ownValue } from '../../own-value.js'
import type { Binding } from '../binding/bind-adapters.js'
import { describeError } from '../describe-error.js'
import { projectIdOf } from '../project-id.js'
import type { Projects } from '../projects.js'
import type { WebhookEvent } from '../protocol/webhook-events.js'
import { createEventLines, type EventLine } from './event-lines.js'
import { type Happened, happenedIn } from './happened-in.js'
import type { ProjectMemory, Remembered } from './project-memory.js'

/** Lets adapters learn from what happens in the projects of which they fill controls: of each one after the other. */
export interface FitAdapters {
  /** Rejects with the first failure, after every adapter had its turn. */
  onEvent(event: WebhookEvent, context: { readonly logger: Logger }): Promise<void>
  /** Extra params of a connection, for the adapters that have not learnt from them. Never rejects. */
  onSetup(xml: string, project: string, extraParams: unknown, logger: Logger): Promise<void>
  /** From then on, nothing is learnt any more from what came before. */
  onDelete(project: string): void
}

/** Extra params that wait to be learnt from, or are. */
interface NewParams {
  readonly text: string
  readonly learning: Promise<void>
}

export function createFitAdapters(projects: Projects, memory: ProjectMemory): FitAdapters {
  const lines = createEventLines()
  const newParams = new Map<string, NewParams>()

  /** Lets the adapters of a project learn in its line. */
  function fitProject(project: string, xml: string | undefined, event: Happened, logger: Logger): Promise<void> {
    return lines.run(project, async (line) => {
      const { bindings } = await projects.open(xml, project)
      const failures: unknown[] = []
      for (const [name, bound] of byAdapter(bindings)) {
        try {
          await fitOne(project, bound, event, line, logger)
        } catch (error) {
          logger.error({ adapter: name, action: event.action, project, err: describeError(error) }, 'fit failed')
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    })
  }

  async function fitOne(
    project: string,
    bindings: readonly Binding[],
    event: Happened,
    line: EventLine,
    logger: Logger,
  ): Promise<void> {
    const adapter = bindings[0]?.runtime.adapter
    const before = await memory.of(project)
    if (adapter === undefined || line.isOver) return
    const isSetup = event.action === 'SETUP'
    if (isSetup && knows(before, adapter.name, event.extraParams)) return
    const controls = bindings.flatMap((binding) => binding.controls.map(({ control }) => control))
    // A copy, so that the adapter may change it and return it.
    const remembered = structuredClone(ownValue(before.adapters, adapter.name))
    const learnt = await adapter.fit?.({ ...event, project, controls: [...new Set(controls)] }, { remembered, logger })
    const value = learntJson(adapter.name, learnt)
    if (line.isOver) logger.info({ adapter: adapter.name, project }, 'project deleted: not kept what was learnt of it')
    else
      await memory.learn(project, adapter.name, isSetup ? { value, extraParams: event.extraParams ?? null } : { value })
  }

  return {
    onEvent(event, { logger }) {
      return fitProject(String(event.project.id), event.project.label_config, happenedIn(event), logger)
    },
    async onSetup(xml, given, extraParams, logger) {
      const project = projectIdOf(given)
      const text = JSON.stringify(extraParams ?? null)
      try {
        const { bindings } = await projects.open(xml, project)
        const before = await memory.of(project)
        const last = newParams.get(project)
        if (last?.text === text) return await last.learning
        const adapters = [...byAdapter(bindings).keys()]
        if (last === undefined && adapters.every((name) => knows(before, name, extraParams))) return
        const learning = fitProject(project, xml, { action: 'SETUP', annotations: [], extraParams }, logger)
        newParams.set(project, { text, learning })
        const forget = () => {
          if (newParams.get(project)?.learning === learning) newParams.delete(project)
        }
        await learning.finally(forget)
      } catch (error) {
        logger.error({ project, err: describeError(error) }, 'extra params not learnt from')
      }
    },
    onDelete(given) {
      const project = projectIdOf(given)
      lines.end(project)
      newParams.delete(project)
    },
  }
}

/** Whether it learnt from these extra params last; none and null are the same. */
function knows({ learntFrom }: Remembered, adapter: string, extraParams: unknown): boolean {
  return JSON.stringify(ownValue(learntFrom, adapter) ?? null) === JSON.stringify(extraParams ?? null)
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
