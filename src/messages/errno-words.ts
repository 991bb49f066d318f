import type {Errno} from '../model/errno.ts';
import type {Language, Text} from '../model/text.ts';

/** What each errno says: in Japanese as errno(3) of the Japanese man pages words it, in English much as strerror(3) does. */
export const errnoText: Record<Errno, Text> = {
  E2BIG: {ja: '引数リストが長過ぎる', en: 'argument list too long'},
  EACCES: {ja: '許可がない', en: 'permission denied'},
  EADDRINUSE: {ja: 'アドレスがすでに使用されている', en: 'address already in use'},
  EADDRNOTAVAIL: {ja: 'アドレスが使用できない', en: 'cannot assign requested address'},
  EAFNOSUPPORT: {ja: 'アドレスファミリーがサポートされていない', en: 'address family not supported'},
  EAGAIN: {ja: 'リソースが一時的に利用できない', en: 'resource temporarily unavailable'},
  EALREADY: {ja: '接続が既に処理中である', en: 'operation already in progress'},
  EBADF: {ja: 'ファイルディスクリプターが不正である', en: 'bad file descriptor'},
  EBUSY: {ja: 'リソースが使用中である', en: 'device or resource busy'},
  ECONNABORTED: {ja: '接続が中断された', en: 'software caused connection abort'},
  ECONNREFUSED: {ja: '接続が拒否された', en: 'connection refused'},
  ECONNRESET: {ja: '接続がリセットされた', en: 'connection reset by peer'},
  EDESTADDRREQ: {ja: '宛先アドレスが必要である', en: 'destination address required'},
  EDOM: {ja: '引数が定義域外である', en: 'argument out of domain'},
  EEXIST: {ja: 'ファイルが存在する', en: 'file exists'},
  EFAULT: {ja: 'アドレスが不正である', en: 'bad address'},
  EHOSTUNREACH: {ja: 'ホストに到達不能である', en: 'no route to host'},
  EINPROGRESS: {ja: '操作が実行中である', en: 'operation now in progress'},
  EINTR: {ja: '関数呼び出しが割り込まれた', en: 'interrupted system call'},
  EINVAL: {ja: '引数が無効である', en: 'invalid argument'},
  EIO: {ja: '入出力エラー', en: 'input/output error'},
  EISCONN: {ja: 'ソケットが接続されている', en: 'socket is already connected'},
  ELOOP: {ja: 'シンボリックリンクの段数が多過ぎる', en: 'too many levels of symbolic links'},
  EMFILE: {ja: 'オープンしているファイルが多過ぎる', en: 'too many open files'},
  EMSGSIZE: {ja: 'メッセージが長過ぎる', en: 'message too long'},
  ENAMETOOLONG: {ja: 'ファイル名が長過ぎる', en: 'file name too long'},
  ENETDOWN: {ja: 'ネットワークが不通である', en: 'network is down'},
  ENETUNREACH: {ja: 'ネットワークが到達不能である', en: 'network is unreachable'},
  ENFILE: {ja: 'システム全体でオープンしているファイルが多過ぎる', en: 'too many open files in system'},
  ENOBUFS: {ja: 'バッファーの空きがない', en: 'no buffer space available'},
  ENODEV: {ja: 'そのようなデバイスはない', en: 'no such device'},
  ENOENT: {ja: 'そのようなファイルやディレクトリーはない', en: 'no such file or directory'},
  ENOMEM: {ja: 'メモリーが足りない', en: 'cannot allocate memory'},
  ENOPROTOOPT: {ja: '指定されたプロトコルが利用できない', en: 'protocol not available'},
  ENOSYS: {ja: '関数が実装されていない', en: 'function not implemented'},
  ENOTCONN: {ja: 'ソケットが接続されていない', en: 'socket is not connected'},
  ENOTDIR: {ja: 'ディレクトリーではない', en: 'not a directory'},
  ENOTSOCK: {ja: 'ソケットではない', en: 'not a socket'},
  EOPNOTSUPP: {ja: 'ソケットでサポートしていない操作である', en: 'operation not supported on socket'},
  EPERM: {ja: '操作が許可されていない', en: 'operation not permitted'},
  EPIPE: {ja: 'パイプが壊れている', en: 'broken pipe'},
  EPROTO: {ja: 'プロトコルエラー', en: 'protocol error'},
  EPROTONOSUPPORT: {ja: 'プロトコルがサポートされていない', en: 'protocol not supported'},
  EPROTOTYPE: {ja: 'ソケットに指定できないプロトコルタイプである', en: 'protocol wrong type for socket'},
  EROFS: {ja: '読み出し専用のファイルシステムである', en: 'read-only file system'},
  ESOCKTNOSUPPORT: {ja: 'サポートされていないソケットタイプである', en: 'socket type not supported'},
  ETIMEDOUT: {ja: '操作がタイムアウトした', en: 'connection timed out'},
  EUNKNOWN: {ja: '名前の分からない誤り', en: 'an error without a known name'},
};

/** What else may come: the names that getaddrinfo(3) gives a failed look-up, and what files of the program's own are refused with. */
const otherText: Readonly<Record<string, Text>> = {
  ENOTFOUND: {ja: 'その名前のホストは見つからない', en: 'there is no host of that name'},
  EAI_AGAIN: {ja: '名前を調べられない', en: 'the name could not be looked up'},
  EDQUOT: {ja: 'ディスククォータの上限に達した', en: 'disk quota exceeded'},
  EISDIR: {ja: 'ディレクトリーである', en: 'is a directory'},
  ENOSPC: {ja: 'デバイスに空き領域がない', en: 'no space left on device'},
  ENXIO: {ja: 'そのようなデバイスやアドレスはない', en: 'no such device or address'},
};

/** `ECONNREFUSED: connection refused`; the name alone where there are no words for it. */
export function errnoWords(errno: string, language: Language): string {
  const words = errnoText[errno as Errno] ?? otherText[errno];
  return words ? `${errno}: ${words[language]}` : errno;
}
