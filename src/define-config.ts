/** The typed door to `config` and `results` together. */

import {
  type Checked,
  type ConfigShape,
  type ControlTag,
  findControl,
  type LabelingConfig,
  parseConfig,
  type ShapeOf,
} from './config/index.js'
import { PrelabelError } from './errors.js'
import { createDraft, type DraftOptions } from './results/draft.js'
import type { TypedDraft, TypedDraftOptions } from './results/typed-draft.js'

/** A control of a config whose shape is known: its name, tag and labels are literal types. */
export type TypedControl<S extends ConfigShape, K extends keyof S['controls']> = Omit<
  ControlTag,
  'name' | 'tag' | 'labels'
> & {
  readonly name: K
  readonly tag: S['controls'][K]['tag']
  readonly labels: readonly S['controls'][K]['option'][]
}

/** A labeling config that the compiler knows: usable wherever a LabelingConfig is. */
export interface TypedConfig<S extends ConfigShape> extends LabelingConfig {
  /** Types only, for `typeof`; empty at run time. */
  readonly $infer: { readonly data: S['data'] }
  /**
   * A control by name.
   *
   * @throws PrelabelError `unknown-control`
   */
  control<K extends keyof S['controls'] & string>(name: K): TypedControl<S, K>
  /** Starts a prediction for a task that has the fields which this config reads. */
  prediction(options: TypedDraftOptions<S>): TypedDraft<S>
}

/**
 * Reads a labeling config. From a literal, its names, labels and task fields become types; a `toName` that names
 * nothing does not compile.
 *
 * @example
 * const config = defineConfig(`<View><Image name="photo" value="$image"/>
 *   <RectangleLabels name="vehicle" toName="photo"><Label value="Car"/></RectangleLabels></View>`)
 * const draft = config.prediction({ task: { data: { image: 'a.jpg' } } })
 * draft.control('vehicle').rectangle({ label: 'Car', x: 10, y: 10, width: 20, height: 20, unit: 'percent' })
 *
 * @throws IssuesError `invalid-config`
 */
export function defineConfig<const S extends string>(xml: Checked<S>): TypedConfig<ShapeOf<S>>
export function defineConfig(xml: string): LabelingConfig {
  const config = parseConfig(xml)
  const typed = {
    ...config,
    $infer: {},
    control: (name: string) => controlOf(config, name),
    prediction: (options: DraftOptions) => createDraft(config, options),
  }
  return typed
}

function controlOf(config: LabelingConfig, name: string): ControlTag {
  const control = findControl(config, name)
  if (control !== undefined) return control
  throw new PrelabelError(`the config has no control named ${JSON.stringify(name)}`, {
    code: 'unknown-control',
    path: name,
  })
}
