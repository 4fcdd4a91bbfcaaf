using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>One operation: how it is sent, stored and read again, and which files come of it.</summary>
internal abstract class ItemWork
{
    public abstract BulkItemKind Kind { get; }

    /// <summary>Whether its result can be saved as files.</summary>
    public virtual bool HasMedia => false;

    /// <summary>The request as JSON, which a resumed run compares.</summary>
    public abstract byte[] RequestJson();

    public abstract Task<ItemResult> SendAsync(ItemContext context);

    /// <summary>The response as JSON.</summary>
    /// <param name="response">The response.</param>
    /// <param name="withoutMedia">Whether data that was saved to files is left out.</param>
    public abstract string Write(object response, bool withoutMedia);

    /// <summary>The result that a ledger holds.</summary>
    /// <exception cref="JsonException">It is not a result of this operation.</exception>
    public abstract ItemResult Read(string response, string? value);

    /// <summary>Reads JSON that is not null.</summary>
    protected static T Read<T>(string json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The recorded JSON is null.");

    /// <summary>Saves the files of a response; returns their paths.</summary>
    /// <param name="client">The client.</param>
    /// <param name="response">The response.</param>
    /// <param name="path">The path without a number and an extension.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    public virtual Task<IReadOnlyList<string>> SaveAsync(
        CCApiClient client, object response, string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
