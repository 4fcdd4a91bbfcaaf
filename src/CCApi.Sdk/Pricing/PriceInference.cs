namespace CCApi.Sdk;

/// <summary>Infers what a price leaves open from what its model makes, and rejects what cannot be.</summary>
/// <param name="kind">What the model makes.</param>
/// <param name="options">How to read prices that state no unit.</param>
internal sealed class PriceInference(PriceModelKind kind, ModelPriceOptions options)
{
    // Nobody sells a token for a tenth of a cent: the name, or the unit, stands for more of them there.
    private const decimal HighestTokenPrice = 0.001m;

    /// <summary>
    /// Whether a price of 0 means that a part of the tokens is charged as the others are, which gateways with names such as
    /// <c>internal_reasoning</c> mean by it (observed), and not that it is free.
    /// </summary>
    public static bool IsNotChargedApart(ModelRate rate, in PriceContext context)
    {
        var isZero = rate.Amount == 0 && rate.Unit == PriceUnit.Token;
        var isPart = rate.Item is not (PriceItem.Input or PriceItem.Output);

        return isZero && isPart && (context.IsUnitOfFamily || rate.Item == PriceItem.Reasoning);
    }

    /// <summary>Fills in what a unit leaves open, such as <c>1M</c> of what; null when that is not known.</summary>
    public PriceUnitText? Complete(PriceUnitText unit, in PriceContext context)
    {
        if (unit.Unit is not null)
        {
            return unit;
        }

        var isOfImage = !kind.MakesText || kind.MakesImages || context.Size is null || PriceWords.Size(context.Size) is not null;
        if ((context.Size ?? context.Quality) is not null && isOfImage)
        {
            return unit with { Unit = PriceUnit.Image };
        }

        if (!kind.MakesText)
        {
            return null;
        }

        if (unit.Per > 1)
        {
            return unit with { Unit = PriceUnit.Token };
        }

        if (options.UnstatedTokens is > 0 and var tokens)
        {
            return unit with { Unit = PriceUnit.Token, Per = tokens };
        }

        return null;
    }

    /// <summary>What a unit without an item is charged for; null when that is not known.</summary>
    public PriceItem? Implied(PriceUnit? unit) => unit switch
    {
        PriceUnit.Character => PriceItem.Input,
        PriceUnit.Image when kind is { MakesImages: true, MakesText: true } => null,
        PriceUnit.Image => kind.MakesText ? PriceItem.Input : PriceItem.Output,
        PriceUnit.Second => kind.MakesText ? PriceItem.Input : PriceItem.Output,
        PriceUnit.Call => PriceItem.Call,
        _ => null,
    };

    /// <summary>Why an amount is not a price; null when it is.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="unit">Its unit, completed.</param>
    /// <param name="item">What it is charged for.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="context">What stands around it.</param>
    /// <param name="hasOwnUnit">Whether the amount itself states the unit.</param>
    public string? Problem(
        decimal amount, PriceUnitText? unit, PriceItem? item, string currency, in PriceContext context, bool hasOwnUnit)
    {
        var ofUnit = hasOwnUnit ? null : context.UnitProblem;
        if ((context.OtherCalls ?? ofUnit ?? context.CurrencyProblem) is { } problem)
        {
            return problem;
        }

        if (unit is not { Unit: { } noun, Per: var per })
        {
            if (kind.MakesText)
            {
                return "its unit is not stated: set ModelPriceOptions.UnstatedTokens if you know it";
            }

            return "its unit is not stated";
        }

        if (item is null)
        {
            return "it does not state whether it is for input or output";
        }

        var isOneToken = noun == PriceUnit.Token && per == 1;
        if (!isOneToken || amount < HighestTokenPrice)
        {
            return null;
        }

        if (context.IsUnitOfFamily && !hasOwnUnit)
        {
            return "its unit is not stated, and it is too much for one token";
        }

        return currency == Currencies.Usd ? "it is too much for one token, so that its unit is not known" : null;
    }
}
