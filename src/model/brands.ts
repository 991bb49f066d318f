declare const brand: unique symbol;
type Branded<Name extends string> = number & {readonly [brand]: Name};

/** A file descriptor: 0 or more, an index into one process's table. */
export type Fd = Branded<'Fd'>;
/** A TCP or UDP port: 0 to 65535. */
export type Port = Branded<'Port'>;
/** A process id as seen from the program. */
export type Pid = Branded<'Pid'>;

export const fd = (n: number): Fd => n as Fd;
export const pid = (n: number): Pid => n as Pid;
export const port = (n: number): Port => n as Port;

export const isPort = (n: number): boolean => Number.isInteger(n) && n >= 0 && n <= 65535;
