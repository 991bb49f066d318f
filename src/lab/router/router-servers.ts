import {createSocket, type Socket as DatagramSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {searchAnswer, webAnswer} from './router-answers.ts';

/** What the practice router puts up with. */
export const routerLimits = {
  /** Bytes of the request line and the header fields. */
  headerBytes: 4096,
  /** Bytes. */
  bodyBytes: 4096,
  /** At one time; a further one closes the oldest. */
  connections: 16,
  /** Milliseconds from a connection's beginning to its end: a learner may read for a long time in the middle of one. */
  connectionMs: 3_600_000,
} as const;

export interface PracticeRouter extends AsyncDisposable {
  /** UDP: it answers searches. */
  readonly searchPort: number;
  /** TCP: it serves its description, and is asked for its external address. */
  readonly webPort: number;
}

/** A router that is reached on 127.0.0.1 only, on ports that the kernel chooses. */
export async function openPracticeRouter(connectionMs: number = routerLimits.connectionMs): Promise<PracticeRouter> {
  const web = webServer(connectionMs);
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const {port: webPort} = web.address() as AddressInfo;
  const search = searchServer(webPort);
  search.bind(0, '127.0.0.1');
  await once(search, 'listening');
  return {
    searchPort: search.address().port,
    webPort,
    async [Symbol.asyncDispose]() {
      search.close();
      web.closeAllConnections();
      await new Promise(done => web.close(done));
    },
  };
}

function searchServer(webPort: number): DatagramSocket {
  const socket = createSocket('udp4');
  socket.on('message', (datagram, from) => {
    const answer = searchAnswer(datagram, webPort);
    // A sender that has gone hears nothing, and that is no error of ours.
    if (answer !== null) socket.send(answer, from.port, from.address, () => {});
  });
  return socket;
}

function webServer(connectionMs: number) {
  const server = createServer(
    // Node's own limits of time would close what is in order here.
    {maxHeaderSize: routerLimits.headerBytes, headersTimeout: 0, requestTimeout: 0},
    (request, response) => answerWhole(request, response),
  );
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    const [oldest] = open;
    if (open.size >= routerLimits.connections) oldest?.destroy();
    open.add(socket);
    const late = setTimeout(() => socket.destroy(), connectionMs);
    socket.once('close', () => {
      clearTimeout(late);
      open.delete(socket);
    });
  });
  return server;
}

/** Answers once the whole request is there, which must be short. */
function answerWhole(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > routerLimits.bodyBytes && !response.headersSent) send(response, {status: 413, body: ''});
  });
  request.on('end', () => {
    if (response.headersSent) return;
    const {method = '', url = '', headers} = request;
    send(response, webAnswer(method, url, String(headers.soapaction ?? '')));
  });
}

function send(response: ServerResponse, {status, body}: ReturnType<typeof webAnswer>): void {
  response.writeHead(status, {
    'Content-Type': 'text/xml; charset="utf-8"',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body);
}
