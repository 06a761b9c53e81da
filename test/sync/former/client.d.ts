/** What the simulator calls of the former app takes and answers what the present one does. */
export * from '../simulator/client.ts'
