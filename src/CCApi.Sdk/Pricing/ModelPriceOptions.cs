namespace CCApi.Sdk;

/// <summary>How to read prices where the gateway leaves something out.</summary>
public sealed class ModelPriceOptions
{
    /// <summary>The currency of prices that state none.</summary>
    /// <value>The default is <c>USD</c>, in which the service bills.</value>
    public string Currency { get; set; } = Currencies.Usd;

    /// <summary>
    /// How many tokens a price called <c>input</c> or <c>output</c> is for, where no unit is stated: gateways mean both 1 and
    /// 1,000,000 by it (observed).
    /// </summary>
    /// <value>1 or more. The default is null: such prices are unknown.</value>
    public long? UnstatedTokens { get; set; }
}
