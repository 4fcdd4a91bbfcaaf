// Two values of a vocabulary must not become one C# name.
export default (values) => {
  const seen = new Map();
  return values.flatMap((value) => {
    const name = String(value).toLowerCase().replace(/[^a-z0-9]/g, "");
    const first = seen.get(name);
    seen.set(name, value);
    return first === undefined ? [] : [{ message: `"${first}" and "${value}" become one C# name` }];
  });
};
