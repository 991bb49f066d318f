// Clients of an echo server, in a process of their own. Prints one JSON line a result.
//   echo-load.mjs PORT bulk BYTES       one client, messages of 64 KiB: MB a second, each way
//   echo-load.mjs PORT ping SECONDS     100 clients, 64 bytes there and back: round trips a second
//   echo-load.mjs PORT crowd CLIENTS    that many at once, each echoing, until standard input ends: how many, and what was wrong
import {once} from 'node:events';
import {connect} from 'node:net';

const [port, kind, amount] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const tell = result => process.stdout.write(`${JSON.stringify(result)}\n`);

async function open() {
  const socket = connect({port, host: '127.0.0.1', noDelay: true});
  await once(socket, 'connect');
  return socket;
}

async function bulk() {
  const socket = await open();
  const message = Buffer.alloc(64 * 1024, 'x');
  const began = performance.now();
  let back = 0;
  socket.on('data', chunk => {
    back += chunk.length;
    if (back >= amount) socket.destroy();
  });
  for (let sent = 0; sent < amount; sent += message.length) if (!socket.write(message)) await once(socket, 'drain');
  if (!socket.destroyed) await once(socket, 'close');
  tell({mbPerSecond: amount / 1e6 / ((performance.now() - began) / 1000)});
}

async function ping() {
  const message = Buffer.alloc(64, 'p');
  const sockets = await Promise.all(Array.from({length: 100}, open));
  let count = 0;
  const began = performance.now();
  for (const socket of sockets) {
    let missing = message.length;
    socket.on('data', chunk => {
      missing -= chunk.length;
      if (missing > 0) return;
      missing = message.length;
      count += 1;
      socket.write(message);
    });
    socket.write(message);
  }
  await new Promise(done => setTimeout(done, amount * 1000));
  tell({perSecond: count / ((performance.now() - began) / 1000)});
  for (const socket of sockets) socket.destroy();
}

/** Each client has words of its own, so that another’s would be noticed. */
async function crowd() {
  let [lost, wrong, rounds, isOver] = [0, 0, 0, false];
  const clients = [];
  const client = async () => {
    const socket = await open();
    const own = Buffer.from(`client ${clients.length} `.padEnd(64, '.'));
    let got = Buffer.alloc(0);
    let answered = () => {};
    socket.on('data', chunk => {
      got = Buffer.concat([got, chunk]);
      if (got.length < own.length) return;
      if (!got.equals(own)) wrong += 1;
      got = Buffer.alloc(0);
      answered();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (!isOver) lost += 1;
      answered();
    });
    clients.push(() => {
      socket.write(own);
      return new Promise(done => {
        answered = done;
      });
    });
  };
  while (clients.length < amount)
    await Promise.all(Array.from({length: Math.min(100, amount - clients.length)}, client));
  const round = async () => {
    for (let i = 0; i < clients.length; i += 100) await Promise.all(clients.slice(i, i + 100).map(ask => ask()));
    rounds += 1;
  };
  await round();
  tell({clients: clients.length});
  process.stdin.on('end', () => {
    isOver = true;
  });
  process.stdin.resume();
  while (!isOver) await round();
  tell({clients: clients.length, rounds, lost, wrong});
  process.exit(0);
}

await {bulk, ping, crowd}[kind]();
