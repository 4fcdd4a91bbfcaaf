import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";

// The file that an external example names must exist.
export default (value, _options, context) => {
  const file = resolve(dirname(context.document.source), value);
  return existsSync(file) ? [] : [{ message: `${value} does not exist` }];
};
