// Sends datagrams to a port that nobody has, at a steady rate: each is two frames on loopback, itself and the ICMP that answers it.
// Arguments: datagrams a second, and seconds. Prints how many it has sent.
import {createSocket} from 'node:dgram';

const [rate = 0, seconds = 0] = process.argv.slice(2).map(Number);
const total = rate * seconds;
const socket = createSocket('udp4');
const start = performance.now();
let sent = 0;

const timer = setInterval(() => {
  const due = Math.min(total, Math.floor((rate * (performance.now() - start)) / 1000));
  while (sent < due) {
    sent += 1;
    socket.send('0123456789abcdef', 9, '127.0.0.1');
  }
  if (sent < total) return;
  clearInterval(timer);
  socket.close(() => process.stdout.write(`${sent} ${Math.round(performance.now() - start)}\n`));
}, 2);
