namespace CCApi.Sdk;

/// <summary>What is known about an amount from where it stands: from the names and the members around it.</summary>
internal readonly record struct PriceContext(string Path)
{
    /// <summary>Why the unit of what is called an image is not known.</summary>
    public const string ImageOrToken = "whether it is per image or per token is not stated";

    public PriceItem? Item { get; init; }

    public PriceUnitText? Unit { get; init; }

    /// <summary>Whether the unit is the usual one of the name, and stated nowhere.</summary>
    public bool IsUnitOfFamily { get; init; }

    /// <summary>Why the unit that stands beside the amount is unknown; null when it is known, or none is stated.</summary>
    public string? UnitProblem { get; init; }

    /// <summary>Why the amount is for calls of another kind; null when it is not.</summary>
    public string? OtherCalls { get; init; }

    public string? Currency { get; init; }

    /// <summary>Why the currency that stands beside the amount is unknown.</summary>
    public string? CurrencyProblem { get; init; }

    public string? Size { get; init; }

    public string? Quality { get; init; }

    public long MinInputTokens { get; init; }

    /// <summary>Where the tier of a list ends; null where it does not.</summary>
    public long? MaxInputTokens { get; init; }

    public int Depth { get; init; }

    /// <summary>The context of a member.</summary>
    /// <param name="name">The name of the member.</param>
    /// <param name="parsed">What it contains.</param>
    public PriceContext Enter(string name, PriceName parsed)
    {
        // A unit that is stated around the name beats the usual one of the name.
        var usesUnitOfFamily = parsed.IsUnitOfFamily && Unit is null;
        var usesUnitOfName = parsed.Unit is not null && (!parsed.IsUnitOfFamily || usesUnitOfFamily);

        // An image has tokens too, where a number of them is the unit.
        var isAmbiguous = parsed is { IsUnitAlone: true, Unit.Unit: PriceUnit.Image }
            && Unit is { Unit: PriceUnit.Token }
            && !IsUnitOfFamily;
        if (isAmbiguous)
        {
            return this with
            {
                Path = $"{Path}.{name}",
                UnitProblem = ImageOrToken,
                Depth = Depth + 1,
            };
        }

        return this with
        {
            Path = $"{Path}.{name}",
            Item = ItemOf(parsed),
            Unit = usesUnitOfName ? parsed.Unit : Unit,
            IsUnitOfFamily = usesUnitOfName ? usesUnitOfFamily : IsUnitOfFamily,
            UnitProblem = usesUnitOfName && !usesUnitOfFamily ? null : UnitProblem,
            Currency = parsed.Currency ?? Currency,
            CurrencyProblem = parsed.Currency is null ? CurrencyProblem : null,
            Size = parsed.Size ?? Size,
            Quality = parsed.Quality ?? Quality,
            MinInputTokens = parsed.MinInputTokens == 0 ? MinInputTokens : parsed.MinInputTokens,
            Depth = Depth + 1,
        };
    }

    /// <summary>The context with a number of units that is stated apart from the unit.</summary>
    /// <param name="count">The number; null for none.</param>
    public PriceContext WithCount(long? count)
    {
        if (count is not { } stated || (stated == 1 && Unit is not null))
        {
            return this;
        }

        var unit = Unit ?? new PriceUnitText(null, 1, null, null);
        if (unit.Per == 1)
        {
            return this with { Unit = unit with { Per = stated }, IsUnitOfFamily = false };
        }

        return unit.Per == stated ? this : this with { UnitProblem = "how many units it is for is stated twice" };
    }

    /// <summary>The item of a member; sound is that of the input or of the output, in whichever order they are nested.</summary>
    private PriceItem? ItemOf(PriceName parsed)
    {
        var item = parsed.Item ?? parsed.Unit?.Item ?? Item;
        var isSound = item == PriceItem.InputAudio || Item is PriceItem.InputAudio or PriceItem.OutputAudio;
        if (!isSound)
        {
            return item;
        }

        return item switch
        {
            PriceItem.InputAudio when Item == PriceItem.Output => PriceItem.OutputAudio,
            PriceItem.Input => PriceItem.InputAudio,
            PriceItem.Output => PriceItem.OutputAudio,
            _ => item,
        };
    }
}
