// Loaded with --require: this process finds no koffi, as where it could not be installed.
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => {
  if (name === 'koffi') throw Object.assign(new Error("Cannot find module 'koffi'"), {code: 'MODULE_NOT_FOUND'});
  return resolve(name, ...rest);
};
