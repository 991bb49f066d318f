import type {Listing} from '../../src/model/lesson.ts';

// What every program here begins with. Error handling is left out of the C programs, where each call has its own step.

export const cHead = `#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
`;

const cAddress = `  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons({port}),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
`;

/** socket() to listen(), as every server of these lessons does them. */
export const cServerOpening: Listing = `${cAddress}  int on = 1;
  int listener = socket(AF_INET, SOCK_STREAM, 0);  //@ server-socket server-opens
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);  //@ server-bind server-opens
  bind(listener, (struct sockaddr *)&address, sizeof address);  //@ server-bind server-opens
  listen(listener, 5);  //@ server-listen server-opens
`;

/** socket() and connect(). */
export const cClientOpening: Listing = `${cAddress}  int client = socket(AF_INET, SOCK_STREAM, 0);  //@ client-socket
  connect(client, (struct sockaddr *)&address, sizeof address);  //@ client-connect client-early
`;
