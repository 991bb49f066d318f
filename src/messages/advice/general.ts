import type {Errno} from '../../model/errno.ts';
import type {Text} from '../../model/text.ts';

interface General {
  readonly meaning: Text;
  readonly next: Text;
}

const another: Text = {ja: '引数を変えて、もう一度呼びます。', en: 'Call it again with other arguments.'};
const again: Text = {ja: 'もう一度呼びます。', en: 'Call it again.'};
const reconnect: Text = {ja: '新しいソケットで接続し直します。', en: 'Connect again with a new socket.'};
const otherPath: Text = {ja: 'ほかのパスにします。', en: 'Take another path.'};
const otherAddress: Text = {ja: 'ループバックのアドレスで試します。', en: 'Try with a loopback address.'};
const freeSome: Text = {ja: '使わないソケットを閉じます。', en: 'Close sockets that are not needed.'};
const otherSocket: Text = {ja: '合うソケットを作って試します。', en: 'Make a socket that fits, and try with that.'};
const look: Text = {ja: 'ソケットの今の状態を見ます。', en: 'Look at the state that the socket is in.'};

/** What each errno says of any call (man 3 errno), for where no more is known. */
export const generalAdvice: Record<Errno, General> = {
  E2BIG: {
    meaning: {ja: '渡したものが大き過ぎます。', en: 'What was given is too big.'},
    next: another,
  },
  EACCES: {
    meaning: {
      ja: 'このプロセスに、その許可がありません。',
      en: 'This process does not have the permission for that.',
    },
    next: another,
  },
  EADDRINUSE: {
    meaning: {ja: 'そのアドレスは、ほかのソケットが使っています。', en: 'Another socket uses that address.'},
    next: {ja: 'ほかのポートかパスにします。', en: 'Take another port or path.'},
  },
  EADDRNOTAVAIL: {
    meaning: {ja: 'そのアドレスは、このコンピューターにはありません。', en: 'This machine does not have that address.'},
    next: otherAddress,
  },
  EAFNOSUPPORT: {
    meaning: {
      ja: 'アドレスのファミリーが、ソケットに合いません。',
      en: 'The family of the address does not fit the socket.',
    },
    next: otherSocket,
  },
  EAGAIN: {
    meaning: {
      ja: '今すぐにはできません。待たない呼び出しなので、すぐに戻りました。',
      en: 'It cannot be done at once, and this call does not wait.',
    },
    next: {ja: '相手の側を進めてから、もう一度呼びます。', en: 'Let the other side act, then call it again.'},
  },
  EALREADY: {
    meaning: {ja: '前に始めた接続が、まだ終わっていません。', en: 'A connection begun before is still on its way.'},
    next: {ja: '少し待って、もう一度呼びます。', en: 'Wait a little, then call it again.'},
  },
  EBADF: {
    meaning: {ja: 'その番号は、このプロセスでは開いていません。', en: 'That number is not open in this process.'},
    next: {ja: 'socket() や accept() が返した番号にします。', en: 'Take a number that socket() or accept() returned.'},
  },
  EBUSY: {
    meaning: {ja: 'ほかが使っている最中です。', en: 'Something else is using it.'},
    next: again,
  },
  ECONNABORTED: {
    meaning: {
      ja: '接続は、できあがる前に打ち切られました。',
      en: 'The connection was given up before it was complete.',
    },
    next: reconnect,
  },
  ECONNREFUSED: {
    meaning: {ja: '宛先で、だれも待ち受けていません。', en: 'Nobody listens where it was sent.'},
    next: {ja: '相手の側で待ち受けを始めます。', en: 'Make the other side listen.'},
  },
  ECONNRESET: {
    meaning: {ja: '相手が接続を急に切りました。', en: 'The peer broke off the connection.'},
    next: reconnect,
  },
  EDESTADDRREQ: {
    meaning: {ja: '宛先が決まっていません。', en: 'There is no destination.'},
    next: {ja: 'sendto() で宛先を書きます。', en: 'Name one, with sendto().'},
  },
  EDOM: {
    meaning: {ja: '渡した値が、範囲の外です。', en: 'A value is out of its range.'},
    next: another,
  },
  EEXIST: {
    meaning: {ja: '同じ名前のものが、もうあります。', en: 'Something of that name is there already.'},
    next: otherPath,
  },
  EFAULT: {
    meaning: {
      ja: '渡したポインターの先は、このプロセスのメモリーではありません。',
      en: 'A pointer leads out of the memory of this process.',
    },
    next: another,
  },
  EHOSTUNREACH: {
    meaning: {ja: '相手のホストに届きません。', en: 'The host cannot be reached.'},
    next: otherAddress,
  },
  EINPROGRESS: {
    meaning: {ja: '始まりましたが、まだ終わっていません。', en: 'It has begun, and is not done yet.'},
    next: {ja: '少し待って、結果を見ます。', en: 'Wait a little, then look how it went.'},
  },
  EINTR: {
    meaning: {
      ja: '待っている間にシグナルが届き、何もしないうちに戻りました。',
      en: 'A signal came while the call waited, and it returned with nothing done.',
    },
    next: again,
  },
  EINVAL: {
    meaning: {
      ja: 'その引数は使えないか、ソケットの今の状態では呼べません。',
      en: 'An argument is not valid, or the socket is in no state for this call.',
    },
    next: look,
  },
  EIO: {
    meaning: {ja: '入出力に失敗しました。', en: 'Input or output failed.'},
    next: again,
  },
  EISCONN: {
    meaning: {ja: 'そのソケットは、もう接続しています。', en: 'That socket is connected already.'},
    next: otherSocket,
  },
  ELOOP: {
    meaning: {
      ja: 'パスの途中で、シンボリックリンクが何段も続いています。',
      en: 'The path leads through too many symbolic links.',
    },
    next: otherPath,
  },
  EMFILE: {
    meaning: {
      ja: 'このプロセスは、これ以上ファイルディスクリプターを開けません。',
      en: 'This process cannot open any more descriptors.',
    },
    next: freeSome,
  },
  EMSGSIZE: {
    meaning: {ja: '一度に送るには長過ぎます。', en: 'It is too long to be sent at once.'},
    next: {ja: '短くして送ります。', en: 'Send less.'},
  },
  ENAMETOOLONG: {
    meaning: {ja: 'パスが長過ぎます。', en: 'The path is too long.'},
    next: otherPath,
  },
  ENETDOWN: {
    meaning: {ja: 'ネットワークが止まっています。', en: 'The network is down.'},
    next: otherAddress,
  },
  ENETUNREACH: {
    meaning: {ja: 'そのネットワークへ行く経路がありません。', en: 'There is no route to that network.'},
    next: otherAddress,
  },
  ENFILE: {
    meaning: {
      ja: 'システム全体で、これ以上ファイルを開けません。',
      en: 'The whole system cannot open any more files.',
    },
    next: freeSome,
  },
  ENOBUFS: {
    meaning: {ja: 'カーネルのバッファーに空きがありません。', en: 'The kernel has no buffer free.'},
    next: freeSome,
  },
  ENODEV: {
    meaning: {ja: 'そのようなデバイスはありません。', en: 'There is no such device.'},
    next: another,
  },
  ENOENT: {
    meaning: {ja: 'そのパスには、何もありません。', en: 'There is nothing at that path.'},
    next: {ja: '先にファイルを作るか、パスを直します。', en: 'Make the file first, or correct the path.'},
  },
  ENOMEM: {
    meaning: {ja: 'メモリーが足りません。', en: 'There is not enough memory.'},
    next: freeSome,
  },
  ENOPROTOOPT: {
    meaning: {ja: 'そのソケットに、そのオプションはありません。', en: 'That socket does not have that option.'},
    next: otherSocket,
  },
  ENOSYS: {
    meaning: {ja: 'このカーネルに、その機能はありません。', en: 'This kernel does not have that.'},
    next: {ja: 'ほかの呼び出しを試します。', en: 'Try another call.'},
  },
  ENOTCONN: {
    meaning: {ja: 'そのソケットには、相手がいません。', en: 'That socket has no peer.'},
    next: {ja: '先に接続します。', en: 'Connect it first.'},
  },
  ENOTDIR: {
    meaning: {ja: 'パスの途中が、フォルダーではありません。', en: 'A part of the path is no folder.'},
    next: otherPath,
  },
  ENOTSOCK: {
    meaning: {ja: 'その番号は、ソケットではありません。', en: 'That number is no socket.'},
    next: {ja: 'socket() や accept() が返した番号にします。', en: 'Take a number that socket() or accept() returned.'},
  },
  EOPNOTSUPP: {
    meaning: {
      ja: 'その種類のソケットに、その操作はありません。',
      en: 'Sockets of that kind do not have that operation.',
    },
    next: otherSocket,
  },
  EPERM: {
    meaning: {
      ja: '特権が要る操作か、パケットフィルターが止めました。',
      en: 'It takes a privilege, or a packet filter stopped it.',
    },
    next: another,
  },
  EPIPE: {
    meaning: {ja: '送っても、受け取る相手がもういません。', en: 'There is nobody left to receive.'},
    next: reconnect,
  },
  EPROTO: {
    meaning: {ja: 'プロトコルに合わないことが起きました。', en: 'Something happened that the protocol does not allow.'},
    next: reconnect,
  },
  EPROTONOSUPPORT: {
    meaning: {ja: 'そのプロトコルは使えません。', en: 'That protocol is not supported.'},
    next: another,
  },
  EPROTOTYPE: {
    meaning: {ja: '相手のソケットとは、種類が違います。', en: 'The socket there is of another type.'},
    next: otherSocket,
  },
  EROFS: {
    meaning: {ja: 'そのファイルシステムには書き込めません。', en: 'That file system cannot be written to.'},
    next: otherPath,
  },
  ESOCKTNOSUPPORT: {
    meaning: {ja: 'その種類のソケットは使えません。', en: 'That type of socket is not supported.'},
    next: another,
  },
  ETIMEDOUT: {
    meaning: {
      ja: '送ったものに、決まった時間のうちに確認応答がありませんでした。接続はもうありません。',
      en: 'What was sent was not acknowledged in time. The connection is gone.',
    },
    next: reconnect,
  },
  EUNKNOWN: {
    meaning: {
      ja: 'このプログラムの知らないエラーです。番号の意味は errno(3) にあります。',
      en: 'An error that this program does not know. errno(3) lists the numbers.',
    },
    next: look,
  },
};
