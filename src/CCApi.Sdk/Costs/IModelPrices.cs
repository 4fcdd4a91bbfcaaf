using System;
using System.Diagnostics.CodeAnalysis;

namespace CCApi.Sdk;

/// <summary>Where prices of models are looked up: a catalog.</summary>
internal interface IModelPrices
{
    /// <summary>When the prices were retrieved.</summary>
    DateTimeOffset RetrievedAt { get; }

    /// <summary>Finds a model by its id; false when it is not listed.</summary>
    bool TryFind(string model, [NotNullWhen(true)] out ModelPrice? price, out long? contextLength, out long? maxOutputTokens);
}
