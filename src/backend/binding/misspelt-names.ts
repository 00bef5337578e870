import type { LabelingConfig } from '../../config/index.js'
import { nearestName } from '../../nearest-name.js'
import type { Binding, Candidate } from './bind-adapters.js'

/**
 * Names in an adapter's options that match nothing: controls and labels that this config does not have, classes that no
 * model of the adapter has. They are told and no error, since an adapter may serve several projects.
 *
 * @param bindings those of the adapter
 */
export function misspeltNames(
  config: LabelingConfig,
  { runtime: { adapter }, info, byControl }: Candidate,
  bindings: readonly Binding[],
): string[] {
  const { name, controls = [], labelMap = {}, classOptions = {} } = adapter
  const warn = (option: string, what: string, known: ReadonlySet<string>, names: Iterable<string>, lacks: string) =>
    [...names]
      .filter((one) => !known.has(one))
      .map((one) => `${name}: \`${option}\` names the ${what} "${one}", which ${lacks}${meant(one, known)}`)

  const infos = [info, ...byControl.values()].flatMap((one) => (one instanceof Error ? [] : [one]))
  const classes = new Set(infos.flatMap((one) => one.classes ?? []))
  const ofClasses = Object.entries({ labelMap: Object.keys(labelMap), ...classOptions })
  const bound = bindings.flatMap((binding) => binding.controls)
  const open = bound.length === 0 || bound.some(({ labelSource: { openVocabulary } }) => openVocabulary === true)
  const labels = new Set(bound.flatMap(({ labelSource }) => labelSource.labels))
  const written = Object.values(labelMap).filter((label) => label !== null)
  return [
    ...warn('controls', 'control', new Set(config.controls.keys()), controls, 'this config does not have'),
    ...(classes.size === 0
      ? []
      : ofClasses.flatMap(([option, names]) => warn(option, 'class', classes, names, 'its model does not have'))),
    ...(open ? [] : warn('labelMap', 'label', labels, new Set(written), 'no control that it fills has')),
  ]
}

function meant(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known)
  return nearest === undefined ? '' : `. Did you mean "${nearest}"?`
}
