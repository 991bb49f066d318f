import type {TcpEvent} from '../model/tcp-transitions.ts';
import type {Text} from '../model/text.ts';

/** Why a socket's state changed, in a few words. */
export const tcpEventText: Record<TcpEvent, Text> = {
  'we listen': {ja: 'listen()', en: 'listen()'},
  'we connect': {ja: 'connect()', en: 'connect()'},
  'we close': {ja: 'close() か shutdown()', en: 'close() or shutdown()'},
  'SYN arrives': {ja: 'SYN が届いた', en: 'SYN arrived'},
  'SYN+ACK arrives': {ja: 'SYN+ACK が届いた', en: 'SYN+ACK arrived'},
  'ACK arrives': {ja: 'ACK が届いた', en: 'ACK arrived'},
  'FIN arrives': {ja: 'FIN が届いた', en: 'FIN arrived'},
  'FIN+ACK arrives': {ja: 'FIN+ACK が届いた', en: 'FIN+ACK arrived'},
  'RST arrives': {ja: 'RST が届いた', en: 'RST arrived'},
  'time is up': {ja: '時間が過ぎた(Linux は 60 秒)', en: 'time is up (60 s on Linux)'},
};
