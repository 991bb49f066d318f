import {hex, join, part, text} from './kit/bytes.ts';
import {closesAll, joins} from './kit/calls.ts';
import {closing} from './kit/closing.ts';
import {lesson, review} from './kit/lesson.ts';
import {received, returns} from './kit/outcomes.ts';
import {sockets} from './kit/sockets.ts';
import {asClaimed, step} from './kit/step.ts';

const {listener, connection, client} = sockets({server: ['listener', 'connection'], client: ['client']});

const greeting = 'こんにちは';
const waitAll = 0x100;

export const textAndBytes = lesson({
  id: 'text-and-bytes',
  title: {ja: '文字とバイト', en: 'Text and bytes'},
  about: `「こんにちは」は 15 バイト。文字の途中で切れたら、どうなるのか
    Five characters are 15 bytes. What if recv() cuts in the middle of one?`,
  minutes: 9,
  beliefs: {
    'characters-are-bytes': {ja: '5 文字の長さは 5 だ', en: 'five characters have the length 5'},
    'recv-keeps-characters-whole': `recv() は、文字の途中では切らない
      recv() never cuts a character in two`,
    'decode-each-chunk': `届いた分を一つずつ文字に直して、つなげればよい
      it is enough to decode each chunk as it comes and join the results`,
    'decode-encode-is-harmless': `文字に直しても、また戻せば元のバイトになる
      decoded and encoded again, bytes are what they were`,
  },
  steps: [
    step('ready', joins(listener, client, connection), {
      before: `まず、サーバーとクライアントをつなぎます。socket() から accept() までを、続けて行います。
        First the two sides are connected: socket() to accept(), all in one go.`,
      after: `つながりました。TCP が運ぶのはバイトだけです。文字をどんなバイトで表すか(文字コード)は、プログラムが決めます。ここでは UTF-8 です。
        Connected. TCP carries bytes and nothing else. Which bytes stand for which character, the encoding, is up to the programs. Here it is UTF-8.`,
      expect: [client.is('ESTABLISHED'), connection.is('ESTABLISHED')],
      sources: ['man 7 utf-8', 'RFC 3629'],
    }),
    step('send-greeting', client.sends(greeting), {
      shows: 'bytes',
      node: `'こんにちは'.length;  // 5
Buffer.byteLength('こんにちは');  // 15
socket.write('こんにちは');`,
      before: {ja: 'クライアントが「こんにちは」を送ります。', en: 'The client sends こんにちは, five characters.'},
      belief: 'characters-are-bytes',
      question: `5 文字を送る send() は、いくつを返しますか。
        What will send() return for five characters?`,
      choices: [
        {
          text: {ja: '5', en: '5'},
          claim: returns(5),
          because: {ja: 'send() が数えるのは、文字ではなくバイトです。', en: 'send() counts bytes, not characters.'},
        },
        {
          text: {ja: '10', en: '10'},
          claim: returns(10),
          because: `ひらがなが 2 バイトになるのは、Shift_JIS や UTF-16 です。
            It is in Shift_JIS or UTF-16 that each of these takes 2 bytes.`,
        },
        {text: {ja: '15', en: '15'}, claim: asClaimed.of('outcome')},
      ],
      hint: `UTF-8 では、一つのコードポイント(ここでは 1 文字)が 1 から 4 バイトです。ひらがなは、ASCII の文字より長くなります。
        In UTF-8 a code point, here a character, takes 1 to 4 bytes. Only those of ASCII take 1.`,
      after: `15 です。UTF-8 では、ひらがな 1 文字が 3 バイトになります。「こ」は e3 81 93、「ん」は e3 82 93 です。
        send() returned 15: in UTF-8 each of these characters takes 3 bytes. こ is e3 81 93, and ん is e3 82 93.`,
      expect: [returns(15), connection.is('ESTABLISHED', {recvQueue: 15})],
      sources: ['man 2 send', 'RFC 3629 3'],
    }),
    step('recv-1', connection.receives(4), {
      shows: 'bytes',
      before: `サーバーのバッファーは 4 バイトしかありません。3 バイトの文字とは、切れ目が合いません。
        The server has a buffer of only 4 bytes, which does not go well with characters of 3.`,
      belief: 'recv-keeps-characters-whole',
      question: {ja: 'recv(…, 4) は、何バイトを返しますか。', en: 'How many bytes will recv(…, 4) return?'},
      choices: [
        {
          text: {ja: '3。「こ」だけ', en: '3: こ'},
          claim: returns(3),
          because: `カーネルにとっては、ただのバイトです。文字の切れ目は知りません。
            To the kernel they are bytes. It does not know where a character ends.`,
        },
        {
          text: {ja: '4。「こ」と、次の文字の 1 バイト目', en: '4: こ and the first byte of the next character'},
          claim: returns(4),
        },
        {
          text: {ja: '6。「こん」', en: '6: こん'},
          claim: returns(6),
          because: `recv() が、頼まれた長さより多く返すことはありません。
            recv() never returns more than it was asked for.`,
        },
      ],
      hint: {ja: 'カーネルが数えるのは、文字ではなくバイトです。', en: 'The kernel counts bytes, not characters.'},
      after: `「こ」の 3 バイトと、「ん」の 1 バイト目(e3)です。この 4 バイトだけを文字に直すと、e3 は文字になれず、置き換え文字 U+FFFD になります。画面では <?> と描きます。
        The 3 bytes of こ, and e3, the first byte of ん. Decoded by itself, e3 is no character: a decoder puts U+FFFD in its place, drawn here as <?>.`,
      expect: [
        received(part(greeting, 0, 4)),
        {of: ['recv-1'], how: 'each-alone', is: 'こ\ufffd'},
        {of: ['recv-1'], how: 'one-decoder', is: 'こ'},
      ],
      sources: ['man 2 recv', 'RFC 3629 3'],
    }),
    step('recv-2', connection.receives(4), {
      shows: 'bytes',
      node: `socket.on('data', bytes => {
  text += bytes.toString();  // wrong: decodes each chunk alone
});`,
      before: `続きの 4 バイトを読みます。届くのは 82 93 e3 81、「ん」の残りと、「に」の前半です。
        The server reads the next 4 bytes. They will be 82 93 e3 81: the rest of ん, and the beginning of に.`,
      belief: 'decode-each-chunk',
      question: `この 4 バイトだけを文字に直すと、何になりますか。
        What will these 4 bytes be, decoded by themselves?`,
      choices: [
        {
          text: {ja: 'ん', en: 'ん'},
          claim: {of: ['recv-2'], how: 'each-alone', is: 'ん'},
          because: `「ん」の 1 バイト目は、前の recv() が取り出しました。この 4 バイトの中にはありません。
            The first byte of ん went with the recv() before. It is not among these 4.`,
        },
        {
          text: {ja: 'ん<?>', en: 'ん<?>'},
          claim: {of: ['recv-2'], how: 'each-alone', is: 'ん\ufffd'},
          because: `「ん」の 1 バイト目は、前の recv() が取り出しました。この 4 バイトの中にはありません。
            The first byte of ん went with the recv() before. It is not among these 4.`,
        },
        {
          text: {ja: '<?><?><?>', en: '<?><?><?>'},
          claim: {of: ['recv-2'], how: 'each-alone', is: '\ufffd\ufffd\ufffd'},
        },
      ],
      hint: `UTF-8 では、80 から bf までのバイトは、文字の 1 バイト目になりません。
        In UTF-8 a byte from 80 to bf is never the first of a character.`,
      after: `82 と 93 は、文字の 1 バイト目にはなれません。e3 81 には続きがありません。それで <?> が三つです(Node などが従う WHATWG の数え方)。一つのデコーダーに続けて渡せば、前の e3 と合わせて「ん」になります。
        82 and 93 cannot begin a character, and e3 81 is not complete: three times <?> (counted as WHATWG says and Node does). One decoder that is given all chunks in turn still has e3 from before, and makes ん.`,
      expect: [
        received(part(greeting, 4, 8)),
        {of: ['recv-2'], how: 'each-alone', is: '\ufffd\ufffd\ufffd'},
        {of: ['recv-1', 'recv-2'], how: 'one-decoder', is: 'こん'},
      ],
      sources: ['RFC 3629 3'],
    }),
    step('recv-3', connection.receives(4), {
      shows: 'bytes',
      node: `const decoder = new TextDecoder();
socket.on('data', bytes => {
  text += decoder.decode(bytes, {stream: true});  // keeps what is incomplete
});`,
      before: {ja: '3 回目の recv(…, 4) です。', en: 'recv(…, 4) for the third time.'},
      after: `別々に直すと <?>ち です。一つのデコーダーは、取っておいた e3 81 に ab を足して「に」とし、「ち」へ進みます。大事なのは、半端なバイトを覚えておくことです。
        By itself: <?>ち. The one decoder had kept e3 81, adds ab to make に, and goes on to ち. What matters is to remember the incomplete bytes.`,
      expect: [
        received(part(greeting, 8, 12)),
        {of: ['recv-3'], how: 'each-alone', is: '\ufffdち'},
        {of: ['recv-1', 'recv-2', 'recv-3'], how: 'one-decoder', is: 'こんにち'},
      ],
      sources: ['RFC 3629 3'],
    }),
    step('recv-4', connection.receives(4), {
      shows: 'bytes',
      node: `socket.setEncoding('utf8');  // Node keeps one decoder for you
socket.on('data', words => { text += words; });`,
      before: {ja: '最後の 3 バイトを読みます。', en: 'The last 3 bytes.'},
      after: `一つのデコーダーでは「こんにちは」、別々に直すと <?> が五つです。バイトは一つも壊れていません。文字化けを作ったのは TCP ではなく、切れたまま文字に直す書き方です。
        One decoder has こんにちは; chunk by chunk there are five <?>. No byte was damaged. It was not TCP that garbled the text, it was decoding pieces of characters.`,
      expect: [
        received(part(greeting, 12, 15)),
        {of: ['recv-1', 'recv-2', 'recv-3', 'recv-4'], how: 'each-alone', is: 'こ\ufffd\ufffd\ufffd\ufffd\ufffdちは'},
        {of: ['recv-1', 'recv-2', 'recv-3', 'recv-4'], how: 'one-decoder', is: greeting},
      ],
      sources: ['RFC 3629 3'],
    }),
    step('echo-text', connection.sends('こ\ufffd\ufffd\ufffd\ufffd\ufffdちは'), {
      shows: 'bytes',
      node: `socket.write(bytes.toString());  // wrong: an echo of decoded text
socket.write(bytes);  // right: the bytes themselves`,
      before: `サーバーが、別々に直した文字列「こ<?><?><?><?><?>ちは」を UTF-8 に戻して、送り返します。
        The server encodes what it decoded chunk by chunk, こ<?><?><?><?><?>ちは, in UTF-8 again and sends it back.`,
      belief: 'decode-encode-is-harmless',
      question: {ja: '送り返されるのは、何バイトですか。', en: 'How many bytes will go back?'},
      choices: [
        {
          text: {ja: '15。元のバイトに戻る', en: '15, the bytes that came'},
          claim: returns(15),
          because: `<?> からは、元がどのバイトだったか分かりません。
            Nothing in <?> tells which byte it stands for.`,
        },
        {
          text: {ja: '8。文字の数', en: '8, one for each character'},
          claim: returns(8),
          because: {ja: 'send() が数えるのはバイトです。', en: 'send() counts bytes.'},
        },
        {text: {ja: '24', en: '24'}, claim: asClaimed.of('outcome')},
      ],
      hint: `U+FFFD も文字です。UTF-8 では ef bf bd の 3 バイトです。
        U+FFFD is a character too. In UTF-8 it is ef bf bd, 3 bytes.`,
      after: `U+FFFD は、UTF-8 で ef bf bd の 3 バイトです。8 文字とも 3 バイトで 24。元の 15 バイトは失われました。返すだけなら、文字に直さず、バイトのまま返します。
        U+FFFD takes 3 bytes in UTF-8, ef bf bd, so 8 characters make 24. The 15 bytes that came are lost. What is only to be passed on should stay bytes.`,
      expect: [returns(24), client.is('ESTABLISHED', {recvQueue: 24})],
      sources: ['RFC 3629 3'],
    }),
    step(
      'send-frame',
      [client.receives(), connection.sends(join(hex('00 00 00 05'), text(greeting))), client.receives(4, waitAll)],
      {
        before: `クライアントは 24 バイトを読みます。次にサーバーは、長さ 4 バイトを前に付けて「こんにちは」を送りますが、長さに文字数の 5 を書きました。
          The client reads the 24 bytes. Then the server sends こんにちは behind a length of 4 bytes, but as the length it writes 5, the number of characters.`,
        after: `クライアントは、長さ 00 00 00 05 を受け取りました。本体の長さは 5 だ、という知らせです。
          The client has the length, 00 00 00 05. It has been told that the message is 5 long.`,
        expect: [received(hex('00 00 00 05')), client.is('ESTABLISHED', {recvQueue: 15})],
        sources: ['man 2 recv'],
      },
    ),
    step('recv-body', client.receives(5, waitAll), {
      shows: 'bytes',
      node: `const body = Buffer.from('こんにちは');
header.writeUInt32BE(body.length);  // 15, not 'こんにちは'.length`,
      before: `クライアントは、本体を recv(…, 5, MSG_WAITALL) で読みます。
        The client reads the message with recv(…, 5, MSG_WAITALL).`,
      belief: 'characters-are-bytes',
      question: {ja: '何が返りますか。', en: 'What will it get?'},
      choices: [
        {text: {ja: '「こ」と、「ん」の 2 バイト', en: 'こ and 2 bytes of ん'}, claim: asClaimed.of('outcome')},
        {
          text: {ja: 'こんにちは', en: 'こんにちは'},
          claim: received(greeting),
          because: `recv() の 5 は、5 文字ではなく 5 バイトです。
            For recv(), 5 means 5 bytes, not 5 characters.`,
        },
      ],
      hint: {ja: 'recv() に渡す長さは、何の数でしたか。', en: 'What does the length that recv() is given count?'},
      after: `5 バイトだけです。残りの 10 バイトは受信キューにあります。クライアントは「次は長さだ」と思って、その 10 バイトを読むことになります。
        recv() returned 5 bytes. The other 10 are in the receive queue, and the client, believing that a length comes next, is going to read those.`,
      expect: [received(part(greeting, 0, 5)), client.is('ESTABLISHED', {recvQueue: 10})],
      sources: ['man 2 recv'],
    }),
    step('recv-wrong-length', client.receives(4, waitAll), {
      shows: 'bytes',
      node: 'if (length > limit) socket.destroy();',
      before: `次の長さのつもりで、4 バイトを読みます。
        It reads 4 bytes, as the length of the next message.`,
      after: `93 e3 81 ab を長さとして読むと、約 25 億です。一度ずれると、そのあとはすべてずれます。だから受け取る側は上限を決め、おかしな長さなら接続を閉じます。
        93 e3 81 ab, read as a length, is about 2.5 billion. Once out of step, all that follows is wrong. So a receiver sets a limit, and closes when a length is beyond it.`,
      expect: received(part(greeting, 5, 9)),
      sources: ['man 3 byteorder'],
    }),
    step(
      'right-length',
      [
        client.receives(),
        connection.sends(join(hex('00 00 00 0f'), text(greeting))),
        client.receives(4, waitAll),
        client.receives(15, waitAll),
      ],
      {
        before: `残りの 6 バイトを読み捨て、やり直します。今度のサーバーは、長さにバイト数の 15(0f)を書きます。
          The 6 bytes that are left are thrown away. Now the server writes the number of bytes, 15 (0f).`,
        after: `15 バイトがそろってから文字に直せば、切れる心配はありません。改行で区切る方法でも大丈夫です。UTF-8 では、2 バイト以上の文字の中に 0a は現れません。
          Decoded once all 15 bytes are there, no character can be cut. Lines are safe as well: in UTF-8 the byte 0a never occurs inside a longer character.`,
        expect: [received(greeting), client.is('ESTABLISHED', {recvQueue: 0})],
        sources: ['man 2 recv', 'RFC 3629 3'],
      },
    ),
    step('close', closesAll(client, connection, listener), {
      before: {ja: '両側を閉じて終わりです。', en: 'Both sides are closed.'},
      after: {ja: '全部のソケットが閉じました。', en: 'All sockets are closed.'},
      expect: [connection.isGone, listener.isGone],
      sources: ['man 2 close'],
    }),
  ],
  summary: `文字とバイトは別のものです。長さはバイトで数え、recv() は文字の途中でも切れると考えます。文字に直すのは、1 件分がそろってから一度に行うか、半端なバイトを覚える一つのデコーダーで行います。(man 7 utf-8, man 2 recv, RFC 3629 3)
    Text is not bytes. Lengths count bytes, and recv() may cut inside a character. Decode a message once all of it is there, or use one decoder for the whole stream, which remembers incomplete bytes. (man 7 utf-8, man 2 recv, RFC 3629 3)`,
  review: [
    review('cats', [
      step('cats-ready', joins(listener, client, connection), {
        before: `サーバーが「猫が2匹」と送る場面です。まずつなぎます。「2」は ASCII の数字です。
          A server is going to send 猫が2匹 (two cats); the 2 is an ASCII digit. First the two sides connect.`,
        after: {ja: 'つながりました。', en: 'Connected.'},
        sources: ['man 7 utf-8'],
      }),
      step('cats-sent', connection.sends('猫が2匹'), {
        before: {ja: 'サーバーが「猫が2匹」を UTF-8 で送ります。', en: 'The server sends 猫が2匹 in UTF-8.'},
        belief: 'characters-are-bytes',
        question: {ja: 'send() は、いくつを返しますか。', en: 'What will send() return?'},
        choices: [
          {text: {ja: '10', en: '10'}, claim: asClaimed},
          {
            text: {ja: '4', en: '4'},
            claim: returns(4),
            because: {ja: '4 は文字の数です。', en: '4 is the number of characters.'},
          },
          {
            text: {ja: '12', en: '12'},
            claim: returns(12),
            because: `1 文字が何バイトかは、文字によります。ASCII の「2」は 1 バイトです。
              How many bytes a character takes depends on the character. The 2 takes one.`,
          },
        ],
        after: `3 + 3 + 1 + 3 で 10 です。文字の数からバイト数は分かりません。
          send() returned 10: 3 + 3 + 1 + 3. The number of characters does not tell the number of bytes.`,
        expect: returns(10),
        sources: ['RFC 3629 3'],
      }),
      closing('close', [client.receives(100), client, connection, listener], {
        expect: [connection.isGone, listener.isGone],
      }),
    ]),
    review('tokyo', [
      step('tokyo-sent', [...joins(listener, client, connection), connection.sends('東京')], {
        before: `サーバーが「東京」を UTF-8 で送ります。3 バイトの文字が二つです。
          A server sends 東京 (Tokyo) in UTF-8: two characters of 3 bytes.`,
        after: {ja: '6 バイトが送られました。', en: '6 bytes were sent.'},
        expect: returns(6),
        sources: ['RFC 3629 3'],
      }),
      step('tokyo-received', client.receives(5), {
        before: {ja: 'クライアントが recv(…, 5) を呼びます。', en: 'The client calls recv(…, 5).'},
        belief: 'recv-keeps-characters-whole',
        question: {ja: '何バイト返りますか。', en: 'How many bytes will it get?'},
        choices: [
          {
            text: {ja: '3。「東」', en: '3: 東'},
            claim: returns(3),
            because: `カーネルは、文字の切れ目を知りません。
              The kernel does not know where a character ends.`,
          },
          {text: {ja: '5。「東」と、「京」の 2 バイト', en: '5: 東 and 2 bytes of 京'}, claim: asClaimed},
          {
            text: {ja: '6。「東京」', en: '6: 東京'},
            claim: returns(6),
            because: `ストリームの recv() は、渡した長さより多くは返しません。
              On a stream, recv() returns no more than the length that it was given.`,
          },
        ],
        after: `5 バイトです。「京」は途中で切れ、最後の 1 バイトが受信キューに残りました。
          recv() returned 5. It cut 京 in two; its last byte is still in the receive queue.`,
        expect: returns(5),
        sources: ['man 2 recv'],
      }),
      closing('close', [client.receives(100), client, connection, listener], {
        expect: [connection.isGone, listener.isGone],
      }),
    ]),
    review('sent-in-pieces', [
      step(
        'piece-1',
        [...joins(listener, client, connection), client.sends(part('東京', 0, 2)), connection.receives(100)],
        {
          before: `今度は送る側が切ります。クライアントが「東京」(e6 9d b1 と e4 ba ac)のうち、はじめの 2 バイトを送り、サーバーが読みます。
            This time it is the sender that cuts. The client sends the first 2 bytes of 東京 (e6 9d b1, e4 ba ac), and the server reads them.`,
          after: {ja: 'e6 9d の 2 バイトが届きました。', en: 'e6 9d arrived.'},
          expect: received(hex('e6 9d')),
          sources: ['RFC 3629 3'],
        },
      ),
      step('piece-2', [client.sends(part('東京', 2, 6)), connection.receives(100)], {
        before: `クライアントが残りの b1 e4 ba ac を送り、サーバーが読みます。
          The client sends the rest, b1 e4 ba ac, and the server reads it.`,
        belief: 'decode-each-chunk',
        question: `サーバーが、この 4 バイトだけを文字に直すと、何になりますか。
          What does the server have when it decodes these 4 bytes by themselves?`,
        choices: [
          {
            text: {ja: '東京', en: '東京'},
            claim: {of: ['piece-2'], how: 'each-alone', is: '東京'},
            because: `「東」のはじめの 2 バイトは、この 4 バイトの中にはありません。
              The first 2 bytes of 東 are not among these 4.`,
          },
          {
            text: {ja: '京', en: '京'},
            claim: {of: ['piece-2'], how: 'each-alone', is: '京'},
            because: `先頭に「東」の最後のバイト b1 があります。ふつうのデコーダーは、それを読みとばさず <?> にします。
              First comes b1, the last byte of 東. An ordinary decoder does not skip it, but puts <?> there.`,
          },
          {text: {ja: '<?>京', en: '<?>京'}, claim: {of: ['piece-2'], how: 'each-alone', is: '\ufffd京'}},
        ],
        after: `b1 だけでは文字になりません。はじめの 2 バイトを覚えていたデコーダーなら、「東京」になります。
          b1 alone is no character. A decoder that remembered the first 2 bytes makes 東京.`,
        expect: [
          returns(4),
          {of: ['piece-2'], how: 'each-alone', is: '\ufffd京'},
          {of: ['piece-1', 'piece-2'], how: 'one-decoder', is: '東京'},
        ],
        sources: ['RFC 3629 3'],
      }),
      closing('close', [client, connection, listener], {expect: [connection.isGone, listener.isGone]}),
    ]),
    review('half-a-character', [
      step(
        'half-came',
        [...joins(listener, client, connection), connection.sends(part('京', 0, 2)), client.receives(100)],
        {
          before: `クライアントに、「京」のはじめの 2 バイト(e4 ba)だけが届きます。
            A client gets only the first 2 bytes of 京: e4 ba.`,
          after: `2 バイトだけを文字に直すと、U+FFFD が一つになります。
            Decoded by themselves, the 2 bytes are one U+FFFD.`,
          expect: [returns(2), {of: ['half-came'], how: 'each-alone', is: '\ufffd'}],
          sources: ['RFC 3629 3'],
        },
      ),
      step('half-sent-back', client.sends('\ufffd'), {
        before: `クライアントがその U+FFFD を UTF-8 に戻して、送り返します。
          The client encodes that U+FFFD in UTF-8 again and sends it back.`,
        belief: 'decode-encode-is-harmless',
        question: {ja: '何バイトが送り返されますか。', en: 'How many bytes go back?'},
        choices: [
          {text: {ja: '3。ef bf bd', en: '3, ef bf bd'}, claim: asClaimed},
          {
            text: {ja: '2。元の e4 ba', en: '2, e4 ba again'},
            claim: returns(2),
            because: `U+FFFD からは、元のバイトが分かりません。
              U+FFFD does not tell which bytes it stands for.`,
          },
        ],
        after: `U+FFFD そのものの 3 バイトです。半端なバイトを文字に直すと、元には戻せません。
          The 3 bytes of U+FFFD itself. What was decoded from an incomplete character cannot be turned back.`,
        expect: returns(3),
        sources: ['RFC 3629 3'],
      }),
      closing('close', [connection.receives(100), client, connection, listener], {
        expect: [connection.isGone, listener.isGone],
      }),
    ]),
  ],
});
