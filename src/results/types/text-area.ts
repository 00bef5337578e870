import { z } from 'zod'
import { defineSay } from './say-type.js'

/** The value of a text area. */
export interface TextAreaValue {
  readonly text: readonly string[]
}

/** Lines of a `<TextArea>`. The editor takes a bare text too. */
export const textArea = defineSay<'text', string | readonly string[]>({
  kind: 'text',
  schema: z.union([z.string(), z.array(z.string()).readonly()], 'must be a list of texts'),
  check(content, { control }) {
    const most = Number(control.attributes.maxSubmissions)
    if (typeof content === 'string' || !(most > 0) || content.length <= most) return []
    return [
      {
        code: 'too-many-texts',
        severity: 'warning',
        key: '',
        message: `${content.length} texts are given, but ${control.path} takes ${most}`,
      },
    ]
  },
})
