namespace CCApi.Sdk;

/// <summary>A member of a model's prices that could not be read as a price.</summary>
public sealed class PriceIssue
{
    internal PriceIssue(string member, string reason, PriceItem? item, PriceUnit? unit = null, bool isEmpty = false)
    {
        Member = member;
        Reason = reason;
        Item = item;
        Unit = unit;
        IsEmpty = isEmpty;
    }

    /// <summary>Where the member stands in the model's JSON, such as <c>ccapi.pricing.output</c>.</summary>
    public string Member { get; }

    /// <summary>Why it is not a price.</summary>
    public string Reason { get; }

    /// <summary>What it would have been the price of; null when that is unknown too.</summary>
    public PriceItem? Item { get; }

    /// <summary>The unit of the price; null when it is not known.</summary>
    internal PriceUnit? Unit { get; }

    /// <summary>Whether the price is an empty text, as some gateways write null.</summary>
    internal bool IsEmpty { get; }

    /// <summary>Returns the member and the reason.</summary>
    public override string ToString() => $"{Member}: {Reason}";
}
