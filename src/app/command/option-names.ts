import type {Format} from '../../messages/json.ts';
import type {NetworkWish} from '../run/network-choice.ts';

// The words of a command line.

export const known = {
  lang: {type: 'string'},
  format: {type: 'string'},
  network: {type: 'string'},
  port: {type: 'string'},
  message: {type: 'string'},
  seed: {type: 'string'},
  pcap: {type: 'string'},
  script: {type: 'string'},
  theme: {type: 'string'},
  ascii: {type: 'boolean'},
  all: {type: 'boolean'},
  ask: {type: 'boolean'},
  'no-motion': {type: 'boolean'},
  'no-progress': {type: 'boolean'},
  yes: {type: 'boolean'},
  host: {type: 'string'},
  unix: {type: 'string'},
  udp: {type: 'boolean'},
  greeting: {type: 'string'},
  'no-greeting': {type: 'boolean'},
  'max-clients': {type: 'string'},
  'max-bytes': {type: 'string'},
  idle: {type: 'string'},
  'max-line': {type: 'string'},
  'max-per-address': {type: 'string'},
  'max-rate': {type: 'string'},
  raw: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
  version: {type: 'boolean'},
} as const;
export type OptionName = keyof typeof known;
export const optionNames = Object.keys(known) as OptionName[];

export const commands = [
  'list',
  'play',
  'verify',
  'progress',
  'replay',
  'lab',
  'serve',
  'connect',
  'doctor',
  'ask-router',
  'help',
] as const;
export const progressWords = ['export', 'import', 'reset'] as const;
export const networks: readonly NetworkWish[] = ['auto', 'host', 'private'];
export const formats: readonly Format[] = ['text', 'json'];
