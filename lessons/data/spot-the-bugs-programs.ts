import type {Listing} from '../../src/model/lesson.ts';

/** Its defects: an option that is none, every address, no "error", text from each chunk, a greeting that runs into the echo. */
export const brokenServer: Listing = `const net = require("net");

const options = {lookup: true};  //@ lookup

const server = net.createServer(options, socket => {
  console.log("from " + socket.remoteAddress);
  socket.write("hello, world!");  //@ first-answer ping
  socket.on("data", data => {  //@ no-handler
    console.log("got: " + data);  //@ half-a-character cut-sushi-send
    socket.write(data);
  });
});

server.listen({port});  //@ everywhere another-address-server another-address-connect cut-sushi-server
`;

export const mendedServer: Listing = `import net from "node:net";
import {StringDecoder} from "node:string_decoder";

const server = net.createServer(socket => {
  const decoder = new StringDecoder("utf8");
  console.log("from " + socket.remoteAddress);
  socket.on("error", error => console.log(error.code));  //@ mended-reset
  socket.write("hello, world!");
  socket.on("data", bytes => {
    console.log("got: " + decoder.write(bytes));  //@ mended-half mended-rest
    if (!socket.write(bytes)) {
      socket.pause();
      socket.once("drain", () => socket.resume());
    }
  });
});

server.on("error", error => console.log(error.code));
server.listen({port}, "127.0.0.1");  //@ mended-server
process.on("SIGTERM", () => server.close());  //@ stop-server
`;

const interfaceOf = {
  1: 'const own = os.networkInterfaces().find(interface => interface.family === "IPv4").address;  //@ reserved-word not-an-array',
  2: 'const own = os.networkInterfaces().find(interface => interface.family === "IPv4").address;  //@ strict-mode',
  3: 'const own = Object.values(os.networkInterfaces()).flat().find(card => card.family === "IPv4").address;',
  4: '',
} as const;

/** Four stages of the same program: as it was found, as a module, fixed as far as the router, and as far as the connection. */
export const brokenClient = (stage: 1 | 2 | 3 | 4): Listing => {
  const load =
    stage === 2
      ? 'import net from "node:net";\nimport os from "node:os";'
      : 'const net = require("net");\nconst os = require("os");';
  if (stage === 4) {
    return `const net = require("net");

const socket = net.connect({port}, "127.0.0.1");
socket.write("ping");
socket.on("data", data => console.log(data));  //@ no-end
`;
  }
  return `${load}

// My own address, and the router's
${interfaceOf[stage]}
const router = new SSDP().discover()[0].location;${stage === 3 ? '  //@ undefined-ssdp' : ''}

const socket = net.connect({port}, router);
socket.write("from " + own);
socket.on("data", data => console.log(data));
`;
};

export const mendedClient: Listing = `import net from "node:net";

const greeting = 13;
const message = Buffer.from("こんにちは");
let received = Buffer.alloc(0);

const socket = net.connect({port}, "127.0.0.1");
socket.on("error", error => console.log(error.code));
socket.write(message);
socket.on("data", bytes => {
  received = Buffer.concat([received, bytes]);
  if (received.length < greeting + message.length) return;
  console.log(received.subarray(greeting).toString("utf8"));
  socket.end();  //@ mended-client
});
`;
