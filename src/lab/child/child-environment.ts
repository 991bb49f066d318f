/** Options of Node's that open a port for a debugger (node(1)); - and _ are the same to it. */
const inspecting = /(?<!\S)--(?:inspect|debug)(?:[-_][a-z]+)*(?:=\S*|(?<=port)\s+\S+)?/g;

/**
 * The environment for processes of the program's own: a debugger of the learner's is for the program, and its listening socket
 * would stand among those of each actor. None of them speaks TLS, and Node 20 reads NODE_EXTRA_CA_CERTS at its start, which
 * takes longer than all the rest of starting.
 */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const {NODE_OPTIONS: options, NODE_EXTRA_CA_CERTS: _, ...others} = env;
  const rest = options?.replaceAll(inspecting, '').trim();
  return rest ? {...others, NODE_OPTIONS: rest} : others;
}

const changesNode = ['NODE_OPTIONS', 'NODE_PATH', 'NODE_DEBUG', 'NODE_EXTRA_CA_CERTS', 'FORCE_COLOR'];

/** The environment for Node that is looked at: without what changes its doings, so that a lesson is the same everywhere. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !changesNode.includes(name));
  return {...Object.fromEntries(kept), NO_COLOR: '1'};
}
