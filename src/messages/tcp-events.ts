import type {TcpEvent} from '../model/tcp-transitions.ts';
import type {Text} from '../model/text.ts';

/** Why a socket's state changed, in a few words. */
export const tcpEventText: Record<TcpEvent, Text> = {
  'we listen': {ja: 'listen()', en: 'listen()'},
  'we connect': {ja: 'connect()', en: 'connect()'},
  'we close': {ja: 'close() か shutdown()', en: 'close() or shutdown()'},
  'SYN arrives': {ja: 'SYN が届いた', en: 'SYN arrived'},
  'SYN+ACK arrives': {ja: 'SYN と ACK が届いた', en: 'SYN and ACK arrived'},
  'ACK arrives': {ja: 'ACK が届いた', en: 'ACK arrived'},
  'FIN arrives': {ja: 'FIN が届いた', en: 'FIN arrived'},
  'FIN+ACK arrives': {ja: 'FIN と ACK が届いた', en: 'FIN and ACK arrived'},
  'RST arrives': {ja: 'RST が届いた', en: 'RST arrived'},
  'time is up': {ja: '60 秒が過ぎた', en: '60 seconds passed'},
};
