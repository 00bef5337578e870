export type { RulesOptions } from './options.js'
export { rules } from './rules.js'
