import { LRUCache } from 'lru-cache'
import { type LabelingConfig, parseConfig } from '../config/index.js'
import { PrelabelError } from '../errors.js'
import type { AdapterRuntime } from './adapters/adapter-runtime.js'
import { type Binding, bindAdapters } from './binding/bind-adapters.js'
import { inspectFor } from './binding/inspect-for.js'
import { modelVersionOf } from './binding/model-version.js'
import { type BindingReport, reportOf } from './binding/report.js'

/** A labeling config with the adapters that fill it. */
export interface Project {
  readonly config: LabelingConfig
  readonly bindings: readonly Binding[]
  /** The same in `/setup` and in every prediction. */
  readonly modelVersion: string
  readonly report: BindingReport
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
  forget(projectId: string): void
  copy(from: string, to: string): void
  /** Model versions of the projects at hand. */
  versions(): Promise<readonly string[]>
}

export interface ProjectsOptions {
  readonly config: LabelingConfig | undefined
  readonly runtimes: readonly AdapterRuntime[]
  readonly name: string | undefined
  /** Most configs that are kept. */
  readonly size: number
}

export function createProjects({ config: own, runtimes, name, size }: ProjectsOptions): Projects {
  const byText = new LRUCache<string, Promise<Project>>({ max: size })
  const texts = new LRUCache<string, string>({ max: size })

  async function make(xml: string): Promise<Project> {
    const config = xml === own?.xml ? own : parseConfig(xml)
    const candidates = await Promise.all(runtimes.map((runtime) => inspectFor(runtime, config)))
    const bound = bindAdapters(config, candidates)
    const modelVersion = await modelVersionOf(name, bound.bindings)
    return { config, bindings: bound.bindings, modelVersion, report: reportOf(config, bound, modelVersion) }
  }

  function open(given?: string, projectId?: string): Promise<Project> {
    const xml = given ?? (projectId === undefined ? undefined : texts.get(projectId)) ?? own?.xml
    if (xml === undefined) return Promise.reject(configMissing())
    const known = byText.get(xml)
    if (known !== undefined) return known
    const project = make(xml)
    byText.set(xml, project)
    project.catch(() => byText.delete(xml))
    return project
  }

  return {
    open,
    remember: (projectId, xml) => void texts.set(projectId, xml),
    forget: (projectId) => void texts.delete(projectId),
    copy(from, to) {
      const xml = texts.get(from)
      if (xml !== undefined) texts.set(to, xml)
    },
    async versions() {
      const projects = byText.size === 0 && own !== undefined ? [open()] : [...byText.values()]
      const settled = await Promise.allSettled(projects)
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
