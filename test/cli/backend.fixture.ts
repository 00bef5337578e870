import { createBackend, defineAdapter } from '../../src/index.js'

/** Says the text's first word is a greeting; a text with "boom" makes it throw, one with "odd" brings an unknown label. */
const greeter = defineAdapter({
  name: 'greeter',
  version: '1.0.0',
  fills: { Labels: ['Text'] },
  predict: (items) =>
    items.map(({ input: { text } }) => {
      if (text.includes('boom')) return new Error('boom')
      return [{ kind: 'span', label: text.includes('odd') ? 'Farewell' : 'Greeting', start: 0, end: text.indexOf(' ') }]
    }),
})

export default createBackend({
  config:
    '<View><Text name="text" value="$text"/><Labels name="kind" toName="text"><Label value="Greeting"/></Labels></View>',
  adapters: [greeter],
  logger: { debug() {}, info() {}, warn() {}, error() {} },
})
