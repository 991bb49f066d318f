// Run in a network namespace of its own: it makes a network of nothing but loopback, with a router that hears multicast, and
// runs a command there. Arguments: the router's address, the command.

import {execFileSync, spawn} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {searchAnswer, webAnswer} from '../../../src/lab/router/router-answers.ts';
import {searchGroup} from '../../../src/model/upnp.ts';

const [host = '', command = '', ...args] = process.argv.slice(2);

for (const change of [
  ['link', 'set', 'lo', 'up'],
  ['address', 'add', `${host}/24`, 'dev', 'lo'],
  ['route', 'add', '239.0.0.0/8', 'dev', 'lo', 'src', host],
]) {
  execFileSync('ip', change);
}

const web = createServer(({method = '', url = '', headers}, response) => {
  const {status, body} = webAnswer(method, url, String(headers.soapaction));
  response.writeHead(status, {Connection: 'close'}).end(body);
});
web.listen(0, host);
await once(web, 'listening');

const search = createSocket('udp4');
search.on('message', (datagram, from) => {
  const answer = searchAnswer(datagram, (web.address() as AddressInfo).port)?.replace('127.0.0.1', host);
  if (answer !== undefined) search.send(answer, from.port, from.address);
});
search.bind(searchGroup.port);
await once(search, 'listening');
search.addMembership(searchGroup.host, host);

const child = spawn(command, args, {stdio: 'inherit', timeout: 110_000});
process.exit((await once(child, 'exit'))[0] ?? 1);
