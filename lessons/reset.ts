import {messageFlags} from '../src/model/call.ts';
import type {Lesson} from '../src/model/lesson.ts';
import {accepts, closes, connects, inOneStep, joins, receives, sends} from './kit/acts.ts';
import {ack, bareRst, data, fin, nothingPasses, passes, passesOnly, rst} from './kit/segments.ts';

export const reset: Lesson = {
  id: 'reset',
  title: {ja: 'RST で終わる接続', en: 'Connections that end in RST'},
  about: {
    ja: '読み残し、閉じた相手への send()、SO_LINGER、プロセスの死。FIN で終わらない接続と、終わる接続',
    en: 'unread bytes, a send() to a peer that has closed, SO_LINGER, a killed process: which end in RST, and which in FIN',
  },
  minutes: 10,
  actors: ['server', 'client', 'client-2'],
  beliefs: {
    'close-is-always-fin': {
      ja: 'close() すれば、相手にはいつも FIN が届く',
      en: 'close() always sends FIN to the peer',
    },
    'send-to-closed-fails': {
      ja: '相手が close() していれば、次の send() は失敗する',
      en: 'once the peer has closed, my next send() fails',
    },
    'first-closer-always-waits': {
      ja: '先に close() した側には、必ず TIME_WAIT が残る',
      en: 'whoever closes first is always left with TIME_WAIT',
    },
    'killed-closes-nothing': {
      ja: 'プロセスが突然終わると close() されないので、相手は気づかない',
      en: 'a process that is killed closes nothing, so its peer never learns of it',
    },
  },
  steps: [
    {
      id: 'connect',
      ...inOneStep(...joins),
      before: {
        ja: 'サーバーとクライアントをつなぎます。accept() まで一度に進めます。',
        en: 'Server and client get connected, all at once up to accept().',
      },
      after: {
        ja: 'つながりました。このレッスンでは、四つの接続を四つの違うやり方で終わらせます。',
        en: 'Connected. In this lesson four connections come to an end in four different ways.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED'}],
      },
      sources: ['man 7 tcp'],
    },
    {
      id: 'client-send',
      ...sends('client', 'client', 'hello'),
      before: {ja: 'クライアントが「hello」を送ります。', en: 'The client sends “hello”.'},
      after: {
        ja: '5 バイトは、サーバーの受信キューにあります。サーバーは、これを読みません。',
        en: 'The 5 bytes are in the server’s receive queue. The server is not going to read them.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 5}],
        wire: passes(data('client', 5), ack('server')),
      },
      sources: ['man 2 send'],
    },
    {
      id: 'client-recv',
      ...receives('client', 'client'),
      before: {ja: 'クライアントが recv() で返事を待ちます。', en: 'The client waits for an answer in recv().'},
      after: {ja: '返事はまだないので、眠っています。', en: 'There is none yet, so it sleeps.'},
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv'],
    },
    {
      id: 'server-close-unread',
      ...closes('server', 'connection'),
      before: {
        ja: 'サーバーが、5 バイトを読まないまま接続を close() します。',
        en: 'The server closes the connection, with the 5 bytes still unread.',
      },
      predict: {
        belief: 'close-is-always-fin',
        question: {
          ja: 'クライアントの眠っている recv() は、どうなりますか。',
          en: 'What will become of the client’s sleeping recv()?',
        },
        choices: [
          {
            text: {ja: '0 を返す(FIN が届く)', en: 'it returns 0: FIN has come'},
            claim: {completes: {step: 'client-recv', outcome: {kind: 'returns', value: 0}}},
            because: {
              ja: '読み残しがあるとき、close() は FIN ではなく RST を送ります。',
              en: 'With bytes unread, close() sends RST instead of FIN.',
            },
          },
          {
            text: {ja: 'ECONNRESET で失敗する(RST が届く)', en: 'it fails with ECONNRESET: RST has come'},
            claim: {completes: {step: 'client-recv', outcome: {kind: 'fails', errno: 'ECONNRESET'}}},
          },
          {
            text: {ja: '返事は来ないので、眠り続ける', en: 'it sleeps on, since no answer came'},
            claim: {completes: {step: 'client-recv', outcome: {kind: 'waits'}}},
            because: {
              ja: '返事は来なくても、RST が届けば、眠っている recv() は起きます。',
              en: 'No answer comes, but an RST does, and it wakes a sleeping recv().',
            },
          },
        ],
      },
      hint: {
        ja: 'FIN は「送るものはもうない」という知らせです。送られたものを読まずに捨てたことは、FIN では伝わりません。',
        en: 'FIN says: I have no more to send. It does not say that what you sent was thrown away unread.',
      },
      after: {
        ja: 'ECONNRESET です。FIN を送ると、「hello」が読まれたように見えてしまいます。捨てたことを知らせるために、カーネルは RST を送りました(FIN を送る OS もあります)。接続は両側ですぐに終わり、Linux では TIME_WAIT も残りません。',
        en: 'ECONNRESET. After a FIN it would look as if “hello” had been read; to tell that it was thrown away, the kernel sent RST (not every system does). The connection is over at both ends at once, and on Linux no TIME_WAIT stays.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        completes: {step: 'client-recv', outcome: {kind: 'fails', errno: 'ECONNRESET'}},
        sockets: [
          {kind: 'gone', socket: 'connection'},
          {kind: 'unlisted', socket: 'client', state: 'CLOSE'},
        ],
        wire: passesOnly(rst('server')),
      },
      shows: 'wire',
      node: `socket.on('error', error => {});  // error.code is 'ECONNRESET'
// without this listener the process ends here`,
      sources: ['RFC 9293 3.6.1', 'RFC 2525 2.17', 'man 2 recv'],
    },
    {
      id: 'second-connect',
      ...inOneStep(closes('client', 'client'), ...connects('client', 'second'), accepts('second-connection')),
      before: {
        ja: 'クライアントは終わった接続のソケットを閉じ、新しいソケットでつなぎ直します。二つ目の接続です。',
        en: 'The client closes the socket whose connection is over and connects with a new one: the second connection.',
      },
      after: {ja: 'つながりました。まだ、何も送られていません。', en: 'Connected. Nothing has been sent yet.'},
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'second-connection', state: 'ESTABLISHED', recvQueue: 0}],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'server-close-clean',
      ...closes('server', 'second-connection'),
      before: {
        ja: '読み残しがない状態で、サーバーが close() します。',
        en: 'With nothing left unread, the server closes.',
      },
      after: {
        ja: '今度は FIN が届き、クライアントの側は CLOSE_WAIT です。FIN で分かるのは、サーバーがもう送らないことだけです。もう受け取らないことは、クライアントのカーネルには分かりません。',
        en: 'This time FIN came: the client’s end is in CLOSE_WAIT. FIN tells only that the server sends no more. That it receives no more, the client’s kernel cannot know.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'listed', socket: 'second', state: 'CLOSE_WAIT'},
          {kind: 'listed', socket: 'second-connection', state: 'FIN_WAIT2'},
        ],
        wire: passes(fin('server'), ack('client')),
      },
      shows: 'wire',
      sources: ['RFC 9293 3.6'],
    },
    {
      id: 'first-send',
      ...sends('client', 'second', 'hello'),
      before: {
        ja: 'サーバーはもう close() しました。クライアントは、それでも「hello」を send() します。',
        en: 'The server has closed. The client sends “hello” all the same.',
      },
      predict: {
        belief: 'send-to-closed-fails',
        question: {ja: 'この send() は、どうなりますか。', en: 'What will this send() do?'},
        choices: [
          {
            text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'},
            claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
            because: {
              ja: 'FIN は「受け取らない」とは言っていません。カーネルは、送ってみるまで分かりません。',
              en: 'FIN did not say “I take no more”. The kernel finds out by sending.',
            },
          },
          {
            text: {ja: 'ECONNRESET で失敗する', en: 'fail with ECONNRESET'},
            claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            because: {
              ja: 'RST は、これから送るバイトへの答えとして来ます。まだ届いていません。',
              en: 'RST comes as the answer to these very bytes. It is not here yet.',
            },
          },
          {
            text: {ja: '成功して 5 が返る', en: 'work, and return 5'},
            claim: {outcome: {kind: 'returns', value: 5}},
          },
        ],
      },
      hint: {
        ja: 'send() の成功は、自分の側のカーネルがバイトを引き受けたという意味です。',
        en: 'When send() works, one’s own kernel has taken the bytes over. No more than that.',
      },
      after: {
        ja: '5 が返りました。しかし、サーバーの側に読む人はいないので、サーバーのカーネルは RST を返しました。接続は両側で終わりです。send() の成功からは、そのことが分かりません。',
        en: '5. But at the server’s end there is nobody to read them, so its kernel answered with RST, and the connection is over at both ends. The send() that worked does not tell.',
      },
      expect: {
        outcome: {kind: 'returns', value: 5},
        sockets: [
          {kind: 'unlisted', socket: 'second', state: 'CLOSE'},
          {kind: 'gone', socket: 'second-connection'},
        ],
        wire: passes(data('client', 5), bareRst('server')),
      },
      shows: 'wire',
      node: `socket.write('hello');  // with allowHalfOpen: true; no error yet
// Without it Node closes its side too when FIN comes.`,
      sources: ['man 2 send', 'RFC 9293 3.6.1'],
    },
    {
      id: 'second-send',
      ...sends('client', 'second', 'again', messageFlags.MSG_NOSIGNAL),
      before: {
        ja: 'もう一度 send() します。MSG_NOSIGNAL は、接続が終わっていても SIGPIPE というシグナルを送らせないフラグです。',
        en: 'The client sends once more. MSG_NOSIGNAL keeps the kernel from raising the signal SIGPIPE where the connection is over.',
      },
      after: {
        ja: 'EPIPE です(Linux の場合)。RST で終わったことが、ここで初めて分かりました。フラグがなければ SIGPIPE が届き、何も備えていない C のプログラムは、ここで終わってしまいます。',
        en: 'EPIPE, on Linux: only now does the program learn that the connection is over. Without the flag SIGPIPE would come, and a C program that has not prepared for it would end here.',
      },
      expect: {outcome: {kind: 'fails', errno: 'EPIPE'}, wire: nothingPasses},
      shows: 'wire',
      node: `socket.write('again');  // 'error' event, error.code is 'EPIPE'
// Node ignores SIGPIPE, so the process goes on.`,
      sources: ['man 2 send', 'man 7 signal'],
    },
    {
      id: 'third-connect',
      ...inOneStep(closes('client', 'second'), ...connects('client', 'third'), accepts('third-connection')),
      before: {
        ja: 'クライアントがつなぎ直します。三つ目の接続です。',
        en: 'The client connects again: the third connection.',
      },
      after: {ja: 'つながりました。', en: 'Connected.'},
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [{kind: 'listed', socket: 'third-connection', state: 'ESTABLISHED'}],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'client-linger',
      actor: 'client',
      call: {
        name: 'setsockopt',
        fd: 'third',
        level: 'SOL_SOCKET',
        option: 'SO_LINGER',
        value: {onoff: 1, seconds: 0},
      },
      before: {
        ja: 'RST は、わざと送ることもできます。クライアントが SO_LINGER を「有効、0 秒」にします。',
        en: 'RST can be had on purpose. The client sets SO_LINGER to “on, 0 seconds”.',
      },
      after: {
        ja: '設定しただけで、まだ何も送られていません。変わるのは、このソケットの close() です。',
        en: 'So far nothing was sent. What changes is this socket’s close().',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [{kind: 'listed', socket: 'third', state: 'ESTABLISHED'}],
        wire: nothingPasses,
      },
      node: 'socket.resetAndDestroy();  // this option, then close()',
      sources: ['man 7 socket'],
    },
    {
      id: 'server-recv',
      ...receives('server', 'third-connection'),
      before: {ja: 'サーバーが recv() で待ちます。', en: 'The server waits in recv().'},
      after: {ja: 'サーバーは眠っています。読み残しはありません。', en: 'The server sleeps. Nothing is unread.'},
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv'],
    },
    {
      id: 'client-close-linger',
      ...closes('client', 'third'),
      before: {ja: 'クライアントが先に close() します。', en: 'The client closes first.'},
      predict: {
        belief: 'first-closer-always-waits',
        question: {
          ja: 'サーバーの recv() と、クライアント側に残るものは、どうなりますか。',
          en: 'What will the server’s recv() do, and what stays at the client’s end?',
        },
        choices: [
          {
            text: {
              ja: 'recv() は ECONNRESET。クライアント側には何も残らない',
              en: 'recv() fails with ECONNRESET; nothing stays at the client’s end',
            },
            claim: {
              completes: {step: 'server-recv', outcome: {kind: 'fails', errno: 'ECONNRESET'}},
              sockets: [{kind: 'gone', socket: 'third'}],
            },
          },
          {
            text: {
              ja: 'recv() は 0。クライアント側は FIN_WAIT2、やがて TIME_WAIT',
              en: 'recv() returns 0; the client’s end is in FIN_WAIT2, later TIME_WAIT',
            },
            claim: {
              completes: {step: 'server-recv', outcome: {kind: 'returns', value: 0}},
              sockets: [{kind: 'listed', socket: 'third', state: 'FIN_WAIT2'}],
            },
            because: {
              ja: 'ふだんの close() ならそうです。0 秒の SO_LINGER は、FIN の代わりに RST を送らせます。',
              en: 'So it is with an ordinary close(). SO_LINGER with 0 seconds makes it send RST instead.',
            },
          },
          {
            text: {
              ja: 'recv() は ECONNRESET。クライアント側は TIME_WAIT',
              en: 'recv() fails with ECONNRESET; the client’s end is in TIME_WAIT',
            },
            claim: {
              completes: {step: 'server-recv', outcome: {kind: 'fails', errno: 'ECONNRESET'}},
              sockets: [{kind: 'listed', socket: 'third', state: 'TIME_WAIT'}],
            },
            because: {
              ja: 'TIME_WAIT は、FIN をやり取りして終わったあとに残ります。',
              en: 'TIME_WAIT is what follows an exchange of FINs.',
            },
          },
        ],
      },
      after: {
        ja: 'RST が届き、どちらの側にも行は残りません。TIME_WAIT を避ける近道に見えますが、送信バッファーに残ったデータも捨てられ、相手にはエラーになります。ふだんの終わり方には使いません。',
        en: 'RST came, and neither end keeps a row. It looks like a way around TIME_WAIT, but data still in the send buffer is thrown away too, and the peer gets an error: nothing for everyday use.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        completes: {step: 'server-recv', outcome: {kind: 'fails', errno: 'ECONNRESET'}},
        sockets: [
          {kind: 'gone', socket: 'third'},
          {kind: 'unlisted', socket: 'third-connection', state: 'CLOSE'},
        ],
        wire: passesOnly(rst('client')),
      },
      shows: 'wire',
      sources: ['man 7 socket', 'RFC 9293 3.10.5'],
    },
    {
      id: 'fourth-connect',
      ...inOneStep(
        closes('server', 'third-connection'),
        ...connects('client-2', 'fourth'),
        accepts('fourth-connection'),
      ),
      before: {
        ja: '四つ目の接続は、別のプロセスのクライアント 2 が作ります。',
        en: 'The fourth connection is made by another process, client 2.',
      },
      after: {
        ja: 'つながりました。三つ目の接続は、両側からすっかり消えています。',
        en: 'Connected. Of the third connection nothing is left at either end.',
      },
      expect: {
        outcome: {kind: 'returns-descriptor'},
        sockets: [
          {kind: 'listed', socket: 'fourth-connection', state: 'ESTABLISHED'},
          {kind: 'gone', socket: 'third'},
          {kind: 'gone', socket: 'third-connection'},
        ],
      },
      sources: ['man 2 connect'],
    },
    {
      id: 'server-recv-2',
      ...receives('server', 'fourth-connection'),
      before: {
        ja: 'サーバーが recv() で、クライアント 2 の言葉を待ちます。',
        en: 'The server waits in recv() for client 2 to speak.',
      },
      after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
      expect: {outcome: {kind: 'waits'}},
      sources: ['man 2 recv'],
    },
    {
      id: 'client-2-kill',
      actor: 'client-2',
      call: {name: 'kill', pid: 'client-2', signal: 'SIGKILL'},
      before: {
        ja: 'クライアント 2 が、自分に SIGKILL を送ります。防げないシグナルで、close() を呼ぶ間もなくプロセスが終わります。',
        en: 'Client 2 sends SIGKILL to itself. Nothing can stop that signal: the process ends before it could call close().',
      },
      predict: {
        belief: 'killed-closes-nothing',
        question: {
          ja: 'サーバーの眠っている recv() は、どうなりますか。',
          en: 'What will become of the server’s sleeping recv()?',
        },
        choices: [
          {
            text: {ja: '眠り続ける。close() は呼ばれていない', en: 'it sleeps on: nobody called close()'},
            claim: {completes: {step: 'server-recv-2', outcome: {kind: 'waits'}}},
            because: {
              ja: 'プロセスが開いていたものは、カーネルが閉じます。',
              en: 'What a process had open, the kernel closes for it.',
            },
          },
          {
            text: {ja: '0 を返す(FIN が届く)', en: 'it returns 0: FIN has come'},
            claim: {completes: {step: 'server-recv-2', outcome: {kind: 'returns', value: 0}}},
          },
          {
            text: {ja: 'ECONNRESET で失敗する(RST が届く)', en: 'it fails with ECONNRESET: RST has come'},
            claim: {completes: {step: 'server-recv-2', outcome: {kind: 'fails', errno: 'ECONNRESET'}}},
            because: {
              ja: '終わり方は close() と同じです。クライアント 2 に読み残しはありませんでした。',
              en: 'It ends as with close(), and client 2 had left nothing unread.',
            },
          },
        ],
      },
      hint: {
        ja: 'ソケットはプロセスの中ではなく、カーネルにあります。',
        en: 'A socket is in the kernel, not inside the process.',
      },
      after: {
        ja: '0 です。プロセスが終わると、開いていたファイルディスクリプターはカーネルがすべて閉じます。読み残しがなかったので、FIN が送られました。fork() した子がまだ同じソケットを持っていれば、FIN は出ません。電源が落ちたときや途中で捨てられるときも、知らせは来ません。',
        en: '0. When a process ends, the kernel closes all its descriptors, and with nothing unread it sent FIN. There would be no FIN yet if a forked child still had the socket, and no news after a power cut, or where packets are dropped on the way.',
      },
      expect: {
        outcome: {kind: 'lost'},
        completes: {step: 'server-recv-2', outcome: {kind: 'returns', value: 0}},
        sockets: [
          {kind: 'listed', socket: 'fourth-connection', state: 'CLOSE_WAIT'},
          {kind: 'listed', socket: 'fourth', state: 'FIN_WAIT2'},
        ],
        wire: {frames: [fin('client'), ack('server')], never: [rst('client')]},
      },
      shows: 'wire',
      node: `process.kill(process.pid, 'SIGKILL');  // as it is with an uncaught exception: the kernel closes`,
      sources: ['man 2 _exit', 'man 7 signal', 'RFC 9293 3.6'],
    },
    {
      id: 'server-close',
      ...inOneStep(closes('server', 'fourth-connection'), closes('server', 'listener')),
      before: {
        ja: 'サーバーが、残った接続と待ち受けのソケットを閉じます。',
        en: 'The server closes the connection that is left, and its listening socket.',
      },
      after: {
        ja: 'プロセスはもうないのに、クライアント 2 の側に TIME_WAIT が残りました。FIN で始まった終わり方は、カーネルが最後まで引き受けます。',
        en: 'TIME_WAIT stays at the end of client 2, although the process is gone: what began with FIN, the kernel sees through.',
      },
      expect: {
        outcome: {kind: 'returns', value: 0},
        sockets: [
          {kind: 'gone', socket: 'fourth-connection'},
          {kind: 'listed', socket: 'fourth', state: 'TIME_WAIT'},
          {kind: 'gone', socket: 'listener'},
        ],
        wire: passes(fin('server'), ack('client')),
      },
      expires: {after: 'client-2-kill', seconds: 50},
      sources: ['man 2 close'],
    },
  ],
  summary: {
    ja: 'Linux の close() が送るのは、読み残しがなければ FIN、あれば RST です。FIN で閉じた相手への 1 回目の send() は成功し、RST が返ったあとは EPIPE になります。プロセスが突然終わっても、カーネルが同じように閉じます。RST で終わった接続に、TIME_WAIT は残りません。',
    en: 'On Linux close() sends FIN, or RST if bytes are left unread. To a peer that has closed with FIN the first send() works; once RST has come back, it is EPIPE. For a process that is killed the kernel closes in the same way. A connection that ended in RST leaves no TIME_WAIT.',
  },
  review: [
    {
      id: 'unread-greeting',
      belief: 'close-is-always-fin',
      steps: [
        {
          id: 'greet',
          ...inOneStep(...joins, sends('server', 'connection', 'welcome')),
          before: {
            ja: 'つながるとすぐに、サーバーが「welcome」と言います。クライアントは、それを読みません。',
            en: 'As soon as they are connected the server says “welcome”. The client does not read it.',
          },
          after: {
            ja: '7 バイトは、クライアントの受信キューにあります。',
            en: 'The 7 bytes are in the client’s receive queue.',
          },
          expect: {
            outcome: {kind: 'returns', value: 7},
            sockets: [{kind: 'listed', socket: 'client', state: 'ESTABLISHED', recvQueue: 7}],
          },
          sources: ['man 2 send'],
        },
        {
          id: 'wait',
          ...receives('server', 'connection'),
          before: {
            ja: 'サーバーが recv() で用件を待ちます。',
            en: 'The server waits in recv() for what the client wants.',
          },
          after: {ja: 'サーバーは眠っています。', en: 'The server sleeps.'},
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 recv'],
        },
        {
          id: 'ask',
          ...closes('client', 'client'),
          before: {
            ja: '用がなくなったクライアントは、何も送らずに close() します。',
            en: 'The client has changed its mind: it sends nothing and closes.',
          },
          predict: {
            belief: 'close-is-always-fin',
            question: {
              ja: 'サーバーの眠っている recv() は、どうなりますか。',
              en: 'What will become of the server’s sleeping recv()?',
            },
            choices: [
              {
                text: {ja: '0 を返す', en: 'it returns 0'},
                claim: {completes: {step: 'wait', outcome: {kind: 'returns', value: 0}}},
                because: {
                  ja: '「welcome」の 7 バイトが読み残されていました。',
                  en: 'The 7 bytes of “welcome” were left unread.',
                },
              },
              {
                text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'},
                claim: {completes: {step: 'wait', outcome: {kind: 'fails', errno: 'ECONNRESET'}}},
              },
            ],
          },
          after: {
            ja: '読み残しがあったので RST です。あいさつを読まずに去る客がいるだけで、サーバーはエラーを受け取ります。備えのないサーバーは、これで落ちます。',
            en: 'RST, for bytes were left unread. A guest who leaves without reading the greeting is enough to give the server an error, and a server that is not prepared for it goes down.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            completes: {step: 'wait', outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            wire: passesOnly(rst('client')),
          },
          sources: ['RFC 9293 3.6.1', 'RFC 2525 2.17'],
        },
        {
          id: 'close',
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener')),
          before: {ja: 'サーバーも閉じます。', en: 'The server closes too.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'knows-and-sends',
      belief: 'send-to-closed-fails',
      steps: [
        {
          id: 'leave',
          ...inOneStep(...joins, closes('client', 'client'), receives('server', 'connection')),
          before: {
            ja: 'クライアントが close() し、サーバーの recv() が 0 を返します。',
            en: 'The client closes, and the server’s recv() returns 0.',
          },
          after: {
            ja: 'サーバーは、クライアントがもう送らないことを知っています。',
            en: 'The server knows that the client will send no more.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [{kind: 'listed', socket: 'connection', state: 'CLOSE_WAIT'}],
          },
          sources: ['man 2 recv'],
        },
        {
          id: 'ask',
          ...sends('server', 'connection', 'goodbye', messageFlags.MSG_NOSIGNAL),
          before: {
            ja: 'サーバーが、最後に「goodbye」と送ります。',
            en: 'The server sends “goodbye” at the end.',
          },
          predict: {
            belief: 'send-to-closed-fails',
            question: {ja: 'この send() は、どうなりますか。', en: 'What will this send() do?'},
            choices: [
              {
                text: {ja: 'EPIPE で失敗する', en: 'fail with EPIPE'},
                claim: {outcome: {kind: 'fails', errno: 'EPIPE'}},
                because: {
                  ja: 'EPIPE になるのは、RST が返ってきてからです。',
                  en: 'EPIPE comes once RST has come back.',
                },
              },
              {
                text: {ja: 'ECONNRESET で失敗する', en: 'fail with ECONNRESET'},
                claim: {outcome: {kind: 'fails', errno: 'ECONNRESET'}},
                because: {
                  ja: 'ECONNRESET も、RST が届いてからです。届いたのは、まだ FIN だけです。',
                  en: 'ECONNRESET too comes of an RST. So far only FIN has arrived.',
                },
              },
              {
                text: {ja: '成功して 7 が返る', en: 'work, and return 7'},
                claim: {outcome: {kind: 'returns', value: 7}},
              },
            ],
          },
          after: {
            ja: '成功しました。recv() の 0 は「もう送ってこない」という意味で、こちらからは送ってみるまで分かりません。届いたかどうかを知りたければ、返事を待つ約束にします。',
            en: 'It worked. recv() = 0 means that the peer sends no more; whether it still receives shows only by sending. To know that something arrived, agree on an answer.',
          },
          expect: {
            outcome: {kind: 'returns', value: 7},
            sockets: [{kind: 'unlisted', socket: 'connection', state: 'CLOSE'}],
            wire: passes(data('server', 7), bareRst('client')),
          },
          sources: ['man 2 send', 'RFC 9293 3.6.1'],
        },
        {
          id: 'close',
          ...inOneStep(closes('server', 'connection'), closes('server', 'listener')),
          before: {ja: 'サーバーも閉じます。', en: 'The server closes too.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'unread-and-first',
      belief: 'first-closer-always-waits',
      steps: [
        {
          id: 'send',
          ...inOneStep(...joins, sends('client', 'client', 'a long story')),
          before: {
            ja: 'クライアントが長い話を始めましたが、サーバーは読んでいません。SO_LINGER は設定していません。',
            en: 'The client has begun a long story, which the server has not read. SO_LINGER is off.',
          },
          after: {
            ja: '12 バイトが、サーバーの受信キューにあります。',
            en: '12 bytes are in the server’s receive queue.',
          },
          expect: {
            outcome: {kind: 'returns', value: 12},
            sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 12}],
          },
          sources: ['man 2 send'],
        },
        {
          id: 'ask',
          ...closes('server', 'connection'),
          before: {ja: 'サーバーが先に close() します。', en: 'The server closes first.'},
          predict: {
            belief: 'first-closer-always-waits',
            question: {
              ja: 'サーバーの側には、何が残りますか。',
              en: 'What stays at the server’s end?',
            },
            choices: [
              {
                text: {ja: 'FIN_WAIT2。やがて TIME_WAIT になる', en: 'FIN_WAIT2, which becomes TIME_WAIT'},
                claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'FIN_WAIT2'}]},
                because: {
                  ja: '読み残しがあるので、close() は FIN ではなく RST を送りました。',
                  en: 'Bytes were left unread, so close() sent RST, not FIN.',
                },
              },
              {
                text: {ja: '何も残らない', en: 'nothing'},
                claim: {sockets: [{kind: 'gone', socket: 'connection'}]},
              },
              {
                text: {ja: 'すぐに TIME_WAIT', en: 'TIME_WAIT at once'},
                claim: {sockets: [{kind: 'listed', socket: 'connection', state: 'TIME_WAIT'}]},
                because: {
                  ja: 'TIME_WAIT は、FIN を送り合って終わったときに残ります。RST で終われば残りません。',
                  en: 'TIME_WAIT stays after FINs have been exchanged. Here RST ended the connection.',
                },
              },
            ],
          },
          after: {
            ja: '何も残りません。Linux では、先に閉じても、RST で終われば TIME_WAIT はありません。ポートは空きますが、クライアントの話は失われました。',
            en: 'Nothing. On Linux there is no TIME_WAIT after RST, not even for whoever closed first. The port is free, and the client’s story is lost.',
          },
          expect: {
            outcome: {kind: 'returns', value: 0},
            sockets: [
              {kind: 'gone', socket: 'connection'},
              {kind: 'unlisted', socket: 'client', state: 'CLOSE'},
            ],
            wire: passesOnly(rst('server')),
          },
          sources: ['RFC 9293 3.6.1'],
        },
        {
          id: 'close',
          ...inOneStep(closes('client', 'client'), closes('server', 'listener')),
          before: {ja: '残りも閉じます。', en: 'The rest is closed as well.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
    {
      id: 'killed-with-unread',
      belief: 'killed-closes-nothing',
      steps: [
        {
          id: 'send',
          ...inOneStep(...joins, sends('client', 'client', 'order')),
          before: {
            ja: 'クライアントが「order」を送りました。サーバーは、まだ読んでいません。',
            en: 'The client has sent “order”, which the server has not read yet.',
          },
          after: {ja: '5 バイトが、サーバーの受信キューにあります。', en: '5 bytes are in the server’s receive queue.'},
          expect: {
            outcome: {kind: 'returns', value: 5},
            sockets: [{kind: 'listed', socket: 'connection', state: 'ESTABLISHED', recvQueue: 5}],
          },
          sources: ['man 2 send'],
        },
        {
          id: 'wait',
          ...receives('client', 'client'),
          before: {ja: 'クライアントが recv() で返事を待ちます。', en: 'The client waits for an answer in recv().'},
          after: {ja: 'クライアントは眠っています。', en: 'The client sleeps.'},
          expect: {outcome: {kind: 'waits'}},
          sources: ['man 2 recv'],
        },
        {
          id: 'ask',
          actor: 'server',
          call: {name: 'kill', pid: 'server', signal: 'SIGKILL'},
          before: {
            ja: 'そのとき、サーバーのプロセスが SIGKILL で終わります。',
            en: 'At that moment SIGKILL ends the server’s process.',
          },
          predict: {
            belief: 'killed-closes-nothing',
            question: {
              ja: 'クライアントの眠っている recv() は、どうなりますか。',
              en: 'What will become of the client’s sleeping recv()?',
            },
            choices: [
              {
                text: {ja: '眠り続ける', en: 'it sleeps on'},
                claim: {completes: {step: 'wait', outcome: {kind: 'waits'}}},
                because: {
                  ja: 'サーバーが開いていたソケットは、カーネルが閉じました。',
                  en: 'The kernel closed what the server had open.',
                },
              },
              {
                text: {ja: '0 を返す', en: 'it returns 0'},
                claim: {completes: {step: 'wait', outcome: {kind: 'returns', value: 0}}},
                because: {
                  ja: '読み残しのあるソケットは、カーネルが閉じても RST です。',
                  en: 'With bytes unread it is RST, also where the kernel closes.',
                },
              },
              {
                text: {ja: 'ECONNRESET で失敗する', en: 'it fails with ECONNRESET'},
                claim: {completes: {step: 'wait', outcome: {kind: 'fails', errno: 'ECONNRESET'}}},
              },
            ],
          },
          after: {
            ja: 'カーネルがソケットを閉じ、「order」が読み残されていたので RST を送りました。close() を呼んだときと、同じ決まりです。',
            en: 'The kernel closed the socket and, as “order” was unread, sent RST. It is the same rule as for close().',
          },
          expect: {
            outcome: {kind: 'lost'},
            completes: {step: 'wait', outcome: {kind: 'fails', errno: 'ECONNRESET'}},
            wire: passesOnly(rst('server')),
          },
          sources: ['man 2 _exit', 'RFC 9293 3.6.1'],
        },
        {
          id: 'close',
          ...closes('client', 'client'),
          before: {ja: 'クライアントも閉じます。', en: 'The client closes too.'},
          after: {ja: '閉じました。', en: 'Closed.'},
          expect: {outcome: {kind: 'returns', value: 0}},
          sources: ['man 2 close'],
        },
      ],
    },
  ],
};
