import { LRUCache } from 'lru-cache'
import { type LabelingConfig, parseConfig } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import { ownValue } from '../own-value.js'
import type { AdapterRuntime } from './adapters/adapter-runtime.js'
import { type Binding, bindAdapters } from './binding/bind-adapters.js'
import { inspectFor } from './binding/inspect-for.js'
import { modelVersionOf } from './binding/model-version.js'
import { type BindingReport, reportOf } from './binding/report.js'
import { projectIdOf } from './project-id.js'
import type { ProjectMemory, Remembered } from './training/project-memory.js'

/** A labeling config with the adapters that fill it. */
export interface Project {
  /** Id of the Label Studio project; absent where nobody said. */
  readonly id?: string
  readonly config: LabelingConfig
  readonly bindings: readonly Binding[]
  /** The same in `/setup` and in every prediction. */
  readonly modelVersion: string
  readonly report: BindingReport
  /** Why nothing is filled, where models that could not be inspected are at fault. */
  readonly failure?: PrelabelError
}

/** Projects by the text of their config: parsed and bound once, the ones used longest ago forgotten. */
export interface Projects {
  /**
   * @param xml a config; without one, that of the project's last `/setup`, or else the backend's own
   * @throws IssuesError `invalid-config`; PrelabelError `config-missing`
   */
  open(xml?: string, projectId?: string): Promise<Project>
  /** Keeps the config that a project has now. */
  remember(projectId: string, xml: string): void
  forget(projectId: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  /** Model versions of the projects that were opened by their ids, or copied; before any, that of the own config. */
  versions(): Promise<readonly string[]>
}

export interface ProjectsOptions {
  readonly config: LabelingConfig | undefined
  readonly runtimes: readonly AdapterRuntime[]
  readonly memory: ProjectMemory
  readonly name: string | undefined
  /** Most configs that are kept. */
  readonly size: number
}

/** A project with what is remembered of it, and what that was made of. */
interface OwnProject {
  readonly project: Project
  readonly memories: Remembered
  readonly own: Project
}

/** A config that is parsed and bound, or is about to be. */
interface Opening {
  readonly project: Promise<Project>
  /** When it is to be bound again, in milliseconds of `Date.now()`: where a model was refused that may be there by then. */
  again?: number | undefined
}

interface Made {
  readonly project: Project
  /** No model was refused. */
  readonly isWhole: boolean
}

/** How long a project stays bound without models that were refused. */
const REBIND_MS = 30_000

export function createProjects({ config: own, runtimes, memory, name, size }: ProjectsOptions): Projects {
  const byText = new LRUCache<string, Opening>({ max: size })
  const texts = new LRUCache<string, string>({ max: size })
  const byId = new LRUCache<string, OwnProject>({ max: size })

  async function make(xml: string): Promise<Made> {
    const config = xml === own?.xml ? own : parseConfig(xml)
    const candidates = await Promise.all(runtimes.map((runtime) => inspectFor(runtime, config)))
    const bound = bindAdapters(config, candidates)
    const modelVersion = await modelVersionOf(name, config, bound.bindings)
    const report = reportOf(config, bound, modelVersion, candidates)
    const refused = candidates.flatMap(({ byControl }) => [...byControl.values()].filter((one) => one instanceof Error))
    const failure =
      bound.bindings.length > 0 ? undefined : refused.find(({ code }) => code === 'adapter-inspect-failed')
    const project = {
      config,
      bindings: bound.bindings,
      modelVersion,
      report,
      ...(failure === undefined ? {} : { failure }),
    }
    return { project, isWhole: refused.length === 0 }
  }

  function openText(given: string | undefined, id: string | undefined): Promise<Project> {
    const xml = given ?? (id === undefined ? undefined : texts.get(id)) ?? own?.xml
    if (xml === undefined) return Promise.reject(configMissing())
    const known = byText.get(xml)
    if (known === undefined) return keep(xml, make(xml))
    if (known.again !== undefined && Date.now() >= known.again) {
      // Nobody waits for it: a model that was refused may take long to be refused again.
      known.again = undefined
      const made = make(xml)
      made.then(
        () => keep(xml, made),
        () => byText.delete(xml),
      )
    }
    return known.project
  }

  function keep(xml: string, made: Promise<Made>): Promise<Project> {
    const opening: Opening = { project: made.then(({ project }) => project) }
    byText.set(xml, opening)
    made.then(
      ({ project, isWhole }) => {
        if (project.failure !== undefined) byText.delete(xml)
        else if (!isWhole) opening.again = Date.now() + REBIND_MS
      },
      () => byText.delete(xml),
    )
    return opening.project
  }

  /** The project with what adapters remember of it, which is part of its model version. */
  async function open(given?: string, projectId?: string): Promise<Project> {
    const id = projectId === undefined ? undefined : projectIdOf(projectId)
    const project = await openText(given, id)
    return id === undefined ? project : openOwn(project, id)
  }

  async function openOwn(project: Project, id: string): Promise<Project> {
    const memories = await memory.of(id)
    const before = byId.get(id)
    if (before?.project === project && before.memories === memories) return before.own
    const own = await ownOf(project, id, memories)
    byId.set(id, { project, memories, own })
    return own
  }

  async function ownOf(project: Project, id: string, { adapters }: Remembered): Promise<Project> {
    const bindings = project.bindings.map((binding) => {
      const remembered = ownValue(adapters, binding.runtime.adapter.name)
      return { project: id, ...(remembered === undefined ? {} : { remembered }), ...binding }
    })
    if (bindings.every(({ remembered }) => remembered === undefined)) return { ...project, id, bindings }
    const modelVersion = await modelVersionOf(name, project.config, bindings)
    return { ...project, id, bindings, modelVersion, report: { ...project.report, modelVersion } }
  }

  return {
    open,
    remember: (projectId, xml) => void texts.set(projectIdOf(projectId), xml),
    async forget(projectId) {
      texts.delete(projectIdOf(projectId))
      byId.delete(projectIdOf(projectId))
      await memory.forget(projectIdOf(projectId))
    },
    async copy(from, to) {
      const xml = texts.get(projectIdOf(from))
      if (xml !== undefined) texts.set(projectIdOf(to), xml)
      await memory.copy(projectIdOf(from), projectIdOf(to))
    },
    async versions() {
      const opened = [...byId].map(([id, { project }]) => openOwn(project, id))
      const copied = [...texts].flatMap(([id, xml]) => (byId.has(id) ? [] : [open(xml, id)]))
      const all = [...opened, ...copied]
      const settled = await Promise.allSettled(all.length === 0 && own !== undefined ? [open()] : all)
      return [...new Set(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.modelVersion] : [])))]
    },
  }
}

function configMissing(): PrelabelError {
  return new PrelabelError('the request brings no labeling config, and none is known for its project', {
    code: 'config-missing',
    status: 400,
    hint: 'Send `label_config`, call /setup before, or give createBackend a `config`.',
  })
}
