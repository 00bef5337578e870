import { parseConfig } from '../../../src/config/index.js'
import type { Finding, Surface } from '../../../src/results/index.js'
import { type RenderOptions, renderFindings } from '../../../src/results/render/index.js'

/** Renders for the first object of a config and all its controls. */
export function render(
  xml: string,
  surface: Surface,
  findings: readonly Finding[],
  options: Partial<RenderOptions> = {},
) {
  const config = parseConfig(`<View>${xml}</View>`)
  const [object] = config.objects.values()
  if (object === undefined) throw new Error('the config has no object')
  return renderFindings({ config, object, controls: [...config.controls.values()], surface, findings, ...options })
}
