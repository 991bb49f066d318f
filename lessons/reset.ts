import {messageFlags} from '../src/model/call.ts';
import {connects, joins} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {killsItself} from './kit/others.ts';
import {completes, fails, neverReturns, returns, waits} from './kit/outcomes.ts';
import {ack, bareRst, data, fin, neverPasses, nothingPasses, passes, passesOnly, rst} from './kit/segments.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, secondConnection, thirdConnection, fourthConnection, client, second, third} = sockets({
  server: ['listener', 'connection', 'second-connection', 'third-connection', 'fourth-connection'],
  client: ['client', 'second', 'third'],
});
const {fourth} = sockets({'client-2': ['fourth']});

export const reset = lesson({
  id: 'reset',
  title: {ja: 'RST で終わる接続', en: 'Connections that end in RST'},
  about: {
    ja: '接続が FIN ではなく RST で終わるのは、どんなときか',
    en: 'When does a connection end in RST, and not in FIN?',
  },
  minutes: 10,
  actors: ['server', 'client', 'client-2'],
  beliefs: {
    'close-is-always-fin': `close() すれば、相手にはいつも FIN が届く
      close() always sends FIN to the peer`,
    'send-to-closed-fails': `相手が close() していれば、次の send() は失敗する
      once the peer has closed, my next send() fails`,
    'first-closer-always-waits': `先に close() した側には、必ず TIME_WAIT が残る
      whoever closes first is always left with TIME_WAIT`,
    'killed-closes-nothing': `プロセスが突然終わると close() されないので、相手は気づかない
      a process that is killed closes nothing, so its peer never learns of it`,
  },
  steps: [
    step('connect', joins(listener, client, connection), {
      before: `サーバーとクライアントをつなぎます。accept() まで一度に進めます。
        Server and client get connected, all at once up to accept().`,
      after: `つながりました。このレッスンでは、四つの接続を四つの違うやり方で終わらせます。
        Connected. In this lesson four connections come to an end in four different ways.`,
      expect: connection.is('ESTABLISHED'),
      sources: ['man 7 tcp'],
    }),
    step('client-send', client.sends('hello'), {
      before: {ja: 'クライアントが「hello」を送ります。', en: 'The client sends “hello”.'},
      after: `5 バイトは、サーバーの受信キューにあります。サーバーは、これを読みません。
        The 5 bytes are in the server’s receive queue. The server is not going to read them.`,
      expect: [returns(5), connection.is('ESTABLISHED', {recvQueue: 5}), passes(data('client', 5), ack('server'))],
      sources: ['man 2 send'],
    }),
    step('client-recv', client.receives(), {
      before: {ja: 'クライアントが recv() で返事を待ちます。', en: 'The client waits for an answer in recv().'},
      after: {ja: '返事はまだないので、眠っています。', en: 'There is none yet, so it sleeps.'},
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('server-close-unread', connection.closes(), {
      before: `サーバーが、5 バイトを読まないまま接続を close() します。
        The server closes the connection, with the 5 bytes still unread.`,
      belief: 'close-is-always-fin',
      question: `クライアントの眠っている recv() は、どうなりますか。
        What will become of the client’s sleeping recv()?`,
      choices: [
        {
          text: {ja: '0 を返す(FIN が届く)', en: 'it returns 0: FIN has come'},
          claim: completes('client-recv', returns(0)),
          because: `読み残しがあるとき、close() は FIN ではなく RST を送ります。
            With bytes unread, close() sends RST instead of FIN.`,
        },
        {
          text: {ja: 'ECONNRESET で失敗する(RST が届く)', en: 'it fails with ECONNRESET: RST has come'},
          claim: asClaimed.of('completes'),
        },
        {
          text: {ja: '返事は来ないので、眠り続ける', en: 'it sleeps on, since no answer came'},
          claim: completes('client-recv', waits),
          because: `返事は来なくても、RST が届けば、眠っている recv() は起きます。
            No answer comes, but an RST does, and it wakes a sleeping recv().`,
        },
      ],
      hint: `FIN は「送るものはもうない」という知らせです。送られたものを読まずに捨てたことは、FIN では伝わりません。
        FIN says: I have no more to send. It does not say that what you sent was thrown away unread.`,
      after: `ECONNRESET です。FIN を送ると、「hello」が読まれたように見えてしまいます。捨てたことを知らせるために、カーネルは RST を送りました(FIN を送る OS もあります)。接続は両側ですぐに終わり、Linux では TIME_WAIT も残りません。
        ECONNRESET. After a FIN it would look as if “hello” had been read; to tell that it was thrown away, the kernel sent RST (not every system does). The connection is over at both ends at once, and on Linux no TIME_WAIT stays.`,
      expect: [
        completes('client-recv', fails('ECONNRESET')),
        connection.isGone,
        client.isUnlisted('CLOSE'),
        passesOnly(rst('server')),
      ],
      shows: 'wire',
      node: `socket.on('error', error => {});  // error.code is 'ECONNRESET'
// without this listener the process ends here`,
      sources: ['RFC 9293 3.6.1', 'RFC 2525 2.17', 'man 2 recv'],
    }),
    step('second-connect', [client.closes(), ...connects(second), listener.accepts(secondConnection)], {
      before: `クライアントは終わった接続のソケットを閉じ、新しいソケットでつなぎ直します。二つ目の接続です。
        The client closes the socket whose connection is over and connects with a new one: the second connection.`,
      after: {ja: 'つながりました。まだ、何も送られていません。', en: 'Connected. Nothing has been sent yet.'},
      expect: secondConnection.is('ESTABLISHED', {recvQueue: 0}),
      sources: ['man 2 connect'],
    }),
    step('server-close-clean', secondConnection.closes(), {
      before: `読み残しがない状態で、サーバーが close() します。
        With nothing left unread, the server closes.`,
      after: `今度は FIN が届き、クライアントの側は CLOSE_WAIT です。FIN で分かるのは、サーバーがもう送らないことだけです。もう受け取らないことは、クライアントのカーネルには分かりません。
        This time FIN came: the client’s end is in CLOSE_WAIT. FIN tells only that the server sends no more. That it receives no more, the client’s kernel cannot know.`,
      expect: [second.is('CLOSE_WAIT'), secondConnection.is('FIN_WAIT2'), passes(fin('server'), ack('client'))],
      shows: 'wire',
      sources: ['RFC 9293 3.6'],
    }),
    step('first-send', second.sends('hello'), {
      before: `サーバーはもう close() しました。クライアントは、それでも「hello」を send() します。
        The server has closed. The client sends “hello” all the same.`,
      belief: 'send-to-closed-fails',
      question: {ja: 'この send() は、どうなりますか。', en: 'What will this send() do?'},
      choices: [
        {
          text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'},
          claim: fails('EPIPE'),
          because: `FIN は「受け取らない」とは言っていません。カーネルは、送ってみるまで分かりません。
            FIN did not say “I take no more”. The kernel finds out by sending.`,
        },
        {
          text: {ja: 'ECONNRESET で失敗する', en: 'fail with ECONNRESET'},
          claim: fails('ECONNRESET'),
          because: `RST は、これから送るバイトへの答えとして来ます。まだ届いていません。
            RST comes as the answer to these very bytes. It is not here yet.`,
        },
        {text: {ja: '成功して 5 が返る', en: 'work, and return 5'}, claim: asClaimed.of('outcome')},
      ],
      hint: `send() の成功は、自分の側のカーネルがバイトを引き受けたという意味です。
        When send() works, one’s own kernel has taken the bytes over. No more than that.`,
      after: `5 が返りました。しかし、サーバーの側に読む人はいないので、サーバーのカーネルは RST を返しました。接続は両側で終わりです。send() の成功からは、そのことが分かりません。
        send() returned 5. But at the server’s end there is nobody to read them, so its kernel answered with RST, and the connection is over at both ends. The send() that worked does not tell.`,
      expect: [
        returns(5),
        second.isUnlisted('CLOSE'),
        secondConnection.isGone,
        passes(data('client', 5), bareRst('server')),
      ],
      shows: 'wire',
      node: `socket.write('hello');  // with allowHalfOpen: true; no error yet
// Without it Node closes its side too when FIN comes.`,
      sources: ['man 2 send', 'RFC 9293 3.6.1'],
    }),
    step('second-send', second.sends('again', messageFlags.MSG_NOSIGNAL), {
      before: `もう一度 send() します。MSG_NOSIGNAL は、接続が終わっていても SIGPIPE というシグナルを送らせないフラグです。
        The client sends once more. MSG_NOSIGNAL keeps the kernel from raising the signal SIGPIPE where the connection is over.`,
      after: `EPIPE です(Linux の場合)。RST で終わったことが、ここで初めて分かりました。フラグがなければ SIGPIPE が届き、何も備えていない C のプログラムは、ここで終わってしまいます。
        EPIPE, on Linux: only now does the program learn that the connection is over. Without the flag SIGPIPE would come, and a C program that has not prepared for it would end here.`,
      expect: [fails('EPIPE'), nothingPasses],
      shows: 'wire',
      node: `socket.write('again');  // 'error' event, error.code is 'EPIPE'
// Node ignores SIGPIPE, so the process goes on.`,
      sources: ['man 2 send', 'man 7 signal'],
    }),
    step('third-connect', [second.closes(), ...connects(third), listener.accepts(thirdConnection)], {
      before: `クライアントがつなぎ直します。三つ目の接続です。
        The client connects again: the third connection.`,
      after: {ja: 'つながりました。', en: 'Connected.'},
      expect: thirdConnection.is('ESTABLISHED'),
      sources: ['man 2 connect'],
    }),
    step('client-linger', third.sets('SO_LINGER', {onoff: 1, seconds: 0}), {
      before: `RST は、わざと送ることもできます。クライアントが SO_LINGER を「有効、0 秒」にします。
        RST can be had on purpose. The client sets SO_LINGER to “on, 0 seconds”.`,
      after: `設定しただけで、まだ何も送られていません。変わるのは、このソケットの close() です。
        So far nothing was sent. What changes is this socket’s close().`,
      expect: [third.is('ESTABLISHED'), nothingPasses],
      node: 'socket.resetAndDestroy();  // this option, then close()',
      sources: ['man 7 socket'],
    }),
    step('server-recv', thirdConnection.receives(), {
      before: {ja: 'サーバーが recv() で待ちます。', en: 'The server waits in recv().'},
      after: {ja: 'サーバーは眠っています。読み残しはありません。', en: 'The server sleeps. Nothing is unread.'},
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('client-close-linger', third.closes(), {
      before: {ja: 'クライアントが先に close() します。', en: 'The client closes first.'},
      belief: 'first-closer-always-waits',
      question: `サーバーの recv() と、クライアント側に残るものは、どうなりますか。
        What will the server’s recv() do, and what stays at the client’s end?`,
      choices: [
        {
          text: `recv() は ECONNRESET。クライアント側には何も残らない
            recv() fails with ECONNRESET; nothing stays at the client’s end`,
          claim: [completes('server-recv', fails('ECONNRESET')), third.isGone],
        },
        {
          text: `recv() は 0。クライアント側は FIN_WAIT2、やがて TIME_WAIT
            recv() returns 0; the client’s end is in FIN_WAIT2, later TIME_WAIT`,
          claim: [completes('server-recv', returns(0)), third.is('FIN_WAIT2')],
          because: `ふだんの close() ならそうです。0 秒の SO_LINGER は、FIN の代わりに RST を送らせます。
            So it is with an ordinary close(). SO_LINGER with 0 seconds makes it send RST instead.`,
        },
        {
          text: `recv() は ECONNRESET。クライアント側は TIME_WAIT
            recv() fails with ECONNRESET; the client’s end is in TIME_WAIT`,
          claim: [completes('server-recv', fails('ECONNRESET')), third.is('TIME_WAIT')],
          because: `TIME_WAIT は、FIN をやり取りして終わったあとに残ります。
            TIME_WAIT is what follows an exchange of FINs.`,
        },
      ],
      after: `RST が届き、どちらの側にも行は残りません。TIME_WAIT を避ける近道に見えますが、送信バッファーに残ったデータも捨てられ、相手にはエラーになります。ふだんの終わり方には使いません。
        RST came, and neither end keeps a row. It looks like a way around TIME_WAIT, but data still in the send buffer is thrown away too, and the peer gets an error: nothing for everyday use.`,
      expect: [
        completes('server-recv', fails('ECONNRESET')),
        third.isGone,
        thirdConnection.isUnlisted('CLOSE'),
        passesOnly(rst('client')),
      ],
      shows: 'wire',
      sources: ['man 7 socket', 'RFC 9293 3.10.5'],
    }),
    step('fourth-connect', [thirdConnection.closes(), ...connects(fourth), listener.accepts(fourthConnection)], {
      before: `四つ目の接続は、別のプロセスのクライアント 2 が作ります。
        The fourth connection is made by another process, client 2.`,
      after: `つながりました。三つ目の接続は、両側からすっかり消えています。
        Connected. Of the third connection nothing is left at either end.`,
      expect: [fourthConnection.is('ESTABLISHED'), third.isGone, thirdConnection.isGone],
      sources: ['man 2 connect'],
    }),
    step('server-recv-2', fourthConnection.receives(), {
      before: `サーバーが recv() で、クライアント 2 の言葉を待ちます。
        The server waits in recv() for client 2 to speak.`,
      after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('client-2-kill', killsItself('client-2'), {
      before: `クライアント 2 が、自分に SIGKILL を送ります。防げないシグナルで、close() を呼ぶ間もなくプロセスが終わります。
        Client 2 sends SIGKILL to itself. Nothing can stop that signal: the process ends before it could call close().`,
      belief: 'killed-closes-nothing',
      question: `サーバーの眠っている recv() は、どうなりますか。
        What will become of the server’s sleeping recv()?`,
      choices: [
        {
          text: {ja: '眠り続ける。close() は呼ばれていない', en: 'it sleeps on: nobody called close()'},
          claim: completes('server-recv-2', waits),
          because: `プロセスが開いていたものは、カーネルが閉じます。
            What a process had open, the kernel closes for it.`,
        },
        {text: {ja: '0 を返す(FIN が届く)', en: 'it returns 0: FIN has come'}, claim: asClaimed.of('completes')},
        {
          text: {ja: 'ECONNRESET で失敗する(RST が届く)', en: 'it fails with ECONNRESET: RST has come'},
          claim: completes('server-recv-2', fails('ECONNRESET')),
          because: `終わり方は close() と同じです。クライアント 2 に読み残しはありませんでした。
            It ends as with close(), and client 2 had left nothing unread.`,
        },
      ],
      hint: `ソケットはプロセスの中ではなく、カーネルにあります。
        A socket is in the kernel, not inside the process.`,
      after: `0 です。プロセスが終わると、開いていたファイルディスクリプターはカーネルがすべて閉じます。読み残しがなかったので、FIN が送られました。fork() した子がまだ同じソケットを持っていれば、FIN は出ません。電源が落ちたときや途中で捨てられるときも、知らせは来ません。
        recv() returned 0. When a process ends, the kernel closes all its descriptors, and with nothing unread it sent FIN. There would be no FIN yet if a forked child still had the socket, and no news after a power cut, or where packets are dropped on the way.`,
      expect: [
        neverReturns,
        completes('server-recv-2', returns(0)),
        fourthConnection.is('CLOSE_WAIT'),
        fourth.is('FIN_WAIT2'),
        passes(fin('client'), ack('server')),
        neverPasses(rst('client')),
      ],
      shows: 'wire',
      node: `process.kill(process.pid, 'SIGKILL');  // as it is with an uncaught exception: the kernel closes`,
      sources: ['man 2 _exit', 'man 7 signal', 'RFC 9293 3.6'],
    }),
    step('server-close', [fourthConnection.closes(), listener.closes()], {
      before: `サーバーが、残った接続と待ち受けのソケットを閉じます。
        The server closes the connection that is left, and its listening socket.`,
      after: `プロセスはもうないのに、クライアント 2 の側に TIME_WAIT が残りました。FIN で始まった終わり方は、カーネルが最後まで引き受けます。
        TIME_WAIT stays at the end of client 2, although the process is gone: what began with FIN, the kernel sees through.`,
      expect: [fourthConnection.isGone, fourth.is('TIME_WAIT'), listener.isGone, passes(fin('server'), ack('client'))],
      expires: {after: 'client-2-kill', seconds: 50},
      sources: ['man 2 close'],
    }),
  ],
  summary: `Linux の close() が送るのは、読み残しがなければ FIN、あれば RST です。FIN で閉じた相手への 1 回目の send() は成功し、RST が返ったあとは EPIPE になります。プロセスが突然終わっても、カーネルが同じように閉じます。RST で終わった接続に、TIME_WAIT は残りません。
    On Linux close() sends FIN, or RST if bytes are left unread. To a peer that has closed with FIN the first send() works; once RST has come back, it is EPIPE. For a process that is killed the kernel closes in the same way. A connection that ended in RST leaves no TIME_WAIT.`,
  review: [
    review('unread-greeting', [
      step('greet', [...joins(listener, client, connection), connection.sends('welcome')], {
        before: `つながるとすぐに、サーバーが「welcome」と言います。クライアントは、それを読みません。
          As soon as they are connected the server says “welcome”. The client does not read it.`,
        after: `7 バイトは、クライアントの受信キューにあります。
          The 7 bytes are in the client’s receive queue.`,
        expect: [returns(7), client.is('ESTABLISHED', {recvQueue: 7})],
        sources: ['man 2 send'],
      }),
      step('wait', connection.receives(), {
        before: `サーバーが recv() で用件を待ちます。
          The server waits in recv() for what the client wants.`,
        after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('ask', client.closes(), {
        before: `用がなくなったクライアントは、何も送らずに close() します。
          The client has changed its mind: it sends nothing and closes.`,
        belief: 'close-is-always-fin',
        question: `サーバーの眠っている recv() は、どうなりますか。
          What will become of the server’s sleeping recv()?`,
        choices: [
          {
            text: {ja: '0 を返す', en: 'it returns 0'},
            claim: completes('wait', returns(0)),
            because: `「welcome」の 7 バイトが読み残されていました。
              The 7 bytes of “welcome” were left unread.`,
          },
          {text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'}, claim: asClaimed.of('completes')},
        ],
        after: `読み残しがあったので RST です。あいさつを読まずに去る客がいるだけで、サーバーはエラーを受け取ります。備えのないサーバーは、これで落ちます。
          RST, for bytes were left unread. A guest who leaves without reading the greeting is enough to give the server an error, and a server that is not prepared for it goes down.`,
        expect: [completes('wait', fails('ECONNRESET')), passesOnly(rst('client'))],
        sources: ['RFC 9293 3.6.1', 'RFC 2525 2.17'],
      }),
      closing('close', [connection, listener]),
    ]),
    review('knows-and-sends', [
      step('leave', [...joins(listener, client, connection), client.closes(), connection.receives()], {
        before: `クライアントが close() し、サーバーの recv() が 0 を返します。
          The client closes, and the server’s recv() returns 0.`,
        after: `サーバーは、クライアントがもう送らないことを知っています。
          The server knows that the client will send no more.`,
        expect: [returns(0), connection.is('CLOSE_WAIT')],
        sources: ['man 2 recv'],
      }),
      step('ask', connection.sends('goodbye', messageFlags.MSG_NOSIGNAL), {
        before: {ja: 'サーバーが、最後に「goodbye」と送ります。', en: 'The server sends “goodbye” at the end.'},
        belief: 'send-to-closed-fails',
        question: {ja: 'この send() は、どうなりますか。', en: 'What will this send() do?'},
        choices: [
          {
            text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'},
            claim: fails('EPIPE'),
            because: {ja: 'EPIPE になるのは、RST が返ってきてからです。', en: 'EPIPE comes once RST has come back.'},
          },
          {
            text: {ja: 'ECONNRESET で失敗する', en: 'fail with ECONNRESET'},
            claim: fails('ECONNRESET'),
            because: `ECONNRESET も、RST が届いてからです。届いたのは、まだ FIN だけです。
              ECONNRESET too comes of an RST. So far only FIN has arrived.`,
          },
          {text: {ja: '成功して 7 が返る', en: 'work, and return 7'}, claim: asClaimed.of('outcome')},
        ],
        after: `成功しました。recv() の 0 は「もう送ってこない」という意味で、こちらからは送ってみるまで分かりません。届いたかどうかを知りたければ、返事を待つ約束にします。
          It worked. recv() = 0 means that the peer sends no more; whether it still receives shows only by sending. To know that something arrived, agree on an answer.`,
        expect: [returns(7), connection.isUnlisted('CLOSE'), passes(data('server', 7), bareRst('client'))],
        sources: ['man 2 send', 'RFC 9293 3.6.1'],
      }),
      closing('close', [connection, listener]),
    ]),
    review('unread-and-first', [
      step('send', [...joins(listener, client, connection), client.sends('a long story')], {
        before: `クライアントが長い話を始めましたが、サーバーは読んでいません。SO_LINGER は設定していません。
          The client has begun a long story, which the server has not read. SO_LINGER is off.`,
        after: {ja: '12 バイトが、サーバーの受信キューにあります。', en: '12 bytes are in the server’s receive queue.'},
        expect: [returns(12), connection.is('ESTABLISHED', {recvQueue: 12})],
        sources: ['man 2 send'],
      }),
      step('ask', connection.closes(), {
        before: {ja: 'サーバーが先に close() します。', en: 'The server closes first.'},
        belief: 'first-closer-always-waits',
        question: {ja: 'サーバーの側には、何が残りますか。', en: 'What stays at the server’s end?'},
        choices: [
          {
            text: {ja: 'FIN_WAIT2。やがて TIME_WAIT になる', en: 'FIN_WAIT2, which becomes TIME_WAIT'},
            claim: connection.is('FIN_WAIT2'),
            because: `読み残しがあるので、close() は FIN ではなく RST を送りました。
              Bytes were left unread, so close() sent RST, not FIN.`,
          },
          {text: {ja: '何も残らない', en: 'nothing'}, claim: connection.isGone},
          {
            text: {ja: 'すぐに TIME_WAIT', en: 'TIME_WAIT at once'},
            claim: connection.is('TIME_WAIT'),
            because: `TIME_WAIT は、FIN を送り合って終わったときに残ります。RST で終われば残りません。
              TIME_WAIT stays after FINs have been exchanged. Here RST ended the connection.`,
          },
        ],
        after: `何も残りません。Linux では、先に閉じても、RST で終われば TIME_WAIT はありません。ポートは空きますが、クライアントの話は失われました。
          Nothing. On Linux there is no TIME_WAIT after RST, not even for whoever closed first. The port is free, and the client’s story is lost.`,
        expect: [connection.isGone, client.isUnlisted('CLOSE'), passesOnly(rst('server'))],
        sources: ['RFC 9293 3.6.1'],
      }),
      closing('close', [client, listener]),
    ]),
    review('killed-with-unread', [
      step('send', [...joins(listener, client, connection), client.sends('order')], {
        before: `クライアントが「order」を送りました。サーバーは、まだ読んでいません。
          The client has sent “order”, which the server has not read yet.`,
        after: {ja: '5 バイトが、サーバーの受信キューにあります。', en: '5 bytes are in the server’s receive queue.'},
        expect: [returns(5), connection.is('ESTABLISHED', {recvQueue: 5})],
        sources: ['man 2 send'],
      }),
      step('wait', client.receives(), {
        before: {ja: 'クライアントが recv() で返事を待ちます。', en: 'The client waits for an answer in recv().'},
        after: {ja: 'クライアントは眠っています。', en: 'The client sleeps.'},
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('ask', killsItself('server'), {
        before: `そのとき、サーバーのプロセスが SIGKILL で終わります。
          At that moment SIGKILL ends the server’s process.`,
        belief: 'killed-closes-nothing',
        question: `クライアントの眠っている recv() は、どうなりますか。
          What will become of the client’s sleeping recv()?`,
        choices: [
          {
            text: {ja: '眠り続ける', en: 'it sleeps on'},
            claim: completes('wait', waits),
            because: `サーバーが開いていたソケットは、カーネルが閉じました。
              The kernel closed what the server had open.`,
          },
          {
            text: {ja: '0 を返す', en: 'it returns 0'},
            claim: completes('wait', returns(0)),
            because: `読み残しのあるソケットは、カーネルが閉じても RST です。
              With bytes unread it is RST, also where the kernel closes.`,
          },
          {text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'}, claim: asClaimed.of('completes')},
        ],
        after: `カーネルがソケットを閉じ、「order」が読み残されていたので RST を送りました。close() を呼んだときと、同じ決まりです。
          The kernel closed the socket and, as “order” was unread, sent RST. It is the same rule as for close().`,
        expect: [neverReturns, completes('wait', fails('ECONNRESET')), passesOnly(rst('server'))],
        sources: ['man 2 _exit', 'RFC 9293 3.6.1'],
      }),
      closing('close', client),
    ]),
  ],
});
