namespace CCApi.Sdk;

/// <summary>How the form of a completion is requested, the most reliable way first.</summary>
internal enum StructuredOutputFormat
{
    /// <summary>By the schema in <c>response_format</c>.</summary>
    Schema,

    /// <summary>By <c>json_object</c>, and the schema in a message.</summary>
    Object,

    /// <summary>By the schema in a message only.</summary>
    Text,
}
