export { type LlmServer, type LlmServerOptions, startLlmServer } from './llm-server/llm-server.js'
export type {
  AnswerReply,
  LlmApi,
  LlmScript,
  RecordedMessage,
  RecordedRequest,
  ScriptedReply,
  ScriptedToken,
  ScriptedUsage,
} from './llm-server/scripted-reply.js'
