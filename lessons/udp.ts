import type {FrameClaim, FramesClaim, Where} from '../src/model/lesson.ts';
import {does} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, gaveAddress, received, returns, waits} from './kit/outcomes.ts';
import {nothingPasses, passesOnly} from './kit/segments.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {server, client} = sockets({server: ['server'], client: ['client']});

/** Where the client's letters come from, as recvfrom() shows it. */
const clientAddress: Where = {host: '127.0.0.1', port: client.place};
const datagram = (from: 'server' | 'client', length: number): FrameClaim => ({protocol: 'udp', from, length});
/** A datagram to a port where nobody is, and what comes back. */
const unreachable = (one: FrameClaim): FramesClaim => passesOnly(one, {protocol: 'icmp'});

const clearAway = step('clear-away', [client.closes(), server.closes()], {
  before: {ja: '両側のソケットを閉じます。', en: 'Both sockets are closed.'},
  after: `どちらの行も、すぐに表から消えました。UDP に TIME_WAIT はありません。
    Both rows are gone at once. UDP has no TIME_WAIT.`,
  expect: [client.isGone, server.isGone],
  sources: ['man 2 close'],
});

export const udp = lesson({
  id: 'udp',
  title: {ja: '接続のない通信: UDP', en: 'UDP: talking without a connection'},
  about: `接続のない UDP では、送ったものが届いたと、どう分かるのか
    UDP makes no connection. How does one know that a datagram arrived?`,
  minutes: 9,
  beliefs: {
    'udp-needs-listen': `UDP のサーバーも、listen() と accept() で待ち受ける
      a UDP server needs listen() and accept() too`,
    'datagrams-join': `続けて送ったデータグラムは、まとめて読める
      datagrams sent one after another can be read as one`,
    'datagram-rest-stays': `データグラムの読み残しは、次の recvfrom() で読める
      what is left of a datagram comes with the next recvfrom()`,
    'udp-nobody-fails': `受け手のいない宛先への sendto() は失敗する
      sendto() fails when nobody is at the address`,
    'udp-never-tells': `UDP では、受け手がいないことを知る方法がない
      with UDP there is no way to learn that nobody is there`,
  },
  steps: [
    step('server-socket', server.opens('SOCK_DGRAM'), {
      before: `サーバーがソケットを作ります。SOCK_DGRAM はデータグラム、つまり一通ずつ区切られたメッセージです。AF_INET のデータグラムは UDP です。
        The server makes a socket. SOCK_DGRAM stands for datagrams: messages that stay apart, like letters. With AF_INET that is UDP.`,
      after: `TCP のときと同じく、まだアドレスもポートもありません。UNCONN は、相手を決めていないソケットを ss が呼ぶ名前です。カーネルの表では、TCP の CLOSE と同じ番号(07)です。
        As with TCP there is no address and no port yet. UNCONN is what ss calls a socket without a peer; in the kernel’s table it is 07, the number that TCP has for CLOSE.`,
      node: `import dgram from 'node:dgram';
const server = dgram.createSocket('udp4');
// It calls socket() when it binds.`,
      expect: server.isUnlisted('CLOSE'),
      sources: ['man 2 socket', 'man 7 udp'],
    }),
    step('server-bind', server.binds(), {
      before: `bind() で、127.0.0.1 のポート {port} を割り当てます。TCP では、bind() だけでは表に行が出ませんでした。
        bind() gives it 127.0.0.1 and port {port}. With TCP, bind() alone put no row into the table.`,
      after: `/proc/net/udp に行が出ました。UDP では、bind() したソケットはもうデータグラムを受け取れます。ポート番号は TCP とは別に数えるので、TCP の {port} 番とはぶつかりません。
        /proc/net/udp has a row. A UDP socket that is bound can receive already. TCP and UDP count their ports apart: this one does not collide with TCP’s {port}.`,
      node: `server.bind({port}, '127.0.0.1');`,
      expect: [server.is('CLOSE', {protocol: 'udp', recvQueue: 0, local: {port: 'server'}}), nothingPasses],
      sources: ['man 2 bind', 'man 7 udp'],
    }),
    step('server-listen', server.listens(), {
      before: `TCP のサーバーなら、次は listen() です。同じように呼んでみます。
        A TCP server would call listen() now. Let us try the same.`,
      belief: 'udp-needs-listen',
      question: {ja: 'UDP のソケットで、listen() はどうなりますか。', en: 'What will listen() do on a UDP socket?'},
      choices: [
        {text: {ja: 'EOPNOTSUPP で断られる', en: 'fail with EOPNOTSUPP'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '0 が返るが、何も変わらない', en: 'return 0 and change nothing'},
          claim: [returns(0), server.is('CLOSE')],
          because: `このソケットにできない操作を、カーネルは黙って済ませません。
            The kernel does not pass over in silence what a socket cannot do.`,
        },
        {
          text: {ja: '0 が返り、LISTEN になる', en: 'return 0; the state becomes LISTEN'},
          claim: [returns(0), server.is('LISTEN')],
          because: `listen() が用意するのは接続待ちキューです。UDP には、並ばせる接続がありません。
            What listen() sets up is a queue of connections. UDP has none to queue.`,
        },
      ],
      hint: `listen() の仕事は、接続要求に応えて、接続を列に並ばせることでした。
        What listen() does is answer requests for connections and queue them up.`,
      after: `EOPNOTSUPP、このソケットにはない操作です。UDP には接続がないので、接続待ちの状態もありません。受け取る支度は、bind() で済んでいます。
        EOPNOTSUPP: not an operation of this socket. UDP has no connections, so there is no waiting for them. bind() was all the preparation there is.`,
      node: '// node:dgram has no listen().',
      expect: [fails('EOPNOTSUPP'), server.is('CLOSE')],
      sources: ['man 2 listen', 'man 7 udp'],
    }),
    step('server-accept', server.accepts(), {
      before: `accept() も呼んでみます。TCP では、相手ごとに新しいソケットが返りました。
        And accept()? With TCP it returned a new socket for each peer.`,
      after: `これも EOPNOTSUPP です。UDP のサーバーは、この一つのソケットで、すべての相手から受け取り、すべての相手に返します。
        EOPNOTSUPP again. A UDP server has this one socket: it hears everybody with it, and answers everybody with it.`,
      node: `// No 'connection' event either: one socket for all.`,
      expect: fails('EOPNOTSUPP'),
      sources: ['man 2 accept'],
    }),
    step('client-send-one', [client.opens('SOCK_DGRAM'), client.sendsTo('server', 'one')], {
      before: `クライアントがソケットを作り、connect() なしで sendto() します。宛先は、封筒に書くように、一通ごとに引数で渡します。
        The client makes a socket and calls sendto() without any connect(). The address goes with each call, as on an envelope.`,
      after: `3 バイトは、もうサーバーの受信キューにあります。線の上を通ったのは、その一通だけです。ハンドシェイクも、ACK もありません。クライアントには、最初の sendto() でカーネルが一時ポートを割り当てました。
        The 3 bytes are in the server’s receive queue already, and this one datagram is all that passed on the wire: no handshake, no ACK. The client got its ephemeral port from the kernel with its first sendto().`,
      node: `const client = dgram.createSocket('udp4');
client.send('one', {port}, '127.0.0.1');`,
      expect: [
        returns(3),
        client.is('CLOSE', {protocol: 'udp', local: {port: 'another'}}),
        server.is('CLOSE', {recvQueue: {least: 1}}),
        passesOnly(datagram('client', 3)),
      ],
      shows: 'wire',
      sources: ['man 2 sendto', 'man 7 udp', 'RFC 768'],
    }),
    step('client-send-more', [client.sendsTo('server', 'two'), client.sendsTo('server', 'three')], {
      before: `続けて two と three を送ります。サーバーは、まだ何も受け取っていません。
        Now “two” and “three”. The server has not received anything yet.`,
      after: `送ったのは全部で 11 バイトなのに、Recv-Q はずっと大きな数です。Linux では、UDP の Recv-Q はデータの長さではなく、データグラム三つがカーネルの中で使うメモリーの量です。
        That makes 11 bytes in all, yet Recv-Q is a much larger number. For UDP, on Linux, it does not count data but the memory that the three datagrams take up in the kernel.`,
      node: `client.send('two', {port}, '127.0.0.1');
client.send('three', {port}, '127.0.0.1');`,
      expect: [
        returns(5),
        server.is('CLOSE', {recvQueue: {least: 12}}),
        passesOnly(datagram('client', 3), datagram('client', 5)),
      ],
      sources: ['man 2 sendto', 'man 5 proc_net'],
    }),
    step('server-recv-one', server.receivesFrom(), {
      before: `サーバーが、4096 バイトのバッファーで recvfrom() します。one と two と three が届いています。
        The server calls recvfrom() with a buffer of 4096 bytes. “one”, “two” and “three” have arrived.`,
      belief: 'datagrams-join',
      question: {ja: '何が読めますか。', en: 'What will it read?'},
      choices: [
        {
          text: {ja: '届いている全部、onetwothree の 11 バイト', en: 'all that has come, the 11 bytes onetwothree'},
          claim: received('onetwothree'),
          because: `それは TCP のバイトストリームの読み方です。
            That is how the byte stream of TCP is read.`,
        },
        {text: {ja: '最初の一通、one だけ', en: 'the first one alone: one'}, claim: received('one')},
        {
          text: {ja: 'いちばん新しい一通、three だけ', en: 'the newest one alone: three'},
          claim: received('three'),
          because: `受信キューからは、届いた順に取り出されます。
            They leave the receive queue in the order in which they came.`,
        },
      ],
      hint: {ja: 'データグラムは、一通ずつ区切られたメッセージです。', en: 'Datagrams are messages that stay apart.'},
      after: `バッファーに空きがあっても、一度に受け取るのは一通だけです。recvfrom() は、送り主のアドレスも教えてくれます。{ } の中のポートは、クライアントの一時ポートです。
        One datagram a call, however much room there is. recvfrom() also says who sent it: the port in the braces is the client’s ephemeral port.`,
      node: `server.on('message', (bytes, from) => {
  console.log(bytes, from.port);
});  // one datagram each time`,
      expect: [gaveAddress({host: '127.0.0.1', port: client.place}), nothingPasses],
      sources: ['man 2 recvfrom', 'man 7 udp'],
    }),
    step('server-recv-more', [does(server.receivesFrom(), received('two')), server.receivesFrom()], {
      before: `あと 2 回 recvfrom() して、残りの二通を受け取ります。
        Two more recvfrom() calls take the other two.`,
      after: `3 回の sendto() が、3 回の recvfrom() になりました。UDP は、メッセージの境界を保ちます。バイトストリームの TCP には、この区切りがありません。
        Three sendto() calls became three recvfrom() calls: UDP keeps the boundaries of messages. TCP, being a stream of bytes, has none.`,
      node: `// 'message' comes twice more.`,
      expect: [received('three'), server.is('CLOSE', {recvQueue: 0}), nothingPasses],
      sources: ['man 7 udp'],
    }),
    step(
      'server-recv-rest',
      [
        client.sendsTo('server', 'hello, world!'),
        does(server.receivesFrom(5), received('hello')),
        server.receivesFrom(),
      ],
      {
        before: `クライアントが 13 バイトを一通で送ります。サーバーは 5 バイトのバッファーで受け取り、hello を読みます。それから、大きなバッファーでもう一度 recvfrom() します。
          The client sends one datagram of 13 bytes. The server takes it with a buffer of 5 and reads “hello”. Then it calls recvfrom() once more, with a large buffer.`,
        belief: 'datagram-rest-stays',
        question: {ja: '残りの 8 バイト「, world!」は、読めますか。', en: 'Will it get the other 8 bytes, “, world!”?'},
        choices: [
          {
            text: {ja: '読めない。次の一通を待って眠る', en: 'no: it sleeps until another datagram comes'},
            claim: asClaimed.of('outcome'),
          },
          {
            text: {ja: '読める', en: 'yes'},
            claim: received(', world!'),
            because: `TCP なら読めます。データグラムは、1 回の recvfrom() で読み終わります。
              With TCP it would. A datagram is over with one recvfrom().`,
          },
          {
            text: {ja: '読めない。終わりの印として 0 が返る', en: 'no: it returns 0, as at the end of a stream'},
            claim: returns(0),
            because: {ja: 'UDP には、流れも、その終わりもありません。', en: 'UDP has no stream, and so no end of one.'},
          },
        ],
        hint: {ja: '1 回の recvfrom() が受け取るのは一通です。', en: 'One recvfrom() takes one datagram.'},
        after: `眠りました。13 バイトが一つのフレームで届きましたが、バッファーに入らなかった 8 バイトは、1 回目の recvfrom() で捨てられました。Linux では、エラーにもなりません。受け取る側は、最大の一通が入るバッファーを用意します。
          It sleeps. All 13 bytes came in one frame, but the 8 that did not fit were thrown away by the first recvfrom(), and on Linux that is not even an error. Whoever receives needs room for the largest datagram.`,
        node: '// node:dgram always has room for a whole one.',
        expect: [waits, passesOnly(datagram('client', 13))],
        sources: ['man 2 recvfrom', 'man 7 udp'],
      },
    ),
    step('client-send-empty', client.sendsTo('server', ''), {
      before: `クライアントが、0 バイトのデータグラムを送ります。サーバーは recvfrom() で眠っています。
        The client sends a datagram of 0 bytes. The server is asleep in recvfrom().`,
      after: `空の一通も届き、recvfrom() は 0 を返しました。TCP の 0 は相手の送信の終わりですが、UDP の 0 は「空のデータグラムが来た」という意味です。
        An empty datagram arrives too, and recvfrom() returned 0. With TCP that would be the end of the stream; with UDP it means “an empty datagram came”.`,
      node: `client.send('', {port}, '127.0.0.1');`,
      expect: [returns(0), completes('server-recv-rest', returns(0)), passesOnly(datagram('client', 0))],
      sources: ['man 2 sendto', 'man 2 recvfrom'],
    }),
    step('server-reply', server.sendsTo(clientAddress, 'thanks'), {
      before: `サーバーが返事をします。宛先には、recvfrom() が教えてくれた送り主のアドレスを使います。
        The server answers. It uses the address that recvfrom() has told it.`,
      after: `返事は、クライアントの一時ポートの受信キューにあります。サーバーはだれともつながっていないので、返事のたびに宛先が要ります。
        The answer is in the receive queue at the client’s ephemeral port. The server is connected to nobody: every answer needs its address.`,
      node: `server.send('thanks', from.port, from.address);`,
      expect: [returns(6), client.is('CLOSE', {recvQueue: {least: 1}}), passesOnly(datagram('server', 6))],
      sources: ['man 2 sendto'],
    }),
    step('client-recv', client.receivesFrom(), {
      before: {ja: 'クライアントが、返事を受け取ります。', en: 'The client receives the answer.'},
      after: `送り主は 127.0.0.1:{port}、サーバーのポートです。相手を決めていない UDP のソケットには、だれからの一通でも届きます。だから、返事かどうかは送り主を見て確かめます。
        It came from 127.0.0.1:{port}, the server’s port. A UDP socket without a peer gets datagrams from anybody, so look at the sender to know whether this is the answer.`,
      node: `client.on('message', (bytes, from) =>
  console.log(bytes, from.port));`,
      expect: [gaveAddress({host: '127.0.0.1', port: 'server'}), nothingPasses],
      sources: ['man 2 recvfrom'],
    }),
    step('client-send-nobody', [server.closes(), client.sendsTo('server', 'hello')], {
      before: `サーバーがソケットを閉じます。ポート {port} には、もうだれもいません。そこへクライアントが sendto() します。
        The server closes its socket, so nobody is at port {port} any more. Then the client calls sendto() to it.`,
      belief: 'udp-nobody-fails',
      question: {ja: 'この sendto() はどうなりますか。', en: 'What will this sendto() do?'},
      choices: [
        {text: {ja: '成功する。5 が返る', en: 'work: it returns 5'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
          claim: fails('ECONNREFUSED'),
          because: `断られるのは TCP の connect() です。sendto() は、相手の返事を待ちません。
            It is TCP’s connect() that is refused. sendto() does not wait for any answer.`,
        },
        {
          text: {ja: 'サーバーが戻るまで待つ', en: 'wait until a server is back'},
          claim: waits,
          because: `sendto() は、受け手がいるかどうかを調べません。
            sendto() does not look whether anybody is there.`,
        },
      ],
      hint: `ポストに手紙を入れた人は、宛先に人が住んでいるかをまだ知りません。
        Whoever drops a letter into the box does not know yet whether anybody lives there.`,
      after: `5 が返りました。sendto() の成功は「カーネルが引き受けた」という意味で、「届いた」ではありません。線の上では ICMP の知らせが返りましたが、このソケットには伝わりません。届いたかどうかは、返事をもらう約束を自分たちで作って確かめます。
        It returned 5. That sendto() worked means that the kernel took it, not that it arrived. On the wire an ICMP message came back, but this socket is not told. To know whether it arrived, programs must agree on an answer themselves.`,
      node: `client.send('hello', {port}, '127.0.0.1',
  error => console.log(error));
// null: sent off. Not the same as arrived.`,
      expect: [returns(5), server.isGone, unreachable(datagram('client', 5))],
      shows: 'wire',
      sources: ['man 2 sendto', 'man 7 udp'],
    }),
    step('client-connect', client.connects(), {
      before: `UDP のソケットでも connect() は呼べます。相手のいない 127.0.0.1:{port} に呼んでみます。
        connect() exists for UDP sockets too. Here it goes to 127.0.0.1:{port}, where nobody is.`,
      after: `0 が返りましたが、何も送られていません。カーネルが相手のアドレスを覚えただけです。表では ESTABLISHED でも、接続ではありません。これで、宛先なしの send() が使えます。
        It returned 0 and sent nothing: the kernel has noted the peer’s address, that is all. The table says ESTABLISHED, but there is no connection. From now on send() needs no address.`,
      node: `client.connect({port}, '127.0.0.1');`,
      expect: [client.is('ESTABLISHED', {protocol: 'udp', remote: {host: '127.0.0.1', port: 'server'}}), nothingPasses],
      sources: ['man 2 connect', 'man 7 udp'],
    }),
    step('client-send', client.sends('hello?'), {
      before: {ja: '宛先を覚えたソケットで send() します。', en: 'Now send(), on the socket that knows where to.'},
      after: `6 が返り、やはり成功です。宛先のカーネルは、さっきの sendto() のときと同じように、「そのポートにはだれもいない」という ICMP の知らせを返しています。
        It returned 6: this worked as well. As after the sendto() before, the kernel at the destination has sent back an ICMP message: nobody is at that port.`,
      node: `client.send('hello?');`,
      expect: [returns(6), client.is('ESTABLISHED'), unreachable(datagram('client', 6))],
      shows: 'wire',
      sources: ['man 2 send', 'RFC 792', 'RFC 1122 4.1.3.3'],
    }),
    step('client-send-again', client.sends('hello?'), {
      before: `同じ send() を、もう一度呼びます。サーバーは、いないままです。
        The same send() once more. There is still no server.`,
      belief: 'udp-never-tells',
      question: {ja: '今度はどうなりますか。', en: 'What will it do this time?'},
      choices: [
        {
          text: {ja: 'また 6 が返る', en: 'return 6 again'},
          claim: returns(6),
          because: `相手を決めたソケットには、ICMP の知らせが届きます。
            A socket with a peer is told what ICMP has to say.`,
        },
        {text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '返事を待って眠る', en: 'sleep, waiting for an answer'},
          claim: waits,
          because: `send() は返事を待ちません。待つのは recv() です。
            send() does not wait for answers. recv() does.`,
        },
      ],
      hint: {ja: 'このソケットは、もう相手を決めています。', en: 'This socket has a peer now.'},
      after: `ECONNREFUSED は前の一通への知らせです。この一通は送られていません。Linux は ICMP の知らせを、ふつうは相手を決めたソケットにだけ、次の呼び出しで渡します。ICMP が失われれば、分からないままです。
        ECONNREFUSED is the answer to the datagram before; this one was not sent. As a rule Linux hands ICMP messages only to a socket with a peer, at its next call. Where the message is lost, nobody ever hears of it.`,
      node: `client.on('error', error =>
  console.log(error.code));
// ECONNREFUSED`,
      expect: [fails('ECONNREFUSED'), nothingPasses],
      sources: ['man 7 udp', 'RFC 1122 4.1.3.3'],
    }),
    step('client-close', client.closes(), {
      before: `クライアントも閉じます。接続がないので、終わりを知らせる相手もいません。
        The client closes too. There is no connection, so nobody has to be told.`,
      after: `行はすぐに消え、パケットは一つも出ません。UDP には FIN も TIME_WAIT もありません。
        The row is gone at once, and no packet was sent. UDP has no FIN and no TIME_WAIT.`,
      node: 'client.close();',
      expect: [client.isGone, nothingPasses],
      sources: ['man 2 close', 'man 7 udp'],
    }),
  ],
  summary: `UDP は、宛先を書いた一通ずつの手紙です。listen() も accept() もなく、境界は保たれ、入りきらない分は失われます。sendto() の成功は「カーネルが引き受けた」という意味だけです。届いたかどうかは、自分たちの約束で確かめます。(man 7 udp, man 2 recv, RFC 768, RFC 1122 4.1.3.3)
    UDP is letters with addresses. No listen(), no accept(); boundaries are kept, and what does not fit is lost. That sendto() worked says only that the kernel took it; whether it arrived is for the programs to find out. (man 7 udp, man 2 recv, RFC 768, RFC 1122 4.1.3.3)`,
  review: [
    review('hearing-without-listen', [
      step('a-busy-server', [server.opens('SOCK_DGRAM'), server.binds(), client.opens('SOCK_DGRAM')], {
        before: `UDP の時計サーバーが bind() だけをして、ほかの用事をしています。クライアントがソケットを作ります。
          A UDP clock server has called bind() and nothing else, and is busy elsewhere. A client makes a socket.`,
        after: `サーバーは、listen() も accept() も呼んでいません。
          The server has called neither listen() nor accept().`,
        sources: ['man 7 udp'],
      }),
      step('read-it', [client.sendsTo('server', 'time?'), server.receivesFrom(100)], {
        before: `クライアントの質問「time?」が来ます。サーバーは、そのあとではじめて recvfrom() します。
          The client’s question comes in: “time?”. Only after that does the server call recvfrom().`,
        belief: 'udp-needs-listen',
        question: {ja: 'recvfrom() は何を返しますか。', en: 'What will recvfrom() return?'},
        choices: [
          {text: {ja: '質問の 5 バイト', en: 'the 5 bytes of the question'}, claim: asClaimed},
          {
            text: {ja: 'ENOTCONN で失敗する', en: 'it fails with ENOTCONN'},
            claim: fails('ENOTCONN'),
            because: `recvfrom() に接続は要りません。差出人は、一通ごとに分かります。
              recvfrom() needs no connection: each datagram tells its sender.`,
          },
          {
            text: {ja: '待ち受けていなかったので、次の一通を待つ', en: 'nothing: it was not listening, so it waits'},
            claim: waits,
            because: `listen() は接続のためのものです。データグラムは、bind() したときから受信キューに入ります。
              listen() is for connections. Datagrams enter the receive queue from bind() on.`,
          },
        ],
        after: `bind() したときから、このソケットの受信キューは働いていました。UDP に、接続を受け付けるという段階はありません。
          The socket’s receive queue has been at work since bind(). UDP has no stage at which connections are taken.`,
        expect: received('time?'),
        sources: ['man 7 udp'],
      }),
      clearAway,
    ]),
    review('a-long-answer', [
      step(
        'the-answer-is-long',
        [
          server.opens('SOCK_DGRAM'),
          server.binds(),
          client.opens('SOCK_DGRAM'),
          client.sendsTo('server', 'name?'),
          server.receivesFrom(100),
          server.sendsTo(clientAddress, '0123456789'),
        ],
        {
          before: `クライアントの質問に、サーバーが 0123456789 という 10 バイトの一通で答えます。
            A client asks, and the server answers with one datagram of 10 bytes: 0123456789.`,
          after: {ja: 'クライアントは、まだ受け取っていません。', en: 'The client has not received it yet.'},
          expect: returns(10),
          sources: ['man 2 sendto'],
        },
      ),
      step('once-more', [does(client.receivesFrom(4), received('0123')), client.receivesFrom(100, 0x40)], {
        before: `クライアントは 4 バイトのバッファーで 0123 を読み、もう一度 recvfrom() します。2 回目は MSG_DONTWAIT なので、何もなければ待たずに EAGAIN で返ります。
          The client reads 0123, with a buffer of 4, and calls recvfrom() once more. With MSG_DONTWAIT it does not wait where there is nothing, but fails with EAGAIN.`,
        belief: 'datagram-rest-stays',
        question: {ja: '2 回目はどうなりますか。', en: 'What will the second one do?'},
        choices: [
          {
            text: {ja: '続きの 456789 が読める', en: 'it reads the rest, 456789'},
            claim: received('456789'),
            because: `続きから読めるのはストリームです。データグラムの、入りきらなかった分は捨てられます。
              Only a stream goes on where it stopped. What does not fit of a datagram is thrown away.`,
          },
          {
            text: {ja: '最初からもう一度、0123456789 が読める', en: 'it reads all of it again, 0123456789'},
            claim: received('0123456789'),
            because: `受け取った一通は、キューから取り除かれます。残るのは、MSG_PEEK を付けたときだけです。
              A datagram that was received is out of the queue. Only MSG_PEEK leaves it there.`,
          },
          {text: {ja: '何もない。EAGAIN で返る', en: 'there is nothing: EAGAIN'}, claim: asClaimed},
        ],
        after: `一通は、1 回の recvfrom() で終わりです。入りきらなかった 456789 は捨てられました。
          One recvfrom() ends one datagram. 456789 did not fit and was thrown away.`,
        expect: fails('EAGAIN'),
        sources: ['man 2 recvfrom'],
      }),
      clearAway,
    ]),
    review('answer-to-one-who-left', [
      step(
        'ask-and-leave',
        [
          server.opens('SOCK_DGRAM'),
          server.binds(),
          client.opens('SOCK_DGRAM'),
          client.sendsTo('server', 'ping'),
          server.receivesFrom(100),
          client.closes(),
        ],
        {
          before: `クライアントが一通送り、返事を待たずに close() します。サーバーは、その一通を受け取りました。
            A client sends a datagram and closes without waiting for an answer. The server has received it.`,
          after: `クライアントの一時ポートには、もうだれもいません。
            Nobody is at the client’s ephemeral port any more.`,
          expect: client.isGone,
          sources: ['man 2 close'],
        },
      ),
      step('answer', server.sendsTo(clientAddress, 'pong'), {
        before: `サーバーが、送り主のアドレスに sendto() で返事をします。
          The server answers with sendto(), to the address of the sender.`,
        belief: 'udp-nobody-fails',
        question: {ja: 'sendto() はどうなりますか。', en: 'What will sendto() do?'},
        choices: [
          {
            text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'},
            claim: fails('ECONNREFUSED'),
            because: `ICMP の知らせは、送ったあとで返ります。それがエラーになるのは、Linux では、相手を決めたソケットです。
              The ICMP message comes back afterwards, and on Linux it is an error for sockets with a fixed peer.`,
          },
          {
            text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'},
            claim: fails('EPIPE'),
            because: `EPIPE は、接続の送る側が終わっているときです。UDP に接続はありません。
              EPIPE is for a connection whose sending side is over. UDP has no connections.`,
          },
          {text: {ja: '4 が返る', en: 'return 4'}, claim: asClaimed.of('outcome')},
        ],
        after: `カーネルが引き受けたので成功です。線の上では ICMP の知らせが返りましたが、sendto() はそれを待ちません。
          The kernel took it, so it worked. An ICMP message came back on the wire, but sendto() does not wait for any.`,
        expect: [returns(4), unreachable(datagram('server', 4))],
        shows: 'wire',
        sources: ['man 7 udp'],
      }),
      closing('clear-away', server, {expect: server.isGone}),
    ]),
    review('waiting-for-an-answer', [
      step(
        'the-server-goes',
        [
          server.opens('SOCK_DGRAM'),
          server.binds(),
          client.opens('SOCK_DGRAM'),
          client.connects(),
          server.closes(),
          client.sends('time?'),
        ],
        {
          before: `クライアントが connect() で相手を決めたあと、サーバーがいなくなります。それを知らずに、クライアントが質問を send() します。
            A client has set its peer with connect(); then the server goes. The client does not know, and sends its question.`,
          after: {ja: 'send() は成功しました。', en: 'send() worked.'},
          expect: [returns(5), unreachable(datagram('client', 5))],
          shows: 'wire',
          sources: ['man 7 udp'],
        },
      ),
      step('read-the-answer', client.receives(100), {
        before: `クライアントが、返事を recv() で待とうとします。
          The client calls recv() to wait for the answer.`,
        belief: 'udp-never-tells',
        question: {ja: 'recv() はどうなりますか。', en: 'What will recv() do?'},
        choices: [
          {
            text: {ja: '返事は来ないので、眠り続ける', en: 'sleep on and on: there will be no answer'},
            claim: waits,
            because: `前の send() に ICMP の知らせが返っていて、相手を決めたソケットには、それがエラーとして伝わります。
              ICMP has come back for the send(), and a socket with a fixed peer is told of it.`,
          },
          {
            text: {ja: '終わりの印として 0 が返る', en: 'return 0, as at the end of a stream'},
            claim: returns(0),
            because: `UDP に、ストリームの終わりはありません。0 は、空のデータグラムが届いたときです。
              UDP has no end of a stream. 0 would be an empty datagram.`,
          },
          {text: {ja: 'ECONNREFUSED で失敗する', en: 'fail with ECONNREFUSED'}, claim: asClaimed},
        ],
        after: `前の send() に、ICMP の知らせが返っていました。相手を決めたソケットでは、send() でも recv() でも、次の呼び出しがそれを伝えます。
          An ICMP message had come back for the send(). On a socket with a peer the next call reports it, be it send() or recv().`,
        expect: fails('ECONNREFUSED'),
        sources: ['man 7 udp', 'RFC 1122 4.1.3.3'],
      }),
      closing('clear-away', client, {expect: client.isGone}),
    ]),
  ],
});
