using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;

namespace CCApi.Sdk.Tests.Costs;

/// <summary>Prices that a test sets: by a million tokens, a thousand characters or an image.</summary>
internal sealed class TestPrices : IModelPrices
{
    private readonly Dictionary<string, ModelPrice> _prices = [];

    public DateTimeOffset RetrievedAt { get; set; } = new TestClock().GetUtcNow();

    /// <summary>How much context and output every model has; null for unknown.</summary>
    public long? ContextLength { get; set; }

    public long? MaxOutputTokens { get; set; }

    public TestPrices Chat(string model, string input, string output) => Add(model, $$"""{"unit":"1M tokens","input":{{input}},"output":{{output}}}""");

    public TestPrices Speech(string model, string input) => Add(model, $$"""{"unit":"1K characters","input":{{input}}}""");

    public TestPrices Image(string model, string output) => Add(model, $$"""{"unit":"image","output":{{output}}}""");

    public bool TryFind(string model, [NotNullWhen(true)] out ModelPrice? price, out long? contextLength, out long? maxOutputTokens)
    {
        (contextLength, maxOutputTokens) = (ContextLength, MaxOutputTokens);
        return _prices.TryGetValue(model, out price);
    }

    public TestPrices Add(string model, string pricing)
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes("{\"id\":\"" + model + "\",\"ccapi\":{\"pricing\":" + pricing + "}}"));
        reader.Read();
        _prices[model] = ModelPrice.Read(ModelSummary.ReadFrom(ref reader)!);
        return this;
    }
}
