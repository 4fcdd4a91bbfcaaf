using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class ReportedCostTests
{
    [Theory]
    [InlineData("""{"cost":0.0021}""", "0.0021 USD")]
    [InlineData("""{"cost":"0.0021"}""", "0.0021 USD")]
    [InlineData("""{"cost":2.1e-3}""", "0.0021 USD")]
    [InlineData("""{"cost":0}""", "0 USD")]
    [InlineData("""{"cost":-1}""", null)]
    [InlineData("""{"cost":null}""", null)]
    [InlineData("""{"cost":"free"}""", null)]
    [InlineData("""{"cost":"NaN"}""", null)]
    [InlineData("""{"cost":1e40}""", null)]
    [InlineData("""{"cost":[1]}""", null)]
    [InlineData("""{"cost":true}""", null)]
    [InlineData("""{"cost":{"total_cost":0.5,"input_tokens_cost":0.1}}""", "0.5 USD")]
    [InlineData("""{"cost":{"input_cost":0.1,"output_cost":"0.2"}}""", "0.3 USD")]
    [InlineData("""{"cost":{"input":0.1,"output":0.2,"currency":"USD"}}""", "0.3 USD")]
    [InlineData("""{"cost":{"prompt":0.1,"completion":0.2,"request":0.05}}""", "0.35 USD")]
    [InlineData("""{"cost":{"input_cost":0.1,"tokens":12}}""", null)]
    [InlineData("""{"cost":{"total":{"usd":1},"input_cost":0.1}}""", "1 USD")]
    [InlineData("""{"cost":{"total":{"shells":1},"input_cost":0.1}}""", null)]
    [InlineData("""{"cost":{"input":{"tokens":3},"output":0.2}}""", null)]
    [InlineData("""{"cost":{"total":12,"currency":"credits"}}""", "12 credits")]
    [InlineData("""{"cost":{"total":12,"currency":"Credit"}}""", "12 credits")]
    [InlineData("""{"cost":{"currency":"credits","input":1,"output":"2"}}""", "3 credits")]
    [InlineData("""{"cost":{"amount":12,"unit":"credits"}}""", "12 credits")]
    [InlineData("""{"cost":{"total":12,"currency":"EUR"}}""", "12 EUR")]
    [InlineData("""{"cost":{"total":12,"currency":"usd"}}""", "12 USD")]
    [InlineData("""{"cost":{"total":12,"currency":"$"}}""", "12 USD")]
    [InlineData("""{"cost":{"total":12,"currency":"shells"}}""", null)]
    [InlineData("""{"cost":{"total":12,"currency":7}}""", null)]
    [InlineData("""{"cost":{"total":12,"currency":{"code":"EUR"}}}""", null)]
    [InlineData("""{"cost":{"total":12,"currency":null}}""", "12 USD")]
    [InlineData("""{"cost":{"total":12,"currency":""}}""", "12 USD")]
    [InlineData("""{"cost":{"usd":0.5,"credits":50}}""", "0.5 USD")]
    [InlineData("""{"cost":{"credits":50,"usd":0.5}}""", "0.5 USD")]
    [InlineData("""{"cost":{"credits":50}}""", "50 credits")]
    [InlineData("""{"cost":12,"currency":"credits"}""", "12 credits")]
    [InlineData("""{"currency":"CNY","cost":"12"}""", "12 CNY")]
    [InlineData("""{"cost":12,"cost_currency":"EUR","currency":"USD"}""", "12 EUR")]
    [InlineData("""{"cost":{"total":12,"currency":"EUR"},"currency":"credits"}""", "12 EUR")]
    [InlineData("""{"cost":12,"currency":"shells"}""", null)]
    [InlineData("""{"credits_charged":3,"currency":"USD"}""", "3 credits")]
    [InlineData("""{"credits_charged":{"amount":3,"currency":"USD"}}""", "3 USD")]
    [InlineData("""{"cost":{"input_cost":79228162514264337593543950335,"output_cost":1}}""", "79228162514264337593543950335 USD")]
    [InlineData("""{"cost":{"total_cost":-1}}""", null)]
    [InlineData("""{"cost":{}}""", null)]
    [InlineData("""{"credits_charged":3}""", "3 credits")]
    [InlineData("""{"credits_used":"4"}""", "4 credits")]
    [InlineData("""{"credits_charged":-3,"cost":1}""", "1 USD")]
    [InlineData("""{"cost_usd_total":0.000125,"cost_usd_input":0.000025,"cost_usd_output":0.0001,"currency":"EUR"}""", "0.000125 USD")]
    [InlineData("""{"cost_usd_total":0.2,"cost":0.1}""", "0.1 USD")]
    [InlineData("""{"cost_usd_total":0.2,"cost":null}""", "0.2 USD")]
    [InlineData("""{"estimated_cost":0.5}""", null)]
    [InlineData("""{"total_cost":0.5}""", null)]
    [InlineData("""{"cost_details":{"upstream_inference_cost":0.5}}""", null)]
    [InlineData("""{"cost_in_usd_ticks":158500}""", null)]
    [InlineData("{}", null)]
    public void Find_OfAMember_IsItsAmount(string json, string? expected) => Assert.Equal(expected, Text(ReportedCost.Find(Members(json))));

    [Fact]
    public void Find_OfNoMembers_IsNull() => Assert.Null(ReportedCost.Find(null));

    [Theory]
    [InlineData("""{"cost":0.5}""", "0.5 USD")]
    [InlineData("""{"cost":0.5,"currency":"EUR"}""", "0.5 EUR")]
    [InlineData("""{"currency":"credits","cost":0.5}""", "0.5 credits")]
    [InlineData("""{"cost":0.5,"currency":"shells"}""", null)]
    [InlineData("""{"cost":{"total_cost":0.25}}""", "0.25 USD")]
    [InlineData("""{"cost":{"total_cost":0.25,"currency":"credits"}}""", "0.25 credits")]
    [InlineData("""{"credits_charged":2}""", "2 credits")]
    [InlineData("""{"cost_usd_total":"0.2"}""", "0.2 USD")]
    [InlineData("""{"cost":0.1,"cost_details":{"upstream_inference_cost":0.5},"estimated_cost":0.6}""", "0.1 USD")]
    [InlineData("""{"prompt_tokens":2}""", null)]
    public void Usage_OfEachForm_HasItsCost(string json, string? expected)
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes(json));
        reader.Read();

        Assert.Equal(expected, Text(Usage.ReadFrom(ref reader)!.ReportedCost));
    }

    [Theory]
    [InlineData("cost")]
    [InlineData("credits_charged")]
    [InlineData("credits_used")]
    [InlineData("currency")]
    [InlineData("cost_currency")]
    [InlineData("cost_usd_total")]
    [InlineData("costs")]
    public void NameOf_Name_IsThatOfAKnownMember(string name) =>
        Assert.Equal(name == "costs" ? null : name, ReportedCost.NameOf(Encoding.UTF8.GetBytes(name)));

    private static string? Text(ReportedCost? cost) => cost is { } known ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", known.Amount, known.Currency) : null;

    private static IDictionary<string, JsonElement>? Members(string json)
    {
        var reader = JsonRead.Of(Encoding.UTF8.GetBytes(json));
        reader.Read();
        IDictionary<string, JsonElement>? members = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members = JsonRead.Unknown(ref reader, members);
        }

        return members;
    }
}
