/** Builders of one control, checked at run time. */

import { PrelabelError } from '../errors.js'
import type { BuiltResult, ControlBuilder, LabelInput, ResultOptions } from './builder.js'
import { addResult, type DraftState, objectOf, placeOf, type Target } from './draft-state.js'
import { type Choice, choices } from './types/choices.js'
import { sayOf, shapeOf } from './types/families.js'
import { rectangle } from './types/rectangle.js'
import type { SayType, UncheckedSay } from './types/say-type.js'
import type { ShapeType, ShapeValue, UncheckedShape } from './types/shape-type.js'
import { textSpan } from './types/text-span.js'

export function createControlBuilder(state: DraftState, target: Target): ControlBuilder {
  const { control } = target

  function draw<S extends { readonly kind: string }, V extends ShapeValue>(
    type: ShapeType<S, V> & UncheckedShape,
    input: Omit<S, 'kind'> & LabelInput<string> & ResultOptions,
  ): BuiltResult {
    const { object } = objectOf(state, target, input.to)
    if (shapeOf(control, object) !== type) throw wrongKind(`draws no ${type.kind} on <${object.tag}>`)
    return addResult(
      state,
      target,
      { ...type.toValue(input, placeOf(state, target, input)), ...labelled(input) },
      input,
    )
  }

  function labelled({ label, labels }: LabelInput<string>): ShapeValue {
    const all = label === undefined ? labels : [label]
    if (all === undefined) return {}
    if (sayOf(control)?.kind !== 'labels') throw wrongKind('has no labels')
    return { [control.valueKey]: all }
  }

  function say<K extends string, C>(type: SayType<K, C> & UncheckedSay, content: C, options: ResultOptions = {}) {
    if (sayOf(control)?.kind !== type.kind) throw wrongKind(`says no ${type.kind}`)
    return addResult(state, target, { [control.valueKey]: content }, options)
  }

  function wrongKind(what: string): PrelabelError {
    return new PrelabelError(`${control.path} ${what}`, { code: 'wrong-result-kind', path: control.path })
  }

  return {
    control,
    rectangle: (region) => draw(rectangle, region),
    span: (region) => draw(textSpan, region),
    choose: (choice, options) => say(choices, asList(choice), options),
    result: (value, options = {}) => addResult(state, target, value, options),
  }
}

/** A bare text is one choice; a list is a list of choices. */
function asList(choice: Choice | readonly Choice[]): readonly Choice[] {
  return typeof choice === 'string' ? [choice] : choice
}
