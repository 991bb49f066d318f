import {hex, join} from './kit/bytes.ts';
import {closesAll, does, joins} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {completes, fails, received, returns, waits} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client} = sockets({server: ['listener', 'connection'], client: ['client']});

export const stream = lesson({
  id: 'stream',
  title: {ja: 'バイトの流れに区切りはない', en: 'A stream has no seams'},
  about: `send() と recv() の回数は合わない。では、メッセージをどう区切るのか
    Sends and recvs do not pair up. So how does one mark where a message ends?`,
  minutes: 12,
  beliefs: {
    'one-send-one-recv': `1 回の send() で送ったものは、1 回の recv() で届く
      what one send() sent arrives in one recv()`,
    'short-recv-loses-the-rest': `recv() のバッファーに入りきらない分は、捨てられる
      what does not fit into the buffer of recv() is thrown away`,
    'peek-takes': `MSG_PEEK で読んだバイトも、受信キューからなくなる
      bytes read with MSG_PEEK are gone from the receive queue`,
    'waitall-stops-early': `MSG_WAITALL を付けても、recv() は何か届けばすぐ返る
      even with MSG_WAITALL, recv() returns as soon as something arrives`,
  },
  steps: [
    step('ready', joins(listener, client, connection), {
      before: `まず、サーバーとクライアントをつなぎます。socket() から accept() までを、続けて行います。
        First the two sides are connected: socket() to accept(), all in one go.`,
      after: `つながりました。TCP がプログラムに渡すのは、順番の保たれたバイトの流れ(バイトストリーム)です。「流れ」とはどういうことかを、これから確かめます。
        Connected. What TCP gives a program is a stream of bytes, in order (SOCK_STREAM). What “stream” means is what you will find out now.`,
      expect: [client.is('ESTABLISHED'), connection.is('ESTABLISHED')],
      sources: ['man 2 socket', 'man 7 tcp'],
    }),
    step('send-alice', client.sends('Alice'), {
      before: `クライアントは、名前を 1 件ずつ send() で送ります。最初は「Alice」の 5 バイトです。
        The client sends names, each with a send() of its own. The first is Alice, 5 bytes.`,
      after: `5 バイトが、サーバー側の受信キュー(Recv-Q)に入りました。サーバーは、まだ recv() を呼んでいません。
        The 5 bytes are in the receive queue on the server’s side (Recv-Q). The server has not called recv() yet.`,
      expect: [returns(5), connection.is('ESTABLISHED', {recvQueue: 5})],
      sources: ['man 2 send'],
    }),
    step('send-bob-carol', [client.sends('Bob'), client.sends('Carol')], {
      before: `続けて「Bob」と「Carol」も、別々の send() で送ります。
        Bob and Carol follow, with two more send() calls.`,
      after: `send() は合わせて 3 回、受信キューには 13 バイトあります。しるしの A、B、C は、どの send() のバイトかを示すために sockwalk が付けたものです。
        Three send() calls, 13 bytes in the receive queue. The letters A, B and C say which send() a byte came from; it is sockwalk that keeps them.`,
      expect: [returns(5), connection.is('ESTABLISHED', {recvQueue: 13})],
      sources: ['man 2 send'],
    }),
    step('recv-all', connection.receives(), {
      shows: 'bytes',
      node: `socket.on('data', bytes => {
  // bytes: what has arrived so far, not what one write() wrote
});`,
      before: `サーバーが recv() を 1 回呼びます。頼む長さは 4096 バイトまでです。
        The server calls recv() once, for up to 4096 bytes.`,
      belief: 'one-send-one-recv',
      question: {ja: 'この recv() は、何を返しますか。', en: 'What will this recv() return?'},
      choices: [
        {text: {ja: '「AliceBobCarol」の 13 バイト', en: 'AliceBobCarol, 13 bytes'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: '最後に送った「Carol」の 5 バイト', en: 'Carol, the 5 bytes that were sent last'},
          claim: received('Carol'),
          because: `新しいものが古いものを追い越すことはありません。
            What came later never overtakes what came first.`,
        },
        {
          text: {ja: '最初に送った「Alice」の 5 バイト', en: 'Alice, the 5 bytes that were sent first'},
          claim: received('Alice'),
          because: `カーネルは、どこまでが 1 回の send() だったかを残していません。
            The kernel keeps no note of where one send() ended.`,
        },
      ],
      hint: `TCP はバイトストリームです。何回の send() だったかは、どこかに残っているでしょうか。
        TCP carries a stream of bytes. Is it kept anywhere how many send() calls they came from?`,
      after: `3 回分が、1 回で返りました。TCP は中身と順番を守りますが、send() の切れ目は伝えません。13 バイトだけを見ても、Alice と Bob の境目は分かりません。
        Three sends in one recv(). TCP keeps the bytes and their order, not where a send() ended. From the 13 bytes alone nobody can tell where Alice ends and Bob begins.`,
      expect: [received('AliceBobCarol'), connection.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 7 tcp', 'man 2 recv'],
    }),
    step('send-nodelay', [client.sets('TCP_NODELAY', 1), client.sends('Dave'), client.sends('Erin')], {
      node: `socket.setNoDelay(true);
socket.write('Dave');
socket.write('Erin');`,
      before: `TCP_NODELAY は、小さなデータを待たせず、すぐに送り出させる設定です。これを付けてから「Dave」と「Erin」を送ります。
        TCP_NODELAY makes TCP send small pieces at once, without holding them back. With it set, Dave and Erin are sent.`,
      after: `4 バイトの send() が 2 回です。どちらも、前の分の確認応答(ACK)を待たずに送り出されました。受信キューには 8 バイトあります。
        Two send() calls of 4 bytes. Neither had to wait for an acknowledgment (ACK) of what was sent before. 8 bytes are in the receive queue.`,
      expect: [returns(4), connection.is('ESTABLISHED', {recvQueue: 8})],
      sources: ['man 7 tcp'],
    }),
    step('recv-nodelay', connection.receives(), {
      shows: 'bytes',
      before: {ja: 'サーバーが、もう一度 recv() を呼びます。', en: 'The server calls recv() again.'},
      belief: 'one-send-one-recv',
      question: `TCP_NODELAY で送られたものは、どう返りますか。
        How will recv() return what was sent with TCP_NODELAY?`,
      choices: [
        {
          text: {ja: '「Dave」の 4 バイト', en: 'Dave, 4 bytes'},
          claim: received('Dave'),
          because: `TCP_NODELAY が変えるのは、いつ送り出すかだけです。受信キューは 1 本につながったままです。
            TCP_NODELAY changes only when data leaves. The receive queue stays one string of bytes.`,
        },
        {text: {ja: '「DaveErin」の 8 バイト', en: 'DaveErin, 8 bytes'}, claim: asClaimed},
      ],
      hint: `TCP_NODELAY は、送る側の設定です。受信キューの中も変わるでしょうか。
        TCP_NODELAY is an option of the sending side. Does it change the receive queue?`,
      after: `8 バイトです。別々のセグメントで届いても、受信キューでは 1 本につながります。TCP_NODELAY は待ち時間のための設定で、区切りの役には立ちません。
        recv() returned 8 bytes. Even what comes in separate segments is one string of bytes in the receive queue. TCP_NODELAY is about delay; it does not mark messages.`,
      expect: received('DaveErin'),
      sources: ['man 7 tcp'],
    }),
    step('send-night', client.sends('good night'), {
      before: `今度は逆です。クライアントが「good night」の 10 バイトを、1 回の send() で送ります。
        Now the other way round. The client sends good night, 10 bytes, with one send().`,
      after: `10 バイトが受信キューに入りました。サーバーが recv() に渡すバッファーは、4 バイトしかありません。
        The 10 bytes are in the receive queue. The buffer that the server gives to recv() has room for only 4.`,
      expect: [returns(10), connection.is('ESTABLISHED', {recvQueue: 10})],
      sources: ['man 2 send'],
    }),
    step('recv-more', [does(connection.receives(4), received('good')), connection.receives(4)], {
      shows: 'bytes',
      before: `サーバーが recv(…, 4) を 2 回呼びます。4 は頼める上限なので、1 回目は「good」の 4 バイトだけを返します。
        The server calls recv(…, 4) twice. As 4 is the most that it may return, the first one gets good and no more.`,
      belief: 'short-recv-loses-the-rest',
      question: `読まれなかった 6 バイトはどうなり、2 回目は何を返しますか。
        What becomes of the 6 bytes that were not read, and what will the second recv() do?`,
      choices: [
        {
          text: {ja: '捨てられた。recv() は次に届くものを待つ', en: 'thrown away; recv() waits for what comes next'},
          claim: waits,
          because: `入りきらない分が捨てられるのは、UDP のデータグラムです。
            It is with UDP that the part of a datagram which does not fit is lost.`,
        },
        {
          text: {ja: '残っている。続きの 4 バイト「 nig」が返る', en: 'still there; the next 4 bytes come: “ nig”'},
          claim: asClaimed.of('outcome'),
        },
        {
          text: {ja: '残っている。6 バイトがまとめて返る', en: 'still there; all 6 bytes come'},
          claim: received(' night'),
          because: `recv() が、頼まれた長さより多く返すことはありません。
            recv() never returns more than it was asked for.`,
        },
      ],
      hint: `届いて、まだ読まれていないバイトは、TCP ではなくなりません。
        With TCP, bytes that have arrived and were not read do not get lost.`,
      after: `続きの 4 バイトが返りました。1 回の send() が、途中で切れたのです。TCP では、読み残しは受信キューで次の recv() を待ちます。残りは 2 バイトです。
        The next 4 bytes: one send() has been cut in the middle. With TCP, what was not read stays in the receive queue for the next recv(). 2 bytes are left.`,
      expect: [received(' nig'), connection.is('ESTABLISHED', {recvQueue: 2})],
      sources: ['man 2 recv'],
    }),
    step('recv-last', connection.receives(4), {
      shows: 'bytes',
      before: {ja: '3 回目の recv(…, 4) です。', en: 'recv(…, 4) for the third time.'},
      after: `残りの 2 バイトだけが返りました。1 回の send() が、4、4、2 の 3 回になったのです。メッセージの切れ目が要るなら、送る側と受ける側で決めます。これをフレーミングといいます。
        Just the 2 that were left: one send() became 4, 4 and 2. If there are to be messages, sender and receiver have to agree on how to mark them. That is called framing.`,
      expect: [received('ht'), connection.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('send-lines', client.sends('Alice\nBo'), {
      before: `方法 1 は改行です。1 件を 1 行とし、終わりに改行 \\n を付けます。送るのは 8 バイト、Alice の行と、まだ途中の Bo です。
        Way 1: a newline. One message is one line and ends in \\n. The client sends 8 bytes: the line Alice, and Bo, which is not complete.`,
      after: `受信キューに 8 バイトあります。改行は 0a という 1 バイトで、これが切れ目の印です。だから、名前の中に改行があってはいけません。
        8 bytes are in the receive queue. The newline is one byte, 0a, and marks the end. So a name must never have a newline in it.`,
      expect: [returns(8), connection.is('ESTABLISHED', {recvQueue: 8})],
      sources: ['man 2 send'],
    }),
    step('peek', connection.receives(4096, 2), {
      shows: 'bytes',
      node: '// Node has no MSG_PEEK. It reads all that is there, and the program keeps what it cannot use yet.',
      before: `読む前に、改行がどこにあるかを知りたいところです。サーバーは MSG_PEEK(のぞき見)のフラグを付けて recv() を呼びます。
        Where is the newline? The server would like to know before it reads, and calls recv() with the flag MSG_PEEK, which means: have a look.`,
      belief: 'peek-takes',
      question: `この recv() のあと、受信キューには何バイトありますか。
        After this recv(), how many bytes will be in the receive queue?`,
      choices: [
        {
          text: {ja: '0 バイト', en: '0 bytes'},
          claim: connection.is('ESTABLISHED', {recvQueue: 0}),
          because: `MSG_PEEK は写しを返すだけで、受信キューからは取り出しません。
            MSG_PEEK returns a copy and takes nothing out of the receive queue.`,
        },
        {
          text: {ja: '2 バイト(改行よりあとの分)', en: '2 bytes, those after the newline'},
          claim: connection.is('ESTABLISHED', {recvQueue: 2}),
          because: `カーネルは改行を特別に扱いません。TCP にとっては、ただのバイトです。
            A newline is nothing special to the kernel. For TCP it is a byte like any other.`,
        },
        {text: {ja: '8 バイト', en: '8 bytes'}, claim: asClaimed.of('sockets')},
      ],
      hint: `「受け取る」のではなく、「のぞく」ためのフラグです。
        The flag is for looking, not for taking.`,
      after: `8 バイト見えましたが、8 バイトとも受信キューに残っています。改行は 6 番目なので、次に読む長さは 6 です。
        It saw 8 bytes, and all 8 are still in the receive queue. The newline is the sixth byte, so 6 is what to read next.`,
      expect: [received('Alice\nBo'), connection.is('ESTABLISHED', {recvQueue: 8})],
      sources: ['man 2 recv'],
    }),
    step('recv-line', connection.receives(6), {
      shows: 'bytes',
      before: `改行まで、ちょうど 6 バイトを受け取ります。
        Now it takes just the 6 bytes up to the newline.`,
      after: `Alice の行だけが取り出せました。次の行の Bo は、受信キューに残っています。まだ改行がないので、これで終わりなのか続きがあるのかは、待たないと分かりません。
        That is the line Alice, and no more. Bo stays in the receive queue. It has no newline yet, so the server has to wait for the rest.`,
      expect: [received('Alice\n'), connection.is('ESTABLISHED', {recvQueue: 2})],
      sources: ['man 2 recv'],
    }),
    step('next-line', [client.sends('b\n'), connection.receives(4096, 2), connection.receives(4)], {
      shows: 'bytes',
      node: `let rest = Buffer.alloc(0);
socket.on('data', bytes => {
  for (rest = Buffer.concat([rest, bytes]); rest.includes(10); rest = rest.subarray(rest.indexOf(10) + 1))
    onLine(rest.subarray(0, rest.indexOf(10))); });`,
      before: `クライアントが続きの b と改行を送ります。サーバーはもう一度のぞき、改行を見つけて、4 バイトを受け取ります。
        The client sends the rest, b and a newline. The server looks again, finds the newline, and takes 4 bytes.`,
      after: `2 回の send() に分かれていた Bob が、1 行に戻りました。実際のプログラムは、のぞき見より「届いた分を全部読み、完成した行を取り出し、余りを取っておく」方法をよく使います。
        Bob, sent in two pieces, is one line again. Most programs do not peek: they read all that is there, take out the complete lines, and keep the remainder for later.`,
      expect: [received('Bob\n'), connection.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('recv-length', connection.receives(4, 0x100), {
      before: `方法 2 は長さです。最初の 4 バイトで本体の長さを伝え、本体を続けます。サーバーは recv(…, 4, MSG_WAITALL) で、長さを待ちます。
        Way 2: a length. 4 bytes tell how long the message is, then the message follows. The server waits for the length with recv(…, 4, MSG_WAITALL).`,
      after: `サーバーは眠りました。MSG_WAITALL は、頼んだ長さがそろうまで待たせるフラグです。
        The server sleeps. MSG_WAITALL asks recv() to wait until it has the full length.`,
      expect: waits,
      sources: ['man 2 recv'],
    }),
    step('send-half-length', client.sends(hex('00 00')), {
      node: '// Node has no MSG_WAITALL: collect chunks until there are 4 bytes.',
      before: `クライアントは、長さの 4 バイトのうち、前半の 2 バイトだけを送ります。
        The client sends only the first 2 of the 4 bytes of the length.`,
      belief: 'waitall-stops-early',
      question: `眠っているサーバーの recv() は、どうなりますか。
        What will the server’s sleeping recv() do?`,
      choices: [
        {text: {ja: 'まだ待つ', en: 'go on waiting'}, claim: completes('recv-length', waits)},
        {
          text: {ja: '起きて、2 を返す', en: 'wake up and return 2'},
          claim: completes('recv-length', returns(2)),
          because: `フラグがなければ、そのとおりです。MSG_WAITALL があると、4 バイトそろうまで返りません。
            It would without the flag. With MSG_WAITALL it returns once there are 4 bytes.`,
        },
        {
          text: {ja: '足りないので、失敗する', en: 'fail, since 2 are not enough'},
          claim: completes('recv-length', fails('EAGAIN')),
          because: `足りないのは誤りではありません。残りはこれから届きます。
            That some bytes are missing is no error: they may still come.`,
        },
      ],
      hint: `この recv() が頼んだのは、4 バイトそろうまで待つことです。
        What this recv() asked for is to wait until there are 4 bytes.`,
      after: `まだ待っています。届いた 2 バイトはもうサーバーのバッファーに写されていて、Recv-Q は 0 です。あと 2 バイトを待っています。
        It goes on waiting. The 2 bytes have already been copied into the server’s buffer, so Recv-Q is 0; it wants 2 more.`,
      expect: [returns(2), connection.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('send-rest', client.sends(join(hex('00 05'), 'Alice', hex('00 00 00 03'), 'Bob')), {
      shows: 'bytes',
      node: 'const length = bytes.readUInt32BE(0);  // 00 00 00 05',
      before: `残りが一度に来ます。長さの後半、本体の Alice、そして次の長さと Bob まで続けて入っています。
        The rest comes all at once: the other half of the length, Alice, and even the next length and Bob.`,
      after: `recv() は、ちょうど 4 バイトで返りました。00 00 00 05 は、上の桁から並べた(ビッグエンディアンの)5 です。後ろの 12 バイトは、受信キューに残っています。
        recv() returned with just 4 bytes: 00 00 00 05, which is 5, highest byte first (big-endian). The 12 bytes behind it stay in the receive queue.`,
      expect: [
        returns(14),
        completes('recv-length', received(hex('00 00 00 05'))),
        connection.is('ESTABLISHED', {recvQueue: 12}),
      ],
      sources: ['man 2 recv', 'man 3 byteorder'],
    }),
    step('recv-bodies', [connection.receives(5, 0x100), connection.receives(4, 0x100), connection.receives(3, 0x100)], {
      before: `長さは 5 なので recv(…, 5, MSG_WAITALL) で本体を読みます。続けて、次の長さを 4 バイト、その本体を 3 バイト読みます。
        The length is 5, so recv(…, 5, MSG_WAITALL) reads the message. Then 4 bytes for the next length, and the 3 bytes that it tells of.`,
      after: `Alice と Bob が、つながりも切れもせずに取り出せました。伝える長さは、文字数ではなくバイト数です。大きすぎる長さは断ること、相手が途中で閉じれば MSG_WAITALL でも短く返ることにも注意します。
        Alice and Bob, neither run together nor cut. The length counts bytes, not characters. Refuse a length that is too big, and mind that even with MSG_WAITALL less may come, when the peer closes.`,
      expect: [received('Bob'), connection.is('ESTABLISHED', {recvQueue: 0})],
      sources: ['man 2 recv'],
    }),
    step('close', closesAll(client, connection, listener), {
      before: {ja: '両側を閉じて終わりです。', en: 'Both sides are closed.'},
      after: `全部のソケットが閉じました。TIME_WAIT は、先に閉じたクライアント側に残っています。
        All sockets are closed. TIME_WAIT stays on the client’s side, which closed first.`,
      expect: [connection.isGone, listener.isGone],
      sources: ['man 2 close'],
    }),
  ],
  summary: `TCP が運ぶのは、切れ目のないバイトの流れです。何回の send() で送ったかは、受け取る側には伝わりません。メッセージが要るなら、改行や長さで切れ目を決め、1 件分がそろうまで読み、余りは次のために取っておきます。(man 7 tcp, man 2 recv, RFC 9293 2.2)
    TCP carries a stream of bytes without seams, and the receiver cannot tell how many send() calls made it. Whoever wants messages marks them, with a newline or a length, reads until one is complete, and keeps the remainder for the next. (man 7 tcp, man 2 recv, RFC 9293 2.2)`,
  review: [
    review('prices', [
      step(
        'prices-sent',
        [
          ...joins(listener, client, connection),
          connection.sets('TCP_NODELAY', 1),
          connection.sends('120'),
          connection.sends('80'),
        ],
        {
          before: `サーバーがクライアントに、値段を二つ送ります。TCP_NODELAY を付け、「120」と「80」を別々の send() で送ります。
            A server sends two prices to a client: 120 and 80, each with its own send(), and with TCP_NODELAY set.`,
          after: `2 回の send() が終わりました。クライアントは、まだ読んでいません。
            Both sends are done. The client has not read yet.`,
          expect: [returns(2), client.is('ESTABLISHED', {recvQueue: 5})],
          sources: ['man 7 tcp'],
        },
      ),
      step('prices-received', client.receives(100), {
        before: {ja: 'クライアントが recv(…, 100) を 1 回呼びます。', en: 'The client calls recv(…, 100) once.'},
        belief: 'one-send-one-recv',
        question: {ja: 'クライアントは何を受け取りますか。', en: 'What will the client get?'},
        choices: [
          {
            text: {ja: '120', en: '120'},
            claim: received('120'),
            because: {ja: '切れ目は、送られていません。', en: 'Where a send() ended was never sent.'},
          },
          {text: {ja: '12080', en: '12080'}, claim: asClaimed},
        ],
        after: `「12080」の 5 バイトです。値段が一つに見えてしまいます。改行か長さで、切れ目を伝える必要があります。
          The client got 12080, 5 bytes, which look like one price. A newline or a length has to say where each ends.`,
        expect: received('12080'),
        sources: ['man 7 tcp'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
    review('small-buffer', [
      step('welcome-sent', [...joins(listener, client, connection), connection.sends('welcome')], {
        before: `サーバーが「welcome」の 7 バイトを、クライアントに送ります。
          A server sends welcome, 7 bytes, to a client.`,
        after: {ja: 'クライアントは、まだ読んでいません。', en: 'The client has not read yet.'},
        expect: returns(7),
        sources: ['man 2 send'],
      }),
      step('welcome-read', [does(client.receives(3), received('wel')), client.receives(100)], {
        before: `クライアントのバッファーは小さく、recv(…, 3) で「wel」だけを読みます。続けて、100 バイトのバッファーで recv() を呼びます。
          The client has a small buffer: it calls recv(…, 3) and gets wel. Then it calls recv() with room for 100 bytes.`,
        belief: 'short-recv-loses-the-rest',
        question: {ja: '2 回目の recv() はどうなりますか。', en: 'What will the second recv() do?'},
        choices: [
          {text: {ja: '「come」を返す', en: 'return come'}, claim: asClaimed},
          {
            text: {ja: '「welcome」を最初から返す', en: 'return welcome from the beginning'},
            claim: received('welcome'),
            because: `受け取ったバイトは、受信キューから取り除かれます。残るのは、MSG_PEEK を付けたときだけです。
              What has been received is out of the queue. Only MSG_PEEK leaves it there.`,
          },
          {
            text: {ja: '何もないので待つ', en: 'wait, since nothing is left'},
            claim: waits,
            because: `読まなかった 4 バイトは、受信キューに残っていました。
              The 4 bytes that were not read stayed in the receive queue.`,
          },
        ],
        after: `残りの「come」です。TCP では、読み残しは捨てられず、続きから読めます。
          come, the rest. TCP throws nothing away: reading goes on where it stopped.`,
        expect: received('come'),
        sources: ['man 2 recv'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
    review('peek-twice', [
      step('abcd-sent', [...joins(listener, client, connection), connection.sends('abcd')], {
        before: {ja: 'サーバーが「abcd」を、クライアントに送ります。', en: 'A server sends abcd to a client.'},
        after: {ja: 'クライアントは、まだ読んでいません。', en: 'The client has not read yet.'},
        expect: returns(4),
        sources: ['man 2 send'],
      }),
      step('taken', [does(client.receives(2, 2), received('ab')), client.receives(100)], {
        before: `クライアントが recv(…, 2, MSG_PEEK) で、先頭の「ab」をのぞきます。続けて、フラグなしの recv(…, 100) を呼びます。
          The client calls recv(…, 2, MSG_PEEK) and sees ab. Then it calls recv(…, 100) without a flag.`,
        belief: 'peek-takes',
        question: {ja: 'フラグなしの recv() は、何を返しますか。', en: 'What will the recv() without a flag return?'},
        choices: [
          {
            text: {ja: '「cd」', en: 'cd'},
            claim: received('cd'),
            because: `のぞいただけの「ab」は、受信キューに残っていました。
              ab had only been looked at, and was still in the receive queue.`,
          },
          {text: {ja: '「abcd」', en: 'abcd'}, claim: asClaimed},
        ],
        after: `4 バイトとも返りました。MSG_PEEK は、受信キューから何も取り出しません。
          All 4 bytes. MSG_PEEK takes nothing out of the receive queue.`,
        expect: received('abcd'),
        sources: ['man 2 recv'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
    review('six-bytes', [
      step('waits-for-six', [...joins(listener, client, connection), client.receives(6, 0x100)], {
        before: `今度はクライアントが、recv(…, 6, MSG_WAITALL) で 6 バイトを待ちます。
          This time it is the client that waits for 6 bytes, with recv(…, 6, MSG_WAITALL).`,
        after: {ja: 'クライアントは眠っています。', en: 'The client sleeps.'},
        expect: waits,
        sources: ['man 2 recv'],
      }),
      step('five-come', connection.sends('abcde'), {
        before: {ja: 'サーバーが 5 バイトを送ります。', en: 'The server sends 5 bytes.'},
        belief: 'waitall-stops-early',
        question: {ja: 'クライアントの recv() は、どうなりますか。', en: 'What will the client’s recv() do?'},
        choices: [
          {text: {ja: 'あと 1 バイトを待つ', en: 'wait for one byte more'}, claim: completes('waits-for-six', waits)},
          {
            text: {ja: '5 を返す', en: 'return 5'},
            claim: completes('waits-for-six', returns(5)),
            because: `MSG_WAITALL があるので、6 バイトそろうまで待ちます。
              With MSG_WAITALL it waits until there are 6.`,
          },
        ],
        after: `まだ待っています。5 バイトでは、頼んだ長さに足りません。
          It still waits: 5 bytes are not the length that it asked for.`,
        expect: [returns(5), client.is('ESTABLISHED', {recvQueue: 0})],
        sources: ['man 2 recv'],
      }),
      step('sixth-comes', connection.sends('f'), {
        before: {ja: 'サーバーが、最後の 1 バイトを送ります。', en: 'The server sends the last byte.'},
        after: {ja: '6 バイトそろい、recv() が返りました。', en: 'There are 6 now, and recv() has returned.'},
        expect: [returns(1), completes('waits-for-six', received('abcdef'))],
        sources: ['man 2 recv'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
  ],
});
