// The echo server that serve is measured against: as short as it can be with backpressure. Prints its port.
import {createServer} from 'node:net';

const server = createServer({allowHalfOpen: true}, socket => {
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', chunk => {
    if (!socket.write(chunk)) socket.pause();
  });
  socket.on('drain', () => socket.resume());
  socket.on('end', () => socket.end());
});
server.listen(Number(process.argv[2]), '127.0.0.1', 4096, () => console.log('listening'));
