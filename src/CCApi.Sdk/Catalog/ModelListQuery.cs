using System;

namespace CCApi.Sdk;

/// <summary>Which models to list. The names of the parameters are documented, their values are not; what is null is not sent.</summary>
public sealed class ModelListQuery
{
    /// <summary>Only models of this provider, such as <c>openai</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>Only models of this type, such as <c>text</c> or <c>image</c> (inferred).</summary>
    public string? Type { get; set; }

    /// <summary>The field to sort by.</summary>
    public string? Sort { get; set; }

    /// <summary><c>asc</c> or <c>desc</c> (inferred).</summary>
    public string? Order { get; set; }

    /// <summary>How many models a page has at most.</summary>
    /// <value>
    /// 1 or more. The default is null: the gateway's; <see cref="CatalogClient.EnumerateModelsAsync"/> then requests 100.
    /// </value>
    public int? Limit { get; set; }

    /// <summary>How many models to leave out first.</summary>
    /// <value>0 or more. The default is null.</value>
    public int? Offset { get; set; }

    /// <summary>
    /// How many pages <see cref="CatalogClient.EnumerateModelsAsync"/> requests at most; with more, it ends with a
    /// <see cref="CCApiProtocolException"/>. It is not sent.
    /// </summary>
    /// <value>1 or more. The default is <see cref="CCApiDefaults.MaxModelPages"/>.</value>
    public int MaxPages { get; set; } = CCApiDefaults.MaxModelPages;

    internal string ToQuery() => RequestUri.Query(
        ("provider", Provider), ("type", Type), ("sort", Sort), ("order", Order), ("limit", Limit), ("offset", Offset));

    internal ModelListQuery Page(int limit, int offset) =>
        new() { Provider = Provider, Type = Type, Sort = Sort, Order = Order, Limit = limit, Offset = offset };

    internal void Check(string parameterName)
    {
        if (Limit < 1 || Offset < 0)
        {
            throw new ArgumentException("Limit must be 1 or more, and Offset 0 or more.", parameterName);
        }

        if (MaxPages < 1)
        {
            throw new ArgumentException("MaxPages must be 1 or more.", parameterName);
        }
    }
}
