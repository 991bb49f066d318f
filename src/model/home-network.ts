/** The addresses of the network `home`: a home's are private (RFC 1918), those outside are for examples (RFC 5737). */
export const homeNetwork = {
  home: '192.168.1.10',
  routerInside: '192.168.1.1',
  routerOutside: '203.0.113.5',
  internet: '203.0.113.80',
} as const;
