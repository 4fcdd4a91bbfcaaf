namespace CCApi.Sdk;

/// <summary>How a model is told which form its answer must have, the surest way first.</summary>
internal enum StructuredOutputFormat
{
    /// <summary>By the schema in <c>response_format</c>.</summary>
    Schema,

    /// <summary>By <c>json_object</c>, and the schema in a message.</summary>
    Object,

    /// <summary>By the schema in a message only.</summary>
    Text,
}
