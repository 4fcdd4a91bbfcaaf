namespace CCApi.Sdk;

/// <summary>What a line of an event stream is.</summary>
internal enum SseLineKind
{
    /// <summary>A comment, which only keeps the connection open.</summary>
    Comment,

    /// <summary>The field <c>data</c>.</summary>
    Data,

    /// <summary>The field <c>event</c>.</summary>
    Event,

    /// <summary>The field <c>id</c> or <c>retry</c>.</summary>
    Field,

    /// <summary>A field named <c>error</c>, which is not part of the grammar.</summary>
    Error,

    /// <summary>A field of another name, which the grammar ignores.</summary>
    Unknown,

    /// <summary>A name alone: a field without a value, or a text of one word.</summary>
    Word,

    /// <summary>JSON without a field name.</summary>
    Json,

    /// <summary>Anything else.</summary>
    Text,
}
