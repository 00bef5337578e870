import { createBackend, defineAdapter } from '../../src/index.js'

/** Leaves a promise alone that is rejected, as a model's worker may. */
const careless = defineAdapter({
  name: 'careless',
  version: '1.0.0',
  fills: { Choices: ['Text'] },
  predict(items) {
    void Promise.reject(new Error('left alone'))
    return items.map(() => [])
  },
})

export default createBackend({
  config:
    '<View><Text name="text" value="$text"/><Choices name="kind" toName="text"><Choice value="A"/></Choices></View>',
  adapters: [careless],
})
