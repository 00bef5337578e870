import type { ControlTag } from '../../../config/index.js'
import { createSessionPool } from '../../../inference/session-pool.js'
import type { Logger } from '../../adapter.js'
import { modelName, sessionStatus } from '../../detection/session-status.js'
import type { ParsedSource } from '../../detection/shared-options.js'
import { loadYoloModel, type YoloModel } from '../model.js'
import type { ParsedYoloOptions } from '../options.js'
import { chooseWeights } from './choose-weights.js'
import type { FactsReader } from './facts.js'
import { weightsOptions } from './weights-options.js'

/** The models of one adapter: its own, and those that controls name. */
export interface YoloModels {
  /** The model that fills a control, loaded when it is first asked for. */
  of(control: ControlTag, controls: Iterable<ControlTag>): Promise<YoloModel>
  /** A line for each model that is loaded, or could not be. */
  status(): readonly string[]
  /** Says once of a model that providers refused it, and which one runs it. */
  tellRefused(model: YoloModel, logger: Logger): void
  dispose(): Promise<void>
}

/** Models of a folder that stay in memory, unless the adapter is given a pool. */
const MODELS_IN_MEMORY = 4

/** Loads the adapter's own model, if it has one, so that what is wrong with it is known at the start. */
export async function loadYoloModels(options: ParsedYoloOptions, facts: FactsReader): Promise<YoloModels> {
  const own = options.pool === undefined && options.models !== undefined
  const pool = own ? createSessionPool({ maxModels: MODELS_IN_MEMORY }) : options.pool
  const loaded = new Map<ParsedSource, Promise<YoloModel>>()
  const lines = new Map<ParsedSource, string>()
  const told = new Set<YoloModel>()

  function load(source: ParsedSource): Promise<YoloModel> {
    const known = loaded.get(source)
    if (known !== undefined) return known
    const loading = (async () => {
      await facts(source)
      return loadYoloModel({ ...weightsOptions(options, source), pool })
    })()
    loaded.set(source, loading)
    loading.then(
      ({ session }) => lines.set(source, sessionStatus(source, session)),
      (error: Error) => {
        loaded.delete(source)
        lines.set(source, `${modelName(source)} could not be loaded: ${error.message}`)
      },
    )
    return loading
  }

  if (options.model !== undefined) await load(options.model)
  return {
    of: async (control, controls) => load(await chooseWeights(control, controls, options)),
    status: () => [...lines.values()],
    tellRefused(model, logger) {
      const { provider, refused = [] } = model.session
      if (refused.length === 0 || told.has(model)) return
      told.add(model)
      logger.warn({ adapter: options.name, provider, refused }, 'not every provider took the model')
    },
    async dispose() {
      const settled = await Promise.allSettled(loaded.values())
      await Promise.all(settled.map(async (one) => (one.status === 'fulfilled' ? one.value.dispose() : undefined)))
      if (own) await pool?.dispose()
    },
  }
}
