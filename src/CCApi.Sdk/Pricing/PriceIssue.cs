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

    /// <summary>What the member does to the other prices.</summary>
    internal PriceModification Modification { get; private init; }

    /// <summary>Whether it may be a price of the tokens of images, which are not charged as the others then.</summary>
    internal bool IsOfImageTokens { get; private init; }

    /// <summary>Whether other prices are not known because of it.</summary>
    internal bool IsOfOthers => IsOfImageTokens || Modification != PriceModification.None;

    /// <summary>The issue of a member that changes the other prices.</summary>
    internal static PriceIssue OfModifier(string member, PriceModification modification) =>
        new(member, "it changes the other prices, and how exactly is not known", null) { Modification = modification };

    /// <summary>The issue of a price that may be one of the tokens of images.</summary>
    internal static PriceIssue OfImageTokens(string member, string reason, PriceItem? item) =>
        new(member, reason, item, PriceUnit.Image) { IsOfImageTokens = true };

    /// <summary>Whether another issue makes the same prices unknown.</summary>
    internal bool IsLike(PriceIssue other) =>
        (Item, Modification, IsOfImageTokens) == (other.Item, other.Modification, other.IsOfImageTokens);

    /// <summary>Returns the member and the reason.</summary>
    public override string ToString() => $"{Member}: {Reason}";
}
