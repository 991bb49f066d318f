/** Options of Node's that open a port for a debugger (node(1)); - and _ are the same to it. */
const inspecting = /(?<!\S)--(?:inspect|debug)(?:[-_][a-z]+)*(?:=\S*|(?<=port)\s+\S+)?/g;

/**
 * The environment for processes of the program's own: a debugger of the learner's is for the program, and its listening socket
 * would stand among those of each actor.
 */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const {NODE_OPTIONS: options, ...others} = env;
  const rest = options?.replaceAll(inspecting, '').trim();
  return rest ? {...others, NODE_OPTIONS: rest} : others;
}

/** The environment for Node that is looked at: without what changes its doings, so that a lesson is the same everywhere. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const {NODE_OPTIONS: _, NODE_PATH: __, NODE_DEBUG: ___, FORCE_COLOR: ____, ...env} = process.env;
  return {...env, NO_COLOR: '1'};
}
