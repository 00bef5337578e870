import { z } from 'zod'
import { defineSay } from './say-type.js'
import { checkLabels } from './vocabulary.js'

/** Labels of a region, under the value key of its control: `rectanglelabels`, `labels`, … */
export const labels = defineSay({
  kind: 'labels',
  schema: z.array(z.string()).readonly(),
  check(content, context) {
    if (content.length === 0 && context.control.attributes.allowEmpty !== 'true')
      return [
        {
          code: 'no-label',
          severity: 'warning',
          key: '',
          message: 'the list of labels is empty: the region is drawn without a label',
          hint: 'Give a label, or set `allowEmpty="true"` on the control.',
        },
      ]
    return checkLabels(content, context, (index) => `[${index}]`)
  },
})
