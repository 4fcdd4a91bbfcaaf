namespace CCApi.Emulator;

/// <summary>How the catalog states a price: gateways have many ways, and clients meet them all here.</summary>
internal enum PriceForm
{
    /// <summary>Numbers for a stated unit: tokens by the million, characters by the thousand, images.</summary>
    Units,

    /// <summary>Numbers for a stated unit and currency.</summary>
    Currency,

    /// <summary>Tokens by the thousand.</summary>
    Thousands,

    /// <summary>Texts for one token, as <c>prompt</c> and <c>completion</c>, outside of the block of the service.</summary>
    PerToken,

    /// <summary>The unit in the names.</summary>
    Names,

    /// <summary>Texts with symbol and unit.</summary>
    Text,

    /// <summary>Members beside the id, such as <c>input_cost_per_token</c>.</summary>
    Flat,

    /// <summary>A list with an item for each.</summary>
    List,

    /// <summary>Objects by currency.</summary>
    Nested,

    /// <summary>Tiers by the size of the input.</summary>
    Tiers,

    /// <summary>Ratios of the new-api family.</summary>
    Ratios,

    /// <summary>Numbers for one character.</summary>
    PerCharacter,

    /// <summary>Credits instead of dollars.</summary>
    Credits,

    /// <summary>Images by quality.</summary>
    Qualities,

    /// <summary>One price for the call.</summary>
    Call,
}
