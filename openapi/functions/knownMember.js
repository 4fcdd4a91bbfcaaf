// x-ccapi-from-string and x-ccapi-from-array name a property of their schema, the latter an array.
export default (schema) =>
  ["string", "array"].flatMap((kind) => {
    const member = schema[`x-ccapi-from-${kind}`];
    if (member === undefined) return [];
    const property = schema.properties?.[member];
    return property?.type === kind ? [] : [{ message: `x-ccapi-from-${kind} needs a ${kind} property, which "${member}" is not` }];
  });
