namespace CCApi.Sdk;

/// <summary>The currencies of costs, prices and budgets.</summary>
internal static class Currencies
{
    /// <summary>US dollars, in which the gateway bills (documented).</summary>
    public const string Usd = "USD";

    /// <summary>Credits, whose value is not documented: see <see cref="CCApiClientOptions.CreditValue"/>.</summary>
    public const string Credits = "credits";
}
