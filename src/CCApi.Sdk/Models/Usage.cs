namespace CCApi.Sdk.Models;

public sealed partial class Usage
{
    /// <summary>The cost that the gateway reports, as a number or as an object with parts; null when it reports none.</summary>
    internal ReportedCost? ReportedCost => Models.ReportedCost.Of(Cost, Currencies.Usd) ?? Models.ReportedCost.Find(AdditionalProperties);
}
